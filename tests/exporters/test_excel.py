"""The Excel workbook: texts stay texts, what Excel refuses is told, and damage is seen."""

import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from annotator.core.annotation import AnnotatedDocument
from annotator.exporters import exporter_named, proving, workbook
from tests.exporters.references import contents, documents
from tests.exporters.test_features import mark

EXCEL = exporter_named("xlsx")
CODED = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "#N/A",
    "'quoted",
    "TRUE",
    "12",
    "2016-11-02",
    "<b>&amp;</b>",
    " space ",
    "x\ny",
)


def export(out, found):
    held = contents()
    return EXCEL.export(replace(held, documents=lambda: iter(found)), out)


def notes(found):
    marks = tuple(mark(number, (0, 3), note=note) for number, note in enumerate(found, 1))
    return AnnotatedDocument("One two three.", title="=cmd()", id="d" * 36, sha256="0" * 64, annotations=marks)


def column(path, sheet, name):
    book = load_workbook(path)
    head, *rows = book[sheet].iter_rows()
    place = [cell.value for cell in head].index(name)
    return [row[place] for row in rows]


def test_no_text_becomes_a_formula_an_error_or_a_number(tmp_path):
    report = export(tmp_path / "out.xlsx", [notes(CODED)])
    assert report.verified and report.lost == []
    cells = column(tmp_path / "out.xlsx", "marks", "note")
    assert [(cell.value, cell.data_type) for cell in cells] == [(note, "s") for note in CODED]
    (title,) = {(cell.value, cell.data_type) for cell in column(tmp_path / "out.xlsx", "articles", "title")}
    assert title == ("=cmd()", "s")


def test_places_are_numbers_and_the_head_stays_in_view(tmp_path):
    export(tmp_path / "out.xlsx", documents())
    assert {cell.data_type for cell in column(tmp_path / "out.xlsx", "marks", "start_code_point")} == {"n"}
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["marks", "articles", "codebook"]
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 3


def test_what_excel_refuses_is_told(tmp_path):
    report = export(tmp_path / "out.xlsx", [notes(["a\x07b\ufffe", "🚢" * 17_000, "fine"])])
    assert report.verified
    assert {loss.what.partition(" (")[0]: loss.count for loss in report.lost} == {
        "characters that Excel refuses": 2,
        "cells of more than 32,767 characters": 1,
    }
    refused, long, fine = (cell.value for cell in column(tmp_path / "out.xlsx", "marks", "note"))
    assert (refused, long, fine) == ("a\ufffdb\ufffd", "🚢" * 16_383, "fine")


def test_rows_that_find_no_place_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 3)
    first, second = notes(["1", "2", "3"]), replace(notes(["4"]), id="e" * 36)
    report = export(tmp_path / "out.xlsx", [first, second, replace(first, id="f" * 36, annotations=())])
    assert report.verified and report.annotations == 2
    by_what = {loss.what.partition(" beyond")[0]: loss for loss in report.lost}
    assert by_what["marks"].count == 2 and len(by_what["marks"].annotations) == 2
    assert by_what["rows of articles"].count == 1
    assert len(column(tmp_path / "out.xlsx", "marks", "note")) == 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [(b"Haddad", b"Hadbad"), (b">PERSON<", b">PARSON<"), (b"<is><t>news</t></is>", b"<f>A1</f><v>1</v>")],
)
def test_damage_is_seen(tmp_path, monkeypatch, right, wrong):
    compare = proving.Proof.compare

    def damaged(self, found):
        (path,) = tmp_path.glob(".*.part")
        with zipfile.ZipFile(path) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        assert any(right in data for data in members.values())
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data.replace(right, wrong))
        compare(self, found)

    monkeypatch.setattr(proving.Proof, "compare", damaged)
    assert not export(tmp_path / "out.xlsx", documents()).verified
