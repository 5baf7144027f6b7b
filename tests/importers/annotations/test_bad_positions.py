"""Marks at wrong places, in every format that gives positions: the mark is mended by its words and told, or refused and
named; the marks beside it come in. And files that want to do harm: a sentence, nothing fetched, nothing filled."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Notice
from annotator.importers import ANNOTATIONS
from annotator.importers.annotations.json_records import records_of
from annotator.importers.walking import items, read_source, recognised
from tests.importers.annotations.references import FOLDER
from tests.importers.sources import source

TEXT = "🚢 Mira met Bo there."  # code points; UTF-16 counts one more behind the ship
GOOD = ("Mira", 2, 6)
QUOTED = ("Bo", 11, 13)


def brat(start, end, quote):
    return {"a.txt": TEXT, "a.ann": f"T1\tP 2 6\tMira\nT2\tP {start} {end}\t{quote or 'Bo'}\n"}


def doccano(start, end, quote):
    return {"a.jsonl": json.dumps({"text": TEXT, "label": [[2, 6, "P"], [start, end, "P"]]})}


def label_studio(start, end, quote):
    def region(start, end, words):
        value = {"start": start, "end": end, "labels": ["P"]} | ({"text": words} if words else {})
        return {"id": str(start), "type": "labels", "from_name": "x", "to_name": "text", "value": value}

    # Label Studio counts UTF-16 units, as its importer takes for granted: the good mark is told by its words
    result = [region(2, 6, "Mira"), region(start, end, quote)]
    return {"a.json": json.dumps([{"data": {"text": TEXT}, "annotations": [{"result": result}]}])}


def prodigy(start, end, quote):
    spans = [{"start": 2, "end": 6, "label": "P", "text": "Mira"}, {"start": start, "end": end, "label": "P"}]
    spans[1] |= {"text": quote} if quote else {}
    return {"a.jsonl": json.dumps({"text": TEXT, "spans": spans, "answer": "accept", "_input_hash": 1})}


def web_annotation(start, end, quote):
    def annotation(number, start, end, words):
        selectors = [{"type": "TextPositionSelector", "start": start, "end": end}]
        selectors += [{"type": "TextQuoteSelector", "exact": words}] if words else []
        body = {"type": "TextualBody", "purpose": "tagging", "value": "P"}
        target = {"source": "a.txt", "selector": selectors}
        return {"id": f"u:{number}", "type": "Annotation", "body": body, "target": target}

    held = [annotation(1, 2, 6, "Mira"), annotation(2, start, end, quote)]
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": held}
    return {"a.txt": TEXT, "a.jsonld": json.dumps(page)}


def bioc(start, end, quote):
    def annotation(number, start, end, words):
        place = f'<location offset="{start}" length="{end - start}"/>'
        return f'<annotation id="{number}"><infon key="type">P</infon>{place}<text>{words}</text></annotation>'

    held = annotation(1, 2, 6, "Mira") + annotation(2, start, end, quote or "Bo")
    passage = f"<passage><offset>0</offset><text>{TEXT}</text>{held}</passage>"
    return {"a.xml": f"<collection><source>x</source><document><id>a</id>{passage}</document></collection>"}


def xmi(start, end, quote):
    marks = "".join(f'<c:P xmi:id="{n}" sofa="1" begin="{a}" end="{b}" value="P"/>' for n, a, b in
                    ((2, 3, 7), (3, start, end)))  # fmt: skip
    head = 'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///c.ecore"'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{TEXT}"/>'
    return {"a.xmi": f'<xmi:XMI {head} xmi:version="2.0">{marks}{sofa}</xmi:XMI>'}


def json_cas(start, end, quote):
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": TEXT}
    marks = [{"%ID": n, "%TYPE": "c.P", "@sofa": 1, "begin": a, "end": b, "value": "P"} for n, a, b in
             ((2, 3, 7), (3, start, end))]  # fmt: skip
    return {"a.json": json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa, *marks]})}


QUOTING = {"brat": brat, "label-studio": label_studio, "prodigy": prodigy, "web-annotation": web_annotation,
           "bioc": bioc}  # fmt: skip
SILENT = {"doccano": doccano, "uima-xmi": xmi, "uima-json": json_cas}
WRONG = {"beyond": (12, 99), "negative": (-3, 2), "reversed": (13, 11), "empty": (11, 11), "huge": (10**15, 10**15 + 2)}


def read(files, folder):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = list(items([folder]))
    marks = [
        mark.covered(each.text) for each in found if isinstance(each, AnnotatedDocument) for mark in each.annotations
    ]
    told = [item.text if isinstance(item, Notice) else f"{item.path}: {item.reason}" for item in found if
            isinstance(item, Notice | Failure)]  # fmt: skip
    return marks, told


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", [*QUOTING, *SILENT])
def test_a_mark_at_no_place_is_mended_or_named_and_the_other_comes_in(name, wrong, tmp_path):
    make = QUOTING.get(name) or SILENT[name]
    marks, told = read(make(*WRONG[wrong], "Bo"), tmp_path)
    assert "Mira" in marks and set(marks) <= {"Mira", "Bo"}
    assert any("a." in text for text in told), told
    if marks == ["Mira"]:
        assert any("left out" in text for text in told), told
    else:
        assert name in QUOTING and any("by" in text or "words that they quote" in text for text in told), told


@pytest.mark.parametrize("name", QUOTING)
def test_positions_of_utf16_are_found_by_the_words_and_told(name, tmp_path):
    marks, told = read(QUOTING[name](12, 14, "Bo"), tmp_path)
    assert sorted(marks) == ["Bo", "Mira"]
    assert any("words that they quote" in text for text in told), told


@pytest.mark.parametrize("name", QUOTING)
def test_words_that_stand_nowhere_are_refused_and_named(name, tmp_path):
    marks, told = read(QUOTING[name](11, 16, "Nobody"), tmp_path)
    assert marks == ["Mira"]
    assert any("Nobody" in text and "left out" in text for text in told), told


# Harm

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>'
XML = {"uima-xmi": "cas.xmi", "bioc": "passages.bioc.xml", "tei": "port.tei.xml"}
JSON = ("cas.json", "doccano.jsonl", "label-studio.json", "prodigy.jsonl", "newsroom-quotes.json")


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE], ids=["laughs", "outside"])
@pytest.mark.parametrize("name", XML)
def test_entities_of_xml_are_never_followed(name, prolog):
    importer = next(each for each in ANNOTATIONS if each.name == name)
    data = (FOLDER / XML[name]).read_text(encoding="utf-8")
    head, sign, rest = data.partition("?>") if data.startswith("<?xml") else ("", "", data)
    data = head + sign + prolog + rest.replace("The", "&i;The", 1)
    found = list(read_source(source(data, XML[name]), importer))
    texts = [item.text for item in found if isinstance(item, AnnotatedDocument)]
    assert all("aaaaaaaaaa" not in text for text in texts)
    assert any(isinstance(item, Failure | Notice) for item in found)


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize(
    "record",
    [b"[" * 200_000, b'{"text": ' + b"9" * 5_000_000 + b"}", b'{"text": NaN}', b'{"text": 1e999}', b'{"text": "\xff"}',
     b'{"text": "\\ud800", "label": []}', b'{"text": "a\\u0000b", "spans": []}'],
    ids=["deep", "number", "nan", "infinite", "no-utf8", "surrogate", "nul"],
)  # fmt: skip
def test_a_record_that_does_harm_is_named(name, record):
    importer = recognised((FOLDER / name).read_bytes()[:60_000], name)
    data = b'{"text": "Fine"}\n' + record + b"\n" if name.endswith("l") else b"[" + record + b"]"
    for item in read_source(source(data, name), importer):
        if isinstance(item, AnnotatedDocument):
            item.text.encode()
            assert "\0" not in item.text
        else:
            assert name in (item.path if isinstance(item, Failure) else item.text)


def test_what_follows_a_record_that_cannot_be_read_comes_in():
    lines = [b'{"text": "One", "label": []}', b'{"text": ', b"[" * 200_000, b'{"text": "Two", "label": []}']
    found = list(read_source(source(b"\n".join(lines), "a.jsonl"), next(i for i in ANNOTATIONS if i.name == "doccano")))
    assert [item.text for item in found if isinstance(item, AnnotatedDocument)] == ["One", "Two"]
    assert ["Line 2" in item.reason or "Line 3" in item.reason for item in found if isinstance(item, Failure)] == [
        True
    ] * 2


def test_a_line_that_is_too_long_is_passed_over(monkeypatch):
    monkeypatch.setattr("annotator.importers.annotator_jsonl.LIMIT", 1_000)
    data = b'{"text": "One"}\n{"text": "' + b"x" * 5_000 + b'"}\n{"text": "Two"}\n'
    found = [record for record, _ in records_of(source(data), io.BytesIO(data))]
    assert found[0] == {"text": "One"} and found[-1] == {"text": "Two"} and len(found) == 3


def qdpx(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return packed.getvalue()


PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0" name="x"><Users/><CodeBook><Codes/></CodeBook><Sources>
<TextSource guid="1" name="a" plainTextPath="{path}"/></Sources></Project>"""


@pytest.mark.parametrize(
    "path", ["internal://../../secret.txt", "/etc/hostname", "relative:///etc/hostname", "C:\\x.txt"]
)
def test_a_project_reaches_for_no_file_outside_itself(path):
    data = qdpx(project_dot_qde=PROJECT.format(path=path))
    found = list(read_source(source(data, "a.qdpx"), next(i for i in ANNOTATIONS if i.name == "refi-qda")))
    assert not [item for item in found if isinstance(item, AnnotatedDocument)]
    assert any(isinstance(item, Failure) and "a.qdpx" in item.path for item in found)


def test_a_bomb_in_a_project_is_refused():
    data = qdpx(project_dot_qde=PROJECT.format(path="internal://a.txt"), sources__a_dot_txt=b"x" * 400_000_000)
    found = list(read_source(source(data, "a.qdpx"), next(i for i in ANNOTATIONS if i.name == "refi-qda")))
    assert not [item for item in found if isinstance(item, AnnotatedDocument)]
    assert [item for item in found if isinstance(item, Failure)]


@pytest.mark.parametrize("place", [(99, 120), (-5, -1), (9, 3), (10**15, 10**15 + 4)])
def test_a_statement_of_dna_at_no_place_is_named(tmp_path, place):
    path = tmp_path / "ports.dna"
    path.write_bytes((FOLDER / "ports.dna").read_bytes())
    before = [mark for item in items([path]) if isinstance(item, AnnotatedDocument) for mark in item.annotations]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE STATEMENTS SET Start = ?, Stop = ? WHERE ID = 1", place)
    found = list(items([path]))
    marks = [mark for item in found if isinstance(item, AnnotatedDocument) for mark in item.annotations]
    assert len(marks) == len(before) - 1
    assert any("statement 1" in item.text for item in found if isinstance(item, Notice))


@pytest.mark.parametrize("name", [*QUOTING, *SILENT])
def test_a_number_that_no_position_can_be_is_named(name, tmp_path):
    """JSON with it cannot be read, so that a record is refused; of other formats, a mark."""
    marks, told = read((QUOTING.get(name) or SILENT[name])(10**30, 10**30 + 2, "Bo"), tmp_path)
    assert set(marks) <= {"Mira", "Bo"} and any("a." in text for text in told), told
