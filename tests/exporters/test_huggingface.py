"""Dataset folders: `datasets` loads each kind, with the types of the card, and the program reads back its own."""

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.imports import Failure, Header, Notice
from annotator.exporters import exporter_named
from annotator.exporters.dataset_card import plain, quoted
from annotator.exporters.digest import digest
from annotator.exporters.placing import Split
from annotator.exporters.splitting import export_split
from annotator.importers.walking import items
from tests.exporters import references
from tests.exporters.test_other_programs import LINKS_LOST, MARKS_LOST, lost, unlike
from tests.exporters.test_other_programs import contents as made_up
from tests.exporters.test_round_trip import documents
from tests.exporters.test_splitting import many, of

pytest.importorskip("pyarrow")
EXPORTER = exporter_named("huggingface")
KINDS = [(files, form) for files in ("jsonl", "parquet") for form in ("spans", "tokens")]


def chosen(contents, files="jsonl", form="spans"):
    return replace(contents, options={"files": files, "form": form})


@pytest.fixture
def load(tmp_path, monkeypatch):
    """`datasets` without a network, and with a cache of its own."""
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    loader = pytest.importorskip("datasets")
    loader.disable_progress_bars()
    return lambda folder: loader.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))


@pytest.mark.parametrize("files", ["jsonl", "parquet"])
def test_datasets_loads_articles_with_their_types(files, tmp_path, load, caplog):
    report = EXPORTER.export(chosen(references.contents(), files), tmp_path / "out")
    assert report.verified and report.lost == []
    held = load(tmp_path / "out")
    assert "Ignoring" not in caplog.text and list(held) == ["train"]
    rows = held["train"]
    assert [row["text"] for row in rows] == [references.ENGLISH, references.ARABIC, "Nothing here."]
    for row in rows:
        for mark in row["marks"]:
            pieces = [row["text"][piece["start"] : piece["end"]] for piece in mark["fragments"]]
            assert " ".join(pieces) == mark["text"]
    claim = next(mark for mark in rows[0]["marks"] if mark["label"] == "CLAIM")
    assert claim["attributes"] == [{"name": "hedge", "value": "yes", "type": "yes_no"}] and claim["confidence"] is None
    assert rows[0]["answers"][0]["value"] == "news" and rows[2]["marks"] == []
    assert str(rows.features["marks"].feature["confidence"]) == "Value('float64')"


@pytest.mark.parametrize("files", ["jsonl", "parquet"])
def test_the_types_are_the_same_where_there_is_nothing(files, tmp_path, load):
    EXPORTER.export(chosen(references.contents(), files), tmp_path / "full")
    bare = replace(references.contents(), documents=lambda: iter([AnnotatedDocument(text="One.", id="x")]))
    EXPORTER.export(chosen(bare, files), tmp_path / "bare")
    full, found = load(tmp_path / "full")["train"], load(tmp_path / "bare")["train"]
    assert full.features == found.features == full.cast(found.features).features


@pytest.mark.parametrize("files", ["jsonl", "parquet"])
def test_datasets_loads_the_parts_of_a_split(files, tmp_path, load):
    report = export_split(EXPORTER, chosen(of(many()), files), tmp_path / "out", Split())
    assert report.verified and report.split.parts == {"train": 24, "dev": 3, "test": 3}
    held = load(tmp_path / "out")
    assert {name: len(rows) for name, rows in held.items()} == {"train": 24, "validation": 3, "test": 3}
    told = json.loads((tmp_path / "out" / "split.json").read_bytes())["documents"]
    assert {row["id"] for row in told if row["part"] == "dev"} == set(held["validation"]["id"])
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "Split by document, seed 1" in card and "5 articles in 1 groups, of which 0 moved" in card


@pytest.mark.parametrize("files", ["jsonl", "parquet"])
def test_datasets_loads_tokens_and_the_names_of_their_tags(files, tmp_path, load):
    report = EXPORTER.export(chosen(references.contents(), files, "tokens"), tmp_path / "out")
    assert report.verified
    rows = load(tmp_path / "out")["train"]
    names = rows.features["ner_tags"].feature.names
    assert names[:3] == ["O", "B-PERSON", "I-PERSON"]
    found = []
    for row in rows:
        text = {document.id: document.text for document in references.documents()}[row["document"]]
        for token, start, end in zip(row["tokens"], row["starts"], row["ends"], strict=True):
            assert text[start:end] == token
        for tag, token in zip(row["ner_tags"], row["tokens"], strict=True):
            if names[tag] != "O":
                found.append((names[tag], token))
    assert found[:3] == [("B-EVENT", "Ports"), ("I-EVENT", "🚢"), ("I-EVENT", "reopen")]
    assert ("B-PERSON", "الوزير") in found and ("I-SOURCE", "’s") in found


def test_a_row_too_few_is_seen_by_who_loads_it(tmp_path, load):
    EXPORTER.export(chosen(references.contents()), tmp_path / "out")
    file = tmp_path / "out" / "data" / "train.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(Exception, match=r"NonMatchingSplitsSizes|expected"):
        load(tmp_path / "out")


@pytest.mark.parametrize(("files", "form"), KINDS)
@given(found=st.lists(documents(), max_size=3).map(unlike))
@settings(max_examples=12, deadline=None)
def test_nothing_is_lost_but_what_is_reported(files, form, found):
    with tempfile.TemporaryDirectory() as folder:
        report = EXPORTER.export(chosen(made_up(found), files, form), Path(folder) / "out")
    assert report.verified and report.documents == len(found)
    marks = sum(len(document.annotations) for document in found)
    links = sum(len(document.relations) for document in found)
    assert report.annotations + lost(report, MARKS_LOST) == marks
    assert report.relations + lost(report, LINKS_LOST) == links
    assert form == "tokens" or report.lost == []


@pytest.mark.parametrize("files", ["jsonl", "parquet"])
@given(found=st.lists(documents(), min_size=1, max_size=3, unique_by=lambda each: each.text).map(unlike))
@settings(max_examples=12, deadline=None)
def test_what_comes_back_is_what_went_out(files, found):
    from annotator.core.ids import text_hash

    found = [replace(each, sha256=text_hash(each.text)) for each in found]
    with tempfile.TemporaryDirectory() as folder:
        EXPORTER.export(chosen(made_up(found), files), Path(folder) / "out")
        back = list(items([Path(folder) / "out"]))
    assert [item for item in back if isinstance(item, Failure)] == []
    assert [digest(item) for item in back if isinstance(item, AnnotatedDocument)] == list(map(digest, found))
    (notice,) = [item.text for item in back if isinstance(item, Notice)]
    assert "README.md says how an export was made" in notice


def test_annotators_come_back_with_their_names(tmp_path):
    export_split(EXPORTER, chosen(references.contents(), "parquet"), tmp_path / "out", Split(fractions=(1, 1, 1)))
    back = list(items([tmp_path / "out"]))
    people = {person for item in back if isinstance(item, Header) for person in item.annotators}
    assert people == {references.ANN, references.BEN}
    assert sum("says how an export was made" in item.text for item in back if isinstance(item, Notice)) == 2


def test_a_damaged_parquet_file_is_not_called_right(tmp_path, monkeypatch):
    from annotator.exporters import proving

    compare = proving.Proof.compare

    def damaged(self, found):
        (file,) = tmp_path.rglob("*.parquet")
        data = bytearray(file.read_bytes())
        data[len(data) // 6] ^= 255
        file.write_bytes(data)
        compare(self, found)

    monkeypatch.setattr(proving.Proof, "compare", damaged)
    assert not EXPORTER.export(chosen(references.contents(), "parquet"), tmp_path / "out").verified


def test_without_pyarrow_parquet_says_which_extra_is_needed(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KnownError, match=r"need pyarrow, which is not installed\. Nothing was written; .* “parquet”"):
        EXPORTER.export(chosen(references.contents(), "parquet"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    assert EXPORTER.export(chosen(references.contents()), tmp_path / "out").verified


def test_the_head_of_the_card_is_yaml_whatever_things_are_called(tmp_path):
    yaml = pytest.importorskip("yaml")
    name = 'A "b": \\ \u2028 🚢 # {c}\n- d\x7f'
    EXPORTER.export(chosen(replace(references.contents(), project_name=name), form="tokens"), tmp_path / "out")
    page = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(page.split("\n---\n")[0].removeprefix("---\n"))
    assert head["pretty_name"] == name and head["language"] == ["ar", "en"] and "license" not in head
    lines = (tmp_path / "out" / "data" / "train.jsonl").read_bytes().splitlines()
    assert head["dataset_info"]["splits"][0]["num_examples"] == len(lines) == 6


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_is_one_in_yaml(text):
    yaml = pytest.importorskip("yaml")
    assert yaml.safe_load(f"a: {quoted(text)}") == {"a": text}


def test_signs_of_markdown_mean_nothing_in_the_card():
    assert plain("a *b*\n<i>c</i> [d](e) | `f`") == r"a \*b\* \<i\>c\</i\> \[d\](e) \| \`f\`"
