"""Dataset folders that are not as they should be: rows are left out and named, never a traceback."""

import json
import sys

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure
from annotator.importers.walking import HEAD, items, recognised
from annotator.store.project import Project
from annotator.templates import template
from tests.importers.annotations.corpora import documents, notices
from tests.importers.annotations.references import FOLDER

ROWS = [json.loads(line) for line in (FOLDER / "dataset" / "data" / "train.jsonl").read_bytes().splitlines()]


def read(tmp_path, *rows):
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return list(items([tmp_path / "rows.jsonl"]))


def failures(found):
    return [item.reason for item in found if isinstance(item, Failure)]


@pytest.mark.parametrize(
    "damage",
    [{"marks": [1]}, {"marks": [{"label": "X"}]}, {"links": [{}]}, {"metadata": [7]}, {"statuses": "x"},
     {"text": 7}, {"text": ""}, {"answers": [{"name": "a", "value": "x", "type": "number"}]}],
)  # fmt: skip
def test_a_bad_row_is_left_out_and_the_rest_comes(damage, tmp_path):
    found = read(tmp_path, ROWS[1], ROWS[0] | damage, ROWS[2])
    assert len(documents(found)) == 2 and len(failures(found)) == 1 and failures(found)[0].startswith("Line 2 was left")


def test_a_mark_at_a_wrong_place_is_put_where_its_words_are(tmp_path):
    marks = [mark | {"start": mark["start"] + 3, "end": mark["end"] + 3, "fragments": []} for mark in ROWS[1]["marks"]]
    found = read(tmp_path, ROWS[1] | {"marks": marks})
    (document,) = documents(found)
    assert [mark.covered(document.text) for mark in document.annotations] == [mark["text"] for mark in marks]
    assert any("at wrong places" in text for text in notices(found))


def test_rows_without_their_texts_are_joined_to_the_articles(tmp_path):
    with Project(template("news")) as project:
        project.import_documents([AnnotatedDocument(text=row["text"], title=row["title"]) for row in ROWS])
        report = project.import_documents(read(tmp_path, *(row | {"text": None} for row in ROWS)))
    assert (report.documents, report.joined, report.annotations, report.relations) == (0, 3, 10, 4)


def test_a_link_of_a_mark_that_is_gone_is_told(tmp_path):
    found = read(tmp_path, ROWS[1] | {"marks": ROWS[1]["marks"][:1]})
    assert documents(found)[0].relations == () and "1 links were left out" in notices(found)[0]


def test_a_row_longer_than_what_is_looked_at_is_known_by_its_beginning():
    data = json.dumps(ROWS[0] | {"text": "x" * HEAD}, separators=(",", ":")).encode()
    assert recognised(data[:HEAD], "x.jsonl").name == "huggingface"


def parquet(path, rows, **columns):
    arrow = pytest.importorskip("pyarrow")
    import_parquet = pytest.importorskip("pyarrow.parquet")
    import_parquet.write_table(arrow.Table.from_pylist(rows) if rows else arrow.table(columns), path)
    return path


def test_a_parquet_file_of_other_columns_says_so(tmp_path):
    (failure,) = failures(items([parquet(tmp_path / "a.parquet", [], text=["One."], label=[3])]))
    assert "its columns are those of neither" in failure


@pytest.mark.parametrize("keep", [4, 100, 3000])
def test_a_parquet_file_that_is_cut_off_is_damaged(keep, tmp_path):
    path = parquet(tmp_path / "a.parquet", ROWS)
    path.write_bytes(path.read_bytes()[:keep])
    (failure,) = failures(items([path]))
    assert failure.startswith("It is a damaged Parquet file")


@pytest.mark.parametrize("place", range(5, 4000, 331))
def test_a_parquet_file_with_a_changed_byte_never_ends_in_a_traceback(place, tmp_path):
    path = parquet(tmp_path / "a.parquet", ROWS)
    data = bytearray(path.read_bytes())
    data[place] ^= 255
    path.write_bytes(data)
    assert all(isinstance(item, AnnotatedDocument | Failure) or item for item in items([path]))


def test_a_group_of_rows_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("annotator.importers.parquet_rows._LARGEST", 100)
    (failure,) = failures(items([parquet(tmp_path / "a.parquet", ROWS)]))
    assert "more than 1 GB in one group of rows" in failure


def test_without_pyarrow_the_sentence_names_the_extra(tmp_path, monkeypatch):
    path = parquet(tmp_path / "a.parquet", ROWS)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (failure,) = failures(items([path]))
    assert "extra “parquet”" in failure
