"""A form of thirty fields: `python -m tests.bench.forms` says how long it takes to show and to answer, in CPU time."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from annotator.core.span import Span
from annotator.gui.app import make_application, open_window
from annotator.gui.settings import Settings
from annotator.store.project import Project
from tests.forms_example import DOCUMENTS, SCHEME

TIMES = 15


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.annotator"
        with Project.create(path, SCHEME) as project:
            project.import_documents(DOCUMENTS)
        _measure(path)


def _measure(path: Path) -> None:
    application = make_application()
    window = open_window(Settings(annotator="ana", backups=False), path)
    window.show()
    session, inspector = window.session, window.side.inspector
    label = next(label for label in session.scheme.labels if label.name == "LONG")

    def cpu(step: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
        times = []
        for _ in range(TIMES):
            before()
            application.processEvents()
            start = time.process_time()
            step()
            application.processEvents()
            times.append(time.process_time() - start)
        return median(times) * 1000

    keys = [session.mark(label, [Span(at, at + 5)]).id for at in (0, 30)]

    def forget() -> None:
        session.choose(None)
        inspector._forget_forms()

    def turn() -> None:
        session.choose(keys[session.chosen == keys[0]])

    def answer() -> None:
        session.set_attribute("question_1", not session.chosen_mark.attributes.get("question_1"))

    print(
        f"a form of {len(label.attributes)} fields, first time   {cpu(lambda: session.choose(keys[0]), forget):5.1f} ms"
    )
    print(f"another mark with that form        {cpu(turn):5.1f} ms")
    print(f"answering a field, saved           {cpu(answer):5.1f} ms")
    print(f"what is missing, in the document   {cpu(session.missing):5.1f} ms")
    window.close()


if __name__ == "__main__":
    main()
