"""What a person passes on, the line over a fault and what stands on standard error, holds nothing of their texts."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure
from annotator.importers.base import Source
from annotator.importers.walking import FAULT, items, read_source
from annotator.store.project import Project

ROOT = Path(__file__).parents[1]
CANARY = "Zuleikha-Canary-7714"


class Faulty:
    """An importer that fails, and quotes the text that it failed over."""

    name = title = "faulty"
    suffixes = ()
    loses = ""

    def recognises(self, head, name):
        return 1.0

    def read(self, source):
        yield AnnotatedDocument(text="The first came in.", title="First")
        raise LookupError(source.head(100).decode())


@pytest.mark.parametrize("error", [LookupError, RecursionError, MemoryError, AssertionError, ZeroDivisionError])
def test_a_fault_of_an_importer_keeps_no_other_file_out_and_quotes_nothing(tmp_path, error, monkeypatch):
    (tmp_path / "a.txt").write_text(f"{CANARY} was here.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The ferry left.", encoding="utf-8")
    importer = Faulty()
    real = importer.read

    def read(source):
        if source.path == "b.txt":
            yield AnnotatedDocument(text="The ferry left.", title="Ferry")
            return
        yield next(real(source))
        raise error(CANARY)

    monkeypatch.setattr(importer, "read", read)
    with Project() as project:
        project.work_as("Ann")
        report = project.import_documents(items([tmp_path], importer))
    assert report.documents == 2
    (failure,) = report.failed
    assert failure.path.endswith("a.txt") and CANARY not in failure.reason
    assert (FAULT in failure.reason) is (error is not MemoryError)


def test_a_fault_says_where_in_the_program_it_is():
    source = Source("a.txt", "a.txt", 3, lambda: BytesIO(CANARY.encode()))
    failures = [item for item in read_source(source, Faulty()) if isinstance(item, Failure)]
    assert "LookupError, test_no_leaks.py:" in failures[0].reason and CANARY not in failures[0].reason


def test_the_line_over_a_fault_on_the_command_line_quotes_nothing(tmp_path):
    """As standard error is what people send."""
    with Project.create(tmp_path / "a.annotator") as project:
        project.import_documents([AnnotatedDocument(text=f"{CANARY} was here.", title=CANARY)])
    script = (
        "import sys\nfrom annotator.store import statistics\n"
        "def fail(reader): raise LookupError([text for (text,) in reader.rows('SELECT text FROM texts')])\n"
        "statistics.statistics = fail\nsys.argv = ['annotator', 'stats', sys.argv[1]]\n"
        "from annotator.__main__ import main\nsys.exit(main())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a.annotator")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1 and "LookupError" in run.stderr and CANARY not in run.stderr + run.stdout
