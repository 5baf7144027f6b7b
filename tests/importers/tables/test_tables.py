# ruff: noqa: E501 - rows of tables are not broken into lines
import datetime
import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.column_mapping import KEPT, ColumnMapping
from annotator.core.errors import KnownError
from annotator.importers.tables.guessing import guess_mapping
from annotator.importers.tables.json_articles import JsonArticlesImporter
from annotator.importers.tables.separated import SeparatedImporter
from annotator.importers.tables.spreadsheet import SpreadsheetImporter
from annotator.importers.walking import recognised
from tests.importers.sources import documents, failures, notices, source

LONG = "The council voted on Tuesday to keep the fee that every ship has paid since 1954. " * 3


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def read(text, name="a.csv", importer=None):
    return list((importer or SeparatedImporter()).read(source(text, name)))


NAMED = [
    ["Title,Body,Date,Newspaper,URL,Author", "title text date publication uri author"],
    ["Überschrift,Volltext,Datum,Zeitung,Webadresse,Autor", "title text date publication uri author"],
    ["titre,texte,date_publication,source,lien,auteur", "title text date publication uri author"],
    ["Título,Contenido,Fecha,Medio,Enlace,Autor", "title text date publication uri author"],
    ["headline,article_text,publish_date,media_name,url,byline", "title text date publication uri author"],
    ["标题,正文,日期,来源,链接,作者", "title text date publication uri author"],
]


@pytest.mark.parametrize(("header", "targets"), NAMED)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_known_by_their_names(header, targets, delimiter):
    row = ["Fee stays", f'"{LONG}"', "2024-03-05", "Coast Daily", "https://coast.example/1", "Ada"]
    text = header.replace(",", delimiter) + "\n" + "\n".join(delimiter.join(row) for _ in range(2)) + "\n"
    table = SeparatedImporter().table(source(text))
    assert [table.mapping.target(column) for column in table.columns] == targets.split()
    assert recognised(text.encode(), "a.csv").name == "csv"
    first, _ = documents(read(text))
    assert first.title == "Fee stays" and part(first, "BODY") == [LONG.strip()] and first.metadata["author"] == "Ada"
    assert first.metadata["published"] == "2024-03-05" and first.metadata["uri"] == "https://coast.example/1"


def test_columns_are_known_by_their_contents():
    rows = [
        ["x1", f"Fee number {n} stays in the harbour", LONG + str(n), f"{n + 1}.3.2024", f"https://a.example/{n}"]
        for n in range(5)
    ]
    mapping = guess_mapping(["a", "b", "c", "d", "e"], rows)
    assert [mapping.target(column) for column in "abcde"] == [KEPT, "title", "text", "date", "uri"]


def test_a_table_without_names():
    rows = "\n".join(f'{n}\t"Fee number {n} stays in the harbour"\t"{LONG}"\t2024-03-0{n + 1}' for n in range(4))
    found = documents(read(rows, "a.tsv"))
    assert len(found) == 4 and found[0].title == "Fee number 0 stays in the harbour"


def test_fields_with_line_ends_quotes_and_mark_up():
    text = 'title,text,id\n"A ""quoted"" fee","First paragraph.\n\nSecond, with a comma.",1\nB,"<p>One.</p><p>Two &amp; three.</p>",2\n'
    first, second = documents(read(text))
    assert first.title == 'A "quoted" fee' and part(first, "BODY") == ["First paragraph.\n\nSecond, with a comma."]
    assert part(second, "BODY") == ["One.\n\nTwo & three."] and second.metadata["record"] == "2"


def test_other_columns_are_kept_under_their_names():
    (document,) = documents(read(f"title,text,Tone of it,path\nA,{LONG},-0.3,/x\n"))
    assert document.metadata["Tone of it"] == "-0.3" and document.metadata["path (column)"] == "/x"
    assert document.metadata["path"] == "a.csv"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding):
    found = read("title;text;datum\nGebühr bleibt;Überall im Hafen wird für Größe gekämpft;5.3.2024\n".encode(encoding))
    assert documents(found)[0].title == "Gebühr bleibt" and documents(found)[0].metadata["published"] == "2024-03-05"
    assert bool(notices(found) and "windows-1252" in notices(found)[0]) == (encoding == "windows-1252")


def test_one_row_with_wrong_bytes_does_not_keep_the_others_out():
    good = f"A,Größe {LONG},2024-03-05\n".encode()
    found = read(b"title,text,date\n" + good * 3 + b"B,gro\xc3\x9f und \xc3\xbcber \xff bad,2024-03-05\n" + good)
    assert len(documents(found)) == 4 and len(failures(found)) == 1


def test_a_quotation_mark_that_is_not_closed_is_told():
    text = 'title,text,date\nA,"Text one",2024-03-05\nB,"Text two,2024-03-06\nC,Text three,2024-03-07\nD,Text four,2024-03-08\n'
    found = read(text)
    assert [each.title for each in documents(found)] == ["A"]
    assert "A quotation mark in it is not closed, so that 2 more rows" in failures(found)[0]


def test_dates_that_can_be_read_in_two_ways():
    american = documents(read(f"title,text,date\nA,{LONG},3/5/2024\nB,{LONG},3/25/2024\n"))
    assert [each.metadata["published"] for each in american] == ["2024-03-05", "2024-03-25"]
    found = read(f"title,text,date\nA,{LONG},3/5/2024\n")
    assert documents(found)[0].metadata["published"] == "2024-05-03"
    assert any("the first number was taken as the day" in text for text in notices(found))


def test_a_mapping_of_ones_own_is_followed_and_remembered():
    mapping = ColumnMapping({"a": "text", "b": "title", "c": ""}, day_first=False, fixed={"publication": "Coast Daily"})
    assert ColumnMapping.from_json(mapping.to_json()) == mapping
    (document,) = documents(read(f"a,b,c\n{LONG},Fee,secret\n", importer=SeparatedImporter(mapping)))
    assert (
        document.title == "Fee" and document.metadata["publication"] == "Coast Daily" and "secret" not in document.text
    )
    assert mapping.changed("c", "date").target("c") == "date" and mapping.target("d") == KEPT
    assert ColumnMapping.from_json([]) == ColumnMapping() and not ColumnMapping().holds_articles


def test_numbers_are_no_articles():
    with pytest.raises(KnownError, match="No column of it looks like a title or a text"):
        read("x,y\n1,2\n3,4\n")


@pytest.mark.parametrize(
    "text",
    [
        "A letter, with a comma.\nAnd another line, with one.\nBye,\nAda\n",
        "One line only",
        "a,b",
        "Dear Ada,\n\ntitle, text and date\n",
    ],
)
def test_a_text_is_no_table(text):
    assert recognised(text.encode(), "a.txt").name in ("text", "archive-page")


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=40)), max_size=8))
def test_any_rows_give_articles_or_a_sentence(rows):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([("title", "text"), *rows])
    data = out.getvalue().encode("utf-8", errors="replace")
    try:
        found = read(data)
    except KnownError:
        return
    wanted = sum(bool("".join(row).encode("utf-8", errors="replace").strip()) for row in rows)
    assert len(documents(found)) + len(failures(found)) <= max(wanted, len(rows))


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_every_sheet_of_a_spreadsheet():
    data = workbook(
        ("March", [["Titel", "Text", "Datum", "Seite"], ["Fee", LONG, datetime.datetime(2024, 3, 5), 3.0]]),
        ("Numbers", [[1, 2], [3, 4]]),
        ("April", [["Headline", "Body"], ["Fee goes", LONG]]),
        ("Empty", []),
    )
    assert recognised(data, "a.xlsx").name == "xlsx"
    found = list(SpreadsheetImporter().read(source(data, "a.xlsx")))
    first, second = documents(found)
    assert first.metadata["published"] == "2024-03-05" and first.metadata["page"] == "3" and second.title == "Fee goes"
    assert any("sheet “Numbers”" in text for text in notices(found))


def test_a_spreadsheet_cut_off_is_a_sentence():
    data = workbook(("March", [["Titel", "Text"], ["Fee", LONG]]))
    for end in (100, len(data) // 2, len(data) - 10):
        with pytest.raises(KnownError, match="damaged"):
            list(SpreadsheetImporter().read(source(data[:end])))


def test_json_of_others():
    text = '{"articles": {"results": [{"uri": "7", "title": "Fee", "body": "Text of it.", "dateTime": "2024-03-05T10:00:00Z", "source": {"uri": "c.example", "title": "Coast Daily"}, "authors": [{"name": "Ada"}], "url": "https://c.example/1"}]}}'
    assert recognised(text.encode(), "a.json").name == "json-articles"
    (document,) = documents(read(text, importer=JsonArticlesImporter()))
    assert document.metadata["publication"] == "Coast Daily" and document.metadata["author"] == "Ada"
    assert document.metadata["published"] == "2024-03-05T10:00:00Z" and document.metadata["record"] == "7"


@pytest.mark.parametrize("indent", [None, 2])
def test_lists_and_lines_of_json(indent):
    import json

    records = [
        {"headline": f"Fee {n}", "maintext": LONG, "date_publish": "2024-03-05", "extra": {"a": [1, 2]}}
        for n in range(3)
    ]
    whole = json.dumps(records, indent=indent)
    assert recognised(whole.encode(), "a.json").name == "json-articles"
    assert len(documents(read(whole, importer=JsonArticlesImporter()))) == 3
    lines = "\n".join(map(json.dumps, records)) + '\n{"headline": "cut'
    found = read(lines, importer=JsonArticlesImporter())
    assert len(documents(found)) == 3 and len(failures(found)) == 1
    assert documents(found)[0].metadata["extra.a"] == "1; 2"


@pytest.mark.parametrize(
    "text",
    [
        '{"text": "One.", "title": "x"}',
        '{"documents": []}',
        '{"a": 1}',
        "[1, 2]",
        '{"title": "x", "byline": "y"}',
        '[{"name": "x", "id": 3}]',
    ],
)
def test_json_of_ones_own_and_of_other_things_is_left_alone(text):
    found = recognised(text.encode(), "a.json")
    assert found is None or found.name != "json-articles"


def test_lines_about_the_table_may_stand_above_it():
    rows = [["Export of 5 March"], [], ["Title", "Text", "Date"], ["Fee stays", LONG, "2024-03-05"]]
    (document,) = documents(SpreadsheetImporter().read(source(workbook(("Sheet", rows)))))
    assert document.title == "Fee stays" and document.metadata["published"] == "2024-03-05"


def with_sheet(change):
    """A spreadsheet whose sheet is not as any program would write it."""
    whole = zipfile.ZipFile(BytesIO(workbook(("S", [["Title", "Text"], ["A", LONG]]))))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in whole.namelist():
            data = whole.read(name)
            file.writestr(name, change(data.decode()) if name.endswith("sheet1.xml") else data)
    return out.getvalue()


FAR = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>Far</t></is></c></row></sheetData>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


def test_a_spreadsheet_with_its_last_row_a_million_rows_away():
    found = list(SpreadsheetImporter().read(source(with_sheet(lambda sheet: sheet.replace("</sheetData>", FAR)))))
    assert [each.title for each in documents(found)] == ["A", "Far"]


@pytest.mark.parametrize("size", ["A1", "A1:XFD1048576", "nonsense"])
def test_a_spreadsheet_that_is_wrong_about_its_size(size):
    data = with_sheet(lambda sheet: re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{size}"', sheet))
    try:
        found = documents(SpreadsheetImporter().read(source(data)))
    except KnownError:
        assert size == "nonsense"
        return
    assert [each.title for each in found] == ["A"]


@pytest.mark.parametrize("name", ["b", "f"])
def test_a_spreadsheet_with_entities_of_its_own(name):
    data = with_sheet(lambda sheet: LAUGHS + sheet.replace("<v>", f"<v>&{name};", 1))
    try:
        found = list(SpreadsheetImporter().read(source(data)))
    except KnownError:
        return
    assert not any("aaaa" in each.text or "root:" in each.text for each in documents(found))
