"""What hostile and spoiled files once did to importers; each stays mended."""

import json
import sqlite3
import zipfile

import pytest

from annotator.core.errors import KnownError
from annotator.core.standing_off import StandOff
from annotator.importers.annotations.bracket_mentions import _PART
from annotator.importers.annotations.dataset_folder import _Rows
from annotator.importers.annotations.dna import DnaImporter
from annotator.importers.annotations.uima_json import JsonCasImporter
from annotator.importers.annotator_json import AnnotatorJsonImporter
from annotator.importers.databases.factiva_xml import FactivaXmlImporter
from annotator.importers.databases.nexis_html import NexisHtmlImporter
from annotator.importers.databases.nexis_text import _number
from annotator.importers.json_values import ValueRefusedError, parsed
from annotator.importers.office.open_document import OpenDocumentImporter
from annotator.importers.previewing import preview
from annotator.importers.tables.marks_table import MarksTableImporter
from annotator.importers.tables.separated import SeparatedImporter
from annotator.importers.tables.spreadsheet import SpreadsheetImporter
from annotator.importers.walking import recognised
from annotator.importers.zip_members import ZipMembers
from tests.hostile.annotation_files import _DATA, _changed
from tests.hostile.office import _odt
from tests.hostile.tables import _book, _row, _sheet
from tests.importers.references import SOURCES
from tests.importers.sources import documents, failures, notices, source
from tests.sources_made import packed

LONG = "9" * 5000  # digits: Python makes no number of so many


def test_a_cell_with_nothing_but_a_mark_is_no_part_of_the_text():
    found = documents(SeparatedImporter().read(source("title,text\n\u200bFerry,\ufeff\n\ufeff,It left.\n", "a.csv")))
    assert found and all(zone.span.start < zone.span.end for each in found for zone in each.zones)


def test_utf_16_that_is_cut_off_is_told():
    data = "title,text\nFerry,It left.\n".encode("utf-16")[:-1]
    with pytest.raises(KnownError, match="UTF-16"):
        list(SeparatedImporter().read(source(data, "a.csv")))
    assert preview(source(data, "a.csv")).documents == 0


@pytest.mark.parametrize("depth", [250, 300, 900, 5000])
def test_json_that_is_too_deep_is_refused_and_asked_of_nobody(depth):
    data = b'{"text": "a", "metadata": ' + b"[" * depth + b"]" * depth + b"}"
    with pytest.raises(ValueRefusedError, match="too deeply"):
        parsed(data)
    recognised(data, "a.json")  # every importer is asked


def test_json_may_be_as_deep_as_it_needs():
    assert parsed(b"[" * 150 + b"]" * 150) == parsed(b" " + b"[" * 150 + b"]" * 150)


@pytest.mark.parametrize("number", [-(1 << 63) - 1, 1 << 64])
def test_a_number_that_cannot_be_written_again_is_refused(number):
    with pytest.raises(ValueRefusedError, match="too large"):
        parsed(f"[{number}]".encode())
    assert parsed(f"[{-(1 << 63)}]".encode()) == [-(1 << 63)]


def test_a_type_without_a_name_gives_marks_with_one():
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "The ferry left."}
    mark = {"%ID": 2, "%TYPE": "", "@sofa": 1, "begin": 4, "end": 9}
    (document,) = documents(JsonCasImporter().read(source(json.dumps({"%FEATURE_STRUCTURES": [sofa, mark]}), "a.json")))
    assert [each.label.name for each in document.annotations] == ["mark"]


def test_counts_of_thousands_of_digits_are_no_numbers():
    page = (SOURCES / "nexis.html").read_bytes()
    assert documents(NexisHtmlImporter().read(source(b'<META NAME="x" DOCUMENTS="' + LONG.encode() + b'">' + page)))
    text = (SOURCES / "factiva.xml").read_text(encoding="utf-8").replace('count="', f'count="{LONG}')
    assert documents(FactivaXmlImporter().read(source(text)))
    for digits in (LONG, "²", "-5", "x"):
        (document,) = documents(
            OpenDocumentImporter().read(source(_odt(f'<text:p>a<text:s text:c="{digits}"/>b</text:p>')))
        )
        assert document.text.startswith("a") and len(document.text) < 200
    assert _number(LONG) == 999_999_999 and _PART.search(f"x[{LONG}/2]") is None


def test_a_spreadsheet_whose_last_row_is_far_away_is_read_or_refused_in_time():
    rows = _row(1, "title", "text") + _row(2, "Ferry", "It left.")
    far = _sheet(rows + '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Last</t></is></c></row>')
    assert len(documents(SpreadsheetImporter().read(source(_book(far), "a.xlsx")))) == 2
    with pytest.raises(KnownError, match="which no spreadsheet has"):
        list(SpreadsheetImporter().read(source(_book(_sheet(rows.replace('r="2"', f'r="{1 << 62}"'))), "a.xlsx")))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_unpacks_without_measure_is_not_unpacked(method):
    data = packed(("a.txt", bytes(1000)), method=method)
    with ZipMembers(source(data, "a.zip")) as members, pytest.raises(KnownError, match="unusual way"):
        members.read("a.txt")


def test_a_database_cannot_make_values_that_fill_the_memory():
    sound = (_DATA / "annotations" / "ports.dna").read_bytes()
    data = _changed(sound, "ALTER TABLE DOCUMENTS ADD COLUMN x AS (hex(zeroblob(60000000)))")
    with pytest.raises(KnownError, match="too big"):
        list(DnaImporter().read(source(data, "a.dna")))
    assert sqlite3.sqlite_version and documents(DnaImporter().read(source(sound, "a.dna")))


def test_a_text_that_is_not_beside_its_annotations_is_named_in_short():
    from annotator.importers.annotations.web_annotation import WebAnnotationImporter

    target = {"source": "x" * 9000, "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}
    data = json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": target})
    (reason,) = failures(WebAnnotationImporter().read(source(data, "a.jsonld")))
    assert len(reason) < 500


def test_of_marks_with_one_id_the_first_comes_in_and_the_others_are_told():
    mark = {"id": "m" * 36, "label": "x", "start": 0, "end": 3}
    marks = [mark, {**mark, "start": 4, "end": 9}, {**mark, "id": ""}, {**mark, "id": ""}]
    found = list(
        AnnotatorJsonImporter().read(source(json.dumps({"text": "The ferry left.", "annotations": marks}), "a.json"))
    )
    (document,) = documents(found)
    assert [each.start for each in document.annotations] == [0, 0, 0]
    assert "In record 1 of a.json, one mark was left out: another has the same id." in notices(found)


MARKS = "document,label,start,end,quote\n"


def test_a_row_of_marks_with_wrong_bytes_or_endless_digits_is_left_out_and_the_others_come_in():
    rows = [
        b"a.txt,PERSON,0,4,Mira",
        b"a.txt,PER\xf4SON,5,10,Doren",
        f"a.txt,PERSON,{LONG},{LONG},x".encode(),
        b"a.txt,PERSON,5,10,Doren",
    ]
    data = MARKS.encode() + b"\n".join([*rows, *[b"a.txt,PERSON,0,4,Mira"] * 9])
    found = list(MarksTableImporter().read(source(data, "marks.csv")))
    assert MarksTableImporter().recognises(data, "marks.csv") > 0.9
    labels = {mark.label.name for item in found if isinstance(item, StandOff) for mark in item.about.annotations}
    assert "PERSON" in labels and all(name.isprintable() for name in labels)
    str(found).encode()


def test_an_answer_whose_name_is_no_name_is_refused():
    mark = {
        "id": "m" * 36,
        "layer": "x",
        "label": "y",
        "start": 0,
        "end": 3,
        "attributes": [{"name": 1 << 63, "value": "z"}],
    }
    row = {
        "id": "d",
        "text": "The ferry.",
        "title": "",
        "marks": [mark],
        "links": [],
        "answers": [],
        "zones": [],
        "statuses": [],
    }
    with pytest.raises(KnownError, match="columns do not hold"):
        list(_Rows(source(b"", "train.jsonl")).items(row, "line 1"))
