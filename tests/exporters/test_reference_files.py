"""Each format as it is, in a file: a change that nobody meant is seen. And a file that holds something else than was
meant is never called verified."""

import pytest

from annotator.exporters import proving
from tests.exporters.references import BINARY, FOLDER, OTHERS, written


@pytest.mark.parametrize("exporter", [each for each in OTHERS if each.name not in BINARY], ids=lambda each: each.name)
def test_the_export_is_as_its_reference(exporter, tmp_path):
    files, report = written(exporter, tmp_path)
    kept = FOLDER / exporter.name
    held = {file.relative_to(kept).as_posix(): file.read_bytes() for file in kept.rglob("*") if file.is_file()}
    assert files == held, "if this is meant: python -m tests.exporters.references"
    assert report.verified


DAMAGES = [(b"Haddad", b"Hadbad"), (b"PERSON", b"PARSON"), (b"reopen", b"re0pen"), (b"claimed_by", b"claimed_to")]


@pytest.mark.parametrize(("right", "wrong"), DAMAGES)
@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_what_the_disk_holds_wrong_is_not_called_right(exporter, right, wrong, tmp_path, monkeypatch):
    """The files are damaged after they were written, before they are read."""
    compare = proving.Proof.compare
    touched = []

    def damaged(self, found):
        for file in tmp_path.rglob("*"):
            told = file.is_file() and file.suffix not in (".conf", ".txt") and file.name != "TypeSystem.xml"
            if told and right in file.read_bytes():
                file.write_bytes(file.read_bytes().replace(right, wrong))
                touched.append(file)
        compare(self, found)

    monkeypatch.setattr(proving.Proof, "compare", damaged)
    _, report = written(exporter, tmp_path)
    assert report.verified == (not touched)
