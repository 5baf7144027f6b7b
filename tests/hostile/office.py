"""PDF that turns in circles, rich text that is all braces, office files that reach out or swell."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.hostile.files import SENTENCE, Hostile, file
from tests.sources_made import packed


def cases() -> Iterator[Hostile]:
    """PDF, rich text, Word, OpenDocument."""
    yield from _pdfs()
    yield from _rich_texts()
    yield from _word()
    yield from _open_documents()


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def _pdf(*objects: bytes, trailer: bytes = b"<</Root 1 0 R/Size 99>>") -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


_ROOT = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
_TEXT = b"BT /F1 12 Tf 20 200 Td (The ferry left.) Tj ET"


def _pdfs() -> Iterator[Hostile]:
    sound = _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), _FONT)
    yield file("sound.pdf", sound, True)
    yield file("cut.pdf", sound[: len(sound) // 2], None)
    yield file("head alone.pdf", b"%PDF-1.7\n", False)
    yield file("pages in a circle.pdf", _pdf(_ROOT, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), False)
    yield file("pages in a ring.pdf", _pdf(_ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]/Count 2/Parent 2 0 R>>"), False)  # fmt: skip
    yield file(
        "claims pages.pdf",
        _pdf(_ROOT, b"<</Type/Pages/Kids[3 0 R]/Count 999999999>>", _PAGE, _stream(_TEXT), _FONT),
        None,
    )
    kids = b"[" + b"3 0 R " * 20_000 + b"]"
    yield file(
        "many pages.pdf",
        _pdf(_ROOT, b"<</Type/Pages/Kids" + kids + b"/Count 20000>>", _PAGE, _stream(_TEXT), _FONT),
        False,
    )
    yield file("deep pages.pdf", _deep_pages(), None)
    yield file("reference to itself.pdf", _pdf(_ROOT, _PAGES, _PAGE, b"4 0 R", _FONT), None)
    yield file("references in a ring.pdf", _pdf(_ROOT, _PAGES, _PAGE, b"5 0 R", b"4 0 R"), None)
    yield file("form in itself.pdf", _form_in_itself(), None)
    bomb = zlib.compress(b" " * 100_000_000)
    yield file("bomb.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(bomb, b"/Filter/FlateDecode"), _FONT), None)
    twice = zlib.compress(zlib.compress(b" " * 100_000_000))
    yield file(
        "bomb in a bomb.pdf",
        _pdf(_ROOT, _PAGES, _PAGE, _stream(twice, b"/Filter[/FlateDecode/FlateDecode]"), _FONT),
        None,
    )
    yield file(
        "filters.pdf",
        _pdf(_ROOT, _PAGES, _PAGE, _stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 20_000 + b"]"), _FONT),
        None,
    )
    yield file(
        "runs.pdf",
        _pdf(_ROOT, _PAGES, _PAGE, _stream(b"\x81 " * 300_000 + b"\x80", b"/Filter/RunLengthDecode"), _FONT),
        None,
    )
    yield file("weaving.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(zlib.compress(bytes(1000)), b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647>>"), _FONT), None)  # fmt: skip
    yield file("deep lists.pdf", _pdf(_ROOT, _PAGES, b"[" * 50_000 + b"]" * 50_000, _stream(_TEXT), _FONT), None)
    yield file("deep page.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(b"[" * 100_000), _FONT), None)
    yield file("many marks.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(b"BT /F1 12 Tf (x) Tj ET " * 20_000), _FONT), None)
    yield file("states.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(b"q " * 300_000 + _TEXT), _FONT), None)
    yield file("table in a circle.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), _FONT, trailer=b"<</Root 1 0 R/Size 6/Prev 9>>"), None)  # fmt: skip
    yield file(
        "size.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), _FONT, trailer=b"<</Root 1 0 R/Size 99999999999>>"), None
    )
    yield file("length.pdf", sound.replace(b"/Length ", b"/Length 99999999"), None)
    yield file("acts.pdf", _pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/AA<</O<</S/URI/URI(http://127.0.0.1:9)>>>>>>", _PAGES, _PAGE, _stream(_TEXT), _FONT), True)  # fmt: skip
    yield file("locked.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), _FONT, trailer=b"<</Root 1 0 R/Size 6/Encrypt<</Filter/Standard/V 99/R 99/O(x)/U(y)/P -1>>>>"), None)  # fmt: skip
    unicode = _stream(
        b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <0000> <ffffffff> <0041> endbfrange"
    )
    yield file("letters.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", unicode), None)  # fmt: skip
    widths = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/W[0 99999999 500]>>]>>"
    yield file("widths.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), widths), None)
    differences = b"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[-5/A 999999999/B(x)]>>>>"
    yield file("differences.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(_TEXT), differences), None)
    yield file("numbers.pdf", _pdf(_ROOT, _PAGES, _PAGE, _stream(b"BT /F1 " + b"9" * 5000 + b" Tf 1e999 --5 Td (x) Tj ET"), _FONT), None)  # fmt: skip


def _deep_pages() -> bytes:
    middle = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(3000)]
    return _pdf(_ROOT, *middle, _PAGE)


def _form_in_itself() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</XObject<</X 5 0 R>>>>/Contents 4 0 R>>"
    form = _stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    return _pdf(_ROOT, _PAGES, page, _stream(b"/X Do /X Do"), form)


def _rich_texts() -> Iterator[Hostile]:
    for name, text in {
        "deep": "{" * 200_000 + SENTENCE + "}" * 200_000,
        "never closed": "{\\b " * 100_000 + SENTENCE,
        "closed too often": SENTENCE + "}" * 100_000,
        "bytes": SENTENCE + "\\bin2147483647 x",
        "bytes below nought": SENTENCE + "\\bin-5 x",
        "letters": "\\u-1?\\u99999999?\\u55357?\\uc99999999 " + SENTENCE,
        "skipped": "\\uc2000000000\\u65 " + SENTENCE,
        "long word": "\\" + "a" * 1_000_000 + " " + SENTENCE,
        "long number": "\\fs" + "9" * 100_000 + " " + SENTENCE,
        "halves": "\\'" * 200_000 + SENTENCE,
        "paragraphs": "\\par" * 200_000 + SENTENCE,
        "objects": "{\\object{\\*\\objdata " + "41" * 500_000 + "}}{\\field{\\*\\fldinst INCLUDETEXT http://127.0.0.1:9}}" + SENTENCE,
        "fonts": "{\\fonttbl" + "".join(f"{{\\f{n}\\fcharset{n};}}" for n in range(20_000)) + "}" + SENTENCE,
        "code page": "\\ansicpg99999 \\'e9" + SENTENCE,
        "backslashes": "\\" * 500_000,
    }.items():  # fmt: skip
        yield file(f"{name}.rtf", "{\\rtf1\\ansi " + text + "}", None)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(body: str, before: str = "", *more: tuple[str, bytes]) -> bytes:
    document = f'{before}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return packed(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.encode()), *more)


_P = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
_ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "{}">]>'


def _word() -> Iterator[Hostile]:
    yield file("sound.docx", _docx(_P), True)
    yield file(
        "local file.docx",
        _docx(_P + "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", _ENTITY.format("file:///etc/passwd")),
        False,
    )
    yield file("other machine.docx", _docx(_P + "&x;", _ENTITY.format("http://127.0.0.1:9/")), False)
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    yield file("laughs.docx", _docx("&j;" + _P, f'<!DOCTYPE w [<!ENTITY a "AAAAAAAAAA">{entities}]>'), False)
    yield file("deep.docx", _docx("<w:p>" * 50_000), None)
    yield file("deep tables.docx", _docx("<w:tbl><w:tr><w:tc>" * 80 + _P + "</w:tc></w:tr></w:tbl>" * 80), None)
    yield file("bomb.docx", _docx(_P + " " * 60_000_000), None)
    yield file("many runs.docx", _docx("<w:p>" + "<w:r><w:t>x </w:t></w:r>" * 30_000 + "</w:p>"), True)
    relation = b'<Relationships><Relationship Id="r" Type="attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>'  # fmt: skip
    yield file("template elsewhere.docx", _docx(_P, "", ("word/_rels/settings.xml.rels", relation)), True)
    yield file("macro.docx", _docx(_P, "", ("word/vbaProject.bin", bytes(5000))), True)
    yield file("field.docx", _docx(_P + '<w:p><w:r><w:instrText>DDEAUTO c:\\\\x "y"</w:instrText></w:r></w:p>'), True)
    yield file("no document.docx", packed(("word/other.xml", b"<a/>")), False)
    yield file("document twice.docx", _docx(_P, "", ("word/document.xml", b"<a/>")), None)
    yield file("no xml.docx", packed(("word/document.xml", bytes(5000))), False)
    yield file("styles.docx", _docx(_P, "", ("word/styles.xml", b"<a>" * 100_000)), None)


_MIME = ("mimetype", b"application/vnd.oasis.opendocument.text")


def _odt(body: str, before: str = "") -> bytes:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'  # fmt: skip
    content = f"{before}<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return packed(_MIME, ("content.xml", content.encode()))


_TP = f"<text:p>{SENTENCE}</text:p>"


def _open_documents() -> Iterator[Hostile]:
    yield file("sound.odt", _odt(_TP), True)
    yield file("spaces.odt", _odt(_TP + '<text:p>a<text:s text:c="999999999"/>b</text:p>'), None)
    yield file("many spaces.odt", _odt(_TP + "<text:p>" + '<text:s text:c="100000"/>' * 20_000 + "</text:p>"), None)
    yield file(
        "digits.odt", _odt(_TP + f'<text:p>a<text:s text:c="{"9" * 5000}"/><text:s text:c="²"/>b</text:p>'), True
    )
    yield file(
        "spaces below nought.odt", _odt(_TP + '<text:p>a<text:s text:c="-5"/><text:s text:c="x"/>b</text:p>'), None
    )
    yield file("cells.odt", _odt(_TP + f'<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell table:number-columns-repeated="999999999">{_TP}</table:table-cell></table:table-row></table:table>'), None)  # fmt: skip
    yield file("local file.odt", _odt(_TP + "&x;", _ENTITY.format("file:///etc/passwd")), False)
    yield file("deep.odt", _odt("<text:span>" * 50_000), None)
    yield file("bomb.odt", _odt(_TP + " " * 60_000_000), None)
    yield file("no content.odt", packed(_MIME, ("x", b"")), False)
