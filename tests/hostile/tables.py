"""Tables with fields, rows and columns beyond all measure, formulas, and spreadsheets that reach out or swell."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from tests.hostile.files import SENTENCE, Hostile, file
from tests.sources_made import packed

_HEAD = "title,text,date\n"
_ROW = f"Ferry,{SENTENCE},2016-11-02\n"
FORMULAS = (
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    '=WEBSERVICE("x")',
)


def cases() -> Iterator[Hostile]:
    """Text first, then spreadsheets."""
    yield file("long field.csv", _HEAD + f"Ferry,{'ferry ' * 100_000},2016\n" + _ROW, True)
    yield file("very long field.csv", _HEAD + f"Ferry,{'ferry ' * 1_500_000},2016\n" + _ROW, True)
    yield file("many columns.csv", ",".join(["title", "text", *(f"c{n}" for n in range(20_000))]) + "\n" + "a,b" + ",x" * 20_000, None)  # fmt: skip
    yield file("many rows.csv", _HEAD + "".join(f"Ferry {n},{n} left,2016\n" for n in range(3_000)), True)
    yield file("formulas.csv", _HEAD + "".join(f'"{cell.replace(chr(34), chr(34) * 2)}","{SENTENCE}{n}",2016\n' for n, cell in enumerate(FORMULAS)), True)  # fmt: skip
    yield file("open quotation.csv", _HEAD + '"Ferry,' + _ROW * 5000, None)
    yield file("quotations.csv", _HEAD + '"' * 300_001 + "\n" + _ROW, None)
    yield file("nul.csv", _HEAD + f"Fer\0ry,{SENTENCE * 9},2016\n" + _ROW, True)
    yield file("ragged.csv", _HEAD + _ROW + "a\n" + "a,b,c,d,e,f\n" + ",,,\n" + _ROW.replace("Tues", "Wednes"), True)
    yield file("returns.csv", (_HEAD + _ROW * 3).replace("\n", "\r"), None)
    yield file("same names.csv", "title,title,text,text\n" + _ROW, None)
    yield file("names of markup.csv", '<img src=x>,text,"a""; drop table documents;--"\n' + _ROW, None)
    yield file("no names.csv", "\n\n,,,\n" + _ROW, None)
    yield file("one long line.csv", "title,text" + ",x" * 1_000_000, None)
    yield file("separators.tsv", "title\ttext\n" + "\t" * 1_000_000, None)
    yield from _books()


_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    "</Types>"
)  # fmt: skip
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


def _book(sheet: str, *more: tuple[str, bytes], relations: str = "", workbook: str = "") -> bytes:
    first = f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{relations}'
    held = workbook or (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return packed(
        ("[Content_Types].xml", _TYPES.encode()),
        (
            "_rels/.rels",
            _RELATIONS.format(
                f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ).encode(),
        ),
        ("xl/workbook.xml", held.encode()),
        ("xl/_rels/workbook.xml.rels", _RELATIONS.format(first).encode()),
        ("xl/worksheets/sheet1.xml", sheet.encode()),
        *more,
    )


def _sheet(rows: str, head: str = "", before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{_MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'


def _row(number: int, *cells: str) -> str:
    inside = "".join(
        f'<c r="{"ABC"[n]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for n, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


_ROWS = _row(1, "title", "text") + _row(2, "Ferry", SENTENCE)


def _books() -> Iterator[Hostile]:
    yield file("sound.xlsx", _book(_sheet(_ROWS)), True)
    yield file("lying size.xlsx", _book(_sheet(_ROWS, '<dimension ref="A1:XFD1048576"/>')), True)
    yield file("far cell.xlsx", _book(_sheet(_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')), True)
    yield file(
        "beyond.xlsx", _book(_sheet(_ROWS + '<row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row>')), None
    )
    yield file("row below nought.xlsx", _book(_sheet('<row r="-5"><c r="A-5"><v>1</v></c></row>' + _ROWS)), None)
    yield file("wide.xlsx", _book(_sheet(_ROWS + '<row r="3">' + "<c><v>1</v></c>" * 50_000 + "</row>")), None)
    yield file("formulas.xlsx", _book(_sheet(_ROWS + '<row r="3"><c r="A3" t="str"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>x</v></c><c r="B3"><f>1/0</f></c></row>')), True)  # fmt: skip
    yield file("dates.xlsx", _book(_sheet(_ROWS + '<row r="3"><c r="A3" t="d"><v>99999-99-99</v></c><c r="B3" t="d"><v>x</v></c></row>')), None)  # fmt: skip
    yield file("last row alone.xlsx", _book(_sheet(_ROWS.replace('r="2"', 'r="9223372036854775808"'))), None)
    yield file("numbers.xlsx", _book(_sheet(_ROWS + '<row r="3"><c r="A3"><v>1e400</v></c><c r="B3"><v>NaN</v></c><c r="C3"><v>x</v></c></row>')), None)  # fmt: skip
    yield file("missing text.xlsx", _book(_sheet(_ROWS + '<row r="3"><c r="A3" t="s"><v>999999</v></c></row>')), None)
    yield file("laughs.xlsx", _book(_sheet(_ROWS, before=_laughs())), None)
    yield file("bomb.xlsx", _book(_sheet(_ROWS + " " * 60_000_000)), False, "far beyond")
    yield file("long text.xlsx", _book(_sheet(_ROWS + _row(3, "a", "ferry " * 400_000))), None)
    strings = f'<sst xmlns="{_MAIN}" count="99999999" uniqueCount="99999999">' + "<si><t>x</t></si>" * 50_000 + "</sst>"
    relation = f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    yield file(
        "many texts.xlsx", _book(_sheet(_ROWS), ("xl/sharedStrings.xml", strings.encode()), relations=relation), None
    )
    outside = f'<Relationship Id="r3" Type="{_OFFICE}/externalLink" Target="file:///etc/passwd" TargetMode="External"/>'
    yield file("links outside.xlsx", _book(_sheet(_ROWS), relations=outside), True)
    itself = f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="../workbook.xml"/>'
    yield file("itself.xlsx", _book(_sheet(_ROWS), relations=itself), None)
    yield file("sheet elsewhere.xlsx", _book(_sheet(_ROWS)).replace(b"sheet1.xml", b"sheet9.xml", 1), None)
    yield file("no sheets.xlsx", _book(_sheet(_ROWS), workbook=f'<workbook xmlns="{_MAIN}"><sheets/></workbook>'), None)
    many = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(300))
    yield file("many sheets.xlsx", _book(_sheet(_ROWS), workbook=f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{many}</sheets></workbook>'), None)  # fmt: skip
    yield file("deep.xlsx", _book(_sheet("<a>" * 50_000)), None)
    yield file("markup.xlsx", _markup(), True)


def _laughs() -> str:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    return f'<!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">{entities}]>'


def _markup() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["title", "text"])
    for number, cell in enumerate(FORMULAS):
        sheet.append([cell, f"{SENTENCE}{number}"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
