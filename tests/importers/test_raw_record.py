import io
import zipfile

import pytest

from annotator.core.errors import KnownError
from annotator.core.imports import Failure
from annotator.importers.raw_record import SHOWN, file_of, raw_record
from annotator.importers.walking import items
from annotator.store.project import Project


def failures(path):
    return [each for each in items([path]) if isinstance(each, Failure)]


def test_a_line_of_a_file(tmp_path):
    path = tmp_path / "a, b.jsonl"
    path.write_text('{"text": "One."}\n{"text": \n{"text": "Two."}\n')
    (failure,) = failures(path)
    assert raw_record(failure).text.startswith('{"text": \n{"text": "Two."}')
    assert file_of(failure) == path


def test_a_line_of_a_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,text\nFee stays,It does\nFee goes,a,b,c\n")
    (failure,) = failures(path)
    found = raw_record(failure)
    assert found.text == "Fee goes,a,b,c\n" and found.place == "line 3" and found.file == path


def test_a_byte_of_a_file(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"0123456789")
    assert raw_record(Failure(str(path), "At byte 4 a record was left out: so.")).text == "456789"


def test_a_file_within_an_archive(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("in/a.jsonl", '{"text": "One."}\n{"te\n')
        archive.writestr("in/b.txt", "A page\n\nof it")
    path = tmp_path / "a.zip"
    path.write_bytes(held.getvalue())
    (failure,) = failures(path)
    assert raw_record(failure).text == '{"te\n' and file_of(failure) == path


def test_what_is_no_text_is_shown_as_bytes(tmp_path):
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 200)
    text = raw_record(Failure(str(path), "It is no text.")).text
    assert text.startswith("00 01 02") and len(text) < 2000


def test_no_more_is_read_than_is_shown(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("a" * 3 * SHOWN)
    assert len(raw_record(Failure(str(path), "It is so.")).text) == SHOWN


def test_what_is_gone_a_folder_or_an_open_project_is_said(tmp_path):
    for name in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(KnownError, match="not there any more"):
            raw_record(Failure(f"{name}, article 3 (line 4)", "So."))
    with Project.create(tmp_path / "p.annotator"), pytest.raises(KnownError, match="open"):
        raw_record(Failure(str(tmp_path / "p.annotator"), "So."))
