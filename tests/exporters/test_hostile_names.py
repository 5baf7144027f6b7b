"""Files' names that every system takes, whatever articles are called; cells in which no spreadsheet finds a formula."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, RegistryEntry
from annotator.core.imports import Header
from annotator.core.registry_csv import registry_csv
from annotator.core.span import Span
from annotator.exporters import EXPORTERS, exporter_named
from annotator.exporters.contents import contents_of
from annotator.exporters.proving import stem_of
from annotator.exporters.separated import safe
from annotator.importers.walking import read_file
from annotator.scheme_files.files import scheme_texts
from annotator.store.project import Project
from annotator.templates import template

NAMES = (
    *("../../etc/passwd", "/etc/passwd", "C:\\evil", "\\\\host\\share", "CON", "nul", "COM1.txt", "aux", "a/b", "a\\b"),
    *(
        "x" * 300,
        "trailing.",
        "trailing ",
        " leading",
        ".",
        "..",
        "",
        "-rf",
        "~",
        "a\nb",
        "a\tb",
        "\u202egpj.exe",
        "\u2066a",
    ),
    *("Ferry", "FERRY", "ferry", "Fe\u0301rry", "نوفوستي", "🚢", "a:b", 'a"b', "a|b", "a*b?", "<a>", "$(id)", "%n"),
)
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(1)", "\t=1", "'=1", '=HYPERLINK("http://127.0.0.1","x")', "=cmd|' /C calc'!A0")
WITHOUT_WINDOW = [exporter for exporter in EXPORTERS if exporter.name != "pdf"]  # which tests/gui/test_printing.py has
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)


@pytest.fixture(scope="module")
def project():
    scheme = template("news")
    label = scheme.labels[0]
    ann = Annotator("a" * 36, FORMULAS[0])
    entries = tuple(RegistryEntry(f"e{n}", "person", cell, (cell,), {}, cell) for n, cell in enumerate(FORMULAS))

    def document(number, name):
        cell = FORMULAS[number % len(FORMULAS)]
        text = f"{cell}\n\nThe ferry {number} left."
        mark = Annotation("", label, (Span(0, len(cell)),), {}, cell, ann.id, "manual", None, "", "")
        facts = {"author": cell, "publication": cell, "path": name.replace("\0", "")}
        return AnnotatedDocument(text=text, title=name or cell, metadata=facts, annotations=(mark,), note=cell)

    with Project(scheme, "=1+1") as project:
        documents = [document(number, name) for number, name in enumerate((*NAMES, *FORMULAS))]
        report = project.import_documents([Header(scheme, (ann,), entries), *documents])
        assert report.documents == len(documents)
        yield project


def exported(project, exporter, folder):
    out = Path(folder) / f"out{exporter.suffix}"
    contents = contents_of(project, read_back=read_file, scheme_texts=scheme_texts)
    assert exporter.export(contents, out).verified
    return out


def names_in(out):
    if out.is_dir():
        return [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    if zipfile.is_zipfile(out) and out.suffix != ".xlsx":  # whose parts have names of their own
        with zipfile.ZipFile(out) as archive:
            return archive.namelist()
    return []


@pytest.mark.parametrize("exporter", WITHOUT_WINDOW, ids=lambda exporter: exporter.name)
def test_files_have_names_that_every_system_takes(exporter, project, tmp_path):
    names = names_in(exported(project, exporter, tmp_path))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        for part in name.split("/"):
            assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.\[\]-]*", part) and len(part) < 100, name
            assert not RESERVED.match(part) and not part.endswith(".") and part not in (".", ".."), name
    assert {path.name for path in tmp_path.iterdir()} == {f"out{exporter.suffix}"}  # and nothing beside it


@given(st.text(max_size=400))
def test_a_stem_is_a_number_and_plain_letters(title):
    stem = stem_of(AnnotatedDocument(text="x", title=title), 7)
    assert re.fullmatch(r"000007(?:-[a-z0-9]+(?:-[a-z0-9]+)*)?", stem) and len(stem) <= 47


TABLES = ("csv", "statements")


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_a_formula(name, project, tmp_path):
    out = exported(project, exporter_named(name), tmp_path)
    tables = [out] if out.is_file() else sorted(out.glob("*.csv"))
    seen = 0
    for table in tables:
        for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), (table.name, cell)
                assert not cell.startswith("-") or re.fullmatch(r"-?\d+(?:\.\d+)?", cell), (table.name, cell)
                seen += cell.startswith("'")
    assert seen >= len(FORMULAS)


def test_no_cell_of_a_workbook_is_a_formula(project, tmp_path):
    from openpyxl import load_workbook

    book = load_workbook(exported(project, exporter_named("xlsx"), tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).endswith("=1+1") for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_no_cell_of_the_registry_is_a_formula(project):
    for row in csv.reader(io.StringIO(registry_csv(project.registry()).decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.text(max_size=30))
def test_a_cell_that_is_made_safe_can_be_told_again(text):
    (cell,) = safe([text])
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (text, f"'{text}")
