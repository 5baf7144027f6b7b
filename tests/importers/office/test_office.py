# ruff: noqa: E501 - what a file looks like is not broken into lines
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from annotator.core.errors import KnownError
from annotator.importers.office.open_document import OpenDocumentImporter
from annotator.importers.office.portable_document import PdfImporter
from annotator.importers.office.rich_text_document import RichTextImporter
from annotator.importers.office.word import WordImporter
from annotator.importers.walking import recognised
from tests.importers.sources import documents, notices, source

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def odt(body):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        file.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}"><office:body><office:text>{body}'
            "</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


def test_open_document():
    body = (
        '<text:h text:outline-level="1">A headline</text:h><text:p>First<text:s text:c="2"/>of <text:span>all</text:span>'
        "<text:note><text:note-body><text:p>A note</text:p></text:note-body></text:note>,<text:line-break/>then</text:p>"
        "<text:list><text:list-item><text:p>a point</text:p></text:list-item></text:list>"
    )
    data = odt(body)
    assert recognised(data, "x.odt").name == "odt"
    (document,) = documents(OpenDocumentImporter().read(source(data)))
    assert part(document, "HEADLINE") == ["A headline"] and part(document, "BODY") == [
        "First  of all,\nthen\n\na point"
    ]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body, name="word/document.xml", head=""):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            name, f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def test_word():
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>A headline</w:t></w:r></w:p>'
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>Kept</w:t><w:tab/><w:t>and</w:t>"
        "<w:noBreakHyphen/></w:r><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    (document,) = documents(WordImporter().read(source(docx(body))))
    assert part(document, "HEADLINE") == ["A headline"]
    assert part(document, "BODY") == ["Kept\tand\u2011linked\n\ncell"] and "gone" not in document.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx("<w:p/>"), "There is no text in it"),
        (docx("<w:p/>", "word/other.xml"), "no Word document"),
        (docx("<w:p/>", head='<!DOCTYPE x [<!ENTITY a "b">]>'), "entities of its own"),
        (docx("<w:p><w:r><w:t>x</w:t>"), "damaged"),
    ],
)
def test_word_files_that_are_none(data, reason):
    with pytest.raises(KnownError, match=reason):
        list(WordImporter().read(source(data)))


def test_rich_text():
    text = "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}A headline\\par Caf\\'e9 \\u8211? more.\\par}"
    assert recognised(text.encode(), "x.rtf").name == "rtf"
    (document,) = documents(RichTextImporter().read(source(text)))
    assert document.title == "A headline" and "Café – more." in document.text


def pdf(*pages):
    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
            | {NameObject("/BaseFont"): NameObject("/Helvetica")}
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
        stream.set_data(f"BT /F1 12 Tf 14 TL 20 200 Td {lines} ET".encode() if text else b"")
        page[NameObject("/Contents")] = stream
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf():
    data = pdf("A headline", "Second page", "")
    assert recognised(data, "x.pdf").name == "pdf"
    found = list(PdfImporter().read(source(data, "x.pdf")))
    (document,) = documents(found)
    assert document.title == "A headline" and "Second page" in document.text
    assert notices(found) == ["x.pdf: 1 of 3 pages hold no text. They may be pictures."]


def test_pdf_of_pictures_locked_or_damaged():
    with pytest.raises(KnownError, match="its pages are pictures"):
        list(PdfImporter().read(source(pdf("", ""))))
    writer = PdfWriter(clone_from=BytesIO(pdf("secret")))
    writer.encrypt("password", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(KnownError, match="locked with a password"):
        list(PdfImporter().read(source(out.getvalue())))
    with pytest.raises(KnownError, match="damaged PDF"):
        list(PdfImporter().read(source(b"%PDF-1.4\n1 0 obj")))
