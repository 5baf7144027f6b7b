"""A person at the program: starts it in a real window, and does with keys what the menus offer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.store.reading import Reader
from tests.real_window.display import Box, Display, Shot, wait_for

ARTICLE = Box(320, 110, 1080, 780)  # a part of the screen where there is nothing else
ROOT = Path(__file__).resolve().parents[2]


class Desk:
    """The program on a screen, with a home of its own in `folder`; its project is `folder`/desk.annotator."""

    def __init__(self, display: Display, folder: Path) -> None:
        self.display, self.folder = display, folder
        self.project = folder / "desk.annotator"
        self.log = folder / "log.txt"
        self.title = f"{self.project.stem} — Annotator"
        self.more: dict[str, str] = {}  # for the program's environment
        self._program: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> dict[str, str]:
        """What sends the program's settings and data to the folder."""
        home = self.folder / "home"
        (home / "runtime").mkdir(mode=0o700, parents=True, exist_ok=True)
        places = {"HOME": home, "XDG_CONFIG_HOME": home / "settings", "XDG_DATA_HOME": home / "data"}
        named = {name: str(place) for name, place in {**places, "XDG_RUNTIME_DIR": home / "runtime"}.items()}
        return {**named, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **self.more}

    def open(self, *arguments: str, title: str = "Annotator") -> None:
        """Start the program and wait for its window."""
        self._program = self.display.start([sys.executable, "-m", "annotator", *arguments], self.home, self.log)
        wait_for(lambda: self.display.active_window() == title, f"the window “{title}”; {self.said()}")
        self.display.still()

    def said(self) -> str:
        """What the program wrote where a terminal would be."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def quit(self) -> int:
        """Close the window with Ctrl+Q; returns the exit status."""
        assert self._program is not None
        self.display.keys(["ctrl+q"])
        return self._program.wait(30)

    def end(self) -> None:
        """End the program, if it still runs."""
        if self._program is not None and self._program.poll() is None:
            self._program.terminate()
            self._program.wait(30)

    def new_project(self) -> None:
        """Make the project, from the welcome page."""
        self.display.keys(["ctrl+n"])
        self.answer("New project", str(self.project.with_suffix("")))
        wait_for(lambda: self.display.active_window() == self.title, "the new project")
        self.display.still()

    def take_in(self, article: Path) -> AnnotatedDocument:
        """Import an article; returns it as the project has it."""
        self.display.keys(["ctrl+i"])
        self.answer("Import files", str(article))
        wait_for(lambda: len(self.documents()) == 1, "the article in the project")
        wait_for(lambda: self.display.active_window() == self.title, "the window")
        self.display.still()
        return self.documents()[0]

    def wait_for_note(self, note: str) -> None:
        """Wait until a mark in the project file has that note."""
        wait_for(lambda: note in [mark.note for mark in self.documents()[0].annotations], f"the note “{note}”")

    def take_back_and_do_again(self, steps: int) -> None:
        """Undo the last steps with Ctrl+Z, see that marks went, and redo them."""
        self.display.still()
        before = self.documents()
        self.display.keys(["ctrl+z"] * steps, delay=20)
        wait_for(lambda: 0 < len(before[0].annotations) - self.marks() < steps, "the undoing of some marks")
        self.display.still()
        self.display.keys(["ctrl+shift+z"] * steps, delay=20)
        wait_for(lambda: _said_of(self.documents()) == _said_of(before), "all that was undone")
        self.display.still()

    def article_as_seen(self) -> Shot:
        """The article on the screen, with no mark chosen, when it has come to rest."""
        self.display.keys(["Escape", "Escape"])
        return self.display.still().part(ARTICLE)

    def export(self, out: Path) -> dict[str, Any]:
        """Export through the menu, and read what was written."""
        self.display.keys(["alt+f"])
        self.display.still()
        self.display.keys(["e"])
        self.display.still()
        self.display.keys(["j"])
        wait_for(lambda: self.display.active_window() == "Export JSON", "the export dialog")
        self.display.keys(["Tab", "ctrl+a"])
        self.answer("Export JSON", str(out))
        wait_for(out.exists, "the exported file")
        held: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return held

    def documents(self) -> list[AnnotatedDocument]:
        """What the project file holds, as another program reads it."""
        with Reader(self.project) as reader:
            return list(reader.annotated_documents())

    def marks(self) -> int:
        """How many marks the project file holds."""
        return sum(len(document.annotations) for document in self.documents())

    def wait_for_marks(self, count: int) -> None:
        """Wait until the project file holds that many marks."""
        wait_for(lambda: self.marks() == count, f"{count} marks; there are {self.marks()}")

    def answer(self, dialog: str, text: str) -> None:
        """Type `text` into a dialog, where the keyboard is, and accept it."""
        wait_for(lambda: self.display.active_window() == dialog, f"the dialog “{dialog}”")
        self.display.still()
        self.display.type(text)
        self.display.keys(["Return"])
        wait_for(lambda: dialog not in self.display.windows(), f"the end of the dialog “{dialog}”")


def _said_of(documents: list[AnnotatedDocument]) -> list[object]:
    """All that annotators said of documents, but for when."""
    return [
        {(mark.id, mark.label.name, mark.fragments, mark.note, str(mark.attributes)) for mark in document.annotations}
        | {(link.id, link.type.name, link.source, link.target) for link in document.relations}
        for document in documents
    ]
