"""Other tools' annotations at impossible places, in circles, or without end; and databases that are not what they say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.hostile.files import SENTENCE, Hostile, file
from tests.sources_made import packed

_DATA = Path(__file__).parents[1] / "data"


def cases() -> Iterator[Hostile]:
    """brat, CoNLL, WebAnno, UIMA, the tools of JSON, BioC, REFI-QDA, and DNA."""
    yield from _brat()
    yield from _columns()
    yield from _webanno()
    yield from _uima()
    yield from _json_tools()
    yield from _others()
    yield from _dna()


def _brat() -> Iterator[Hostile]:
    text = SENTENCE.encode()
    for name, notes in {
        "far away": "T1\tThing 99999999999 99999999999999999999\tferry\n",
        "below nought": "T1\tThing -4 -1\tferry\n",
        "backwards": "T1\tThing 9 4\tferry\n",
        "pieces": "T1\tThing 0 3;" + ";".join(f"{n} {n + 1}" for n in range(20_000)) + "\tx\n",
        "odd pieces": "T1\tThing ;;4 9;;\tferry\nT2\tThing 4\tx\nT3\tThing\nT4\n\t\t\t\n",
        "events in a ring": "T1\tE 4 9\tferry\nE1\tE:T1 Theme:E2\nE2\tE:T1 Theme:E1\n",
        "event of itself": "T1\tE 4 9\tferry\nE1\tE:E1 Theme:E1\n",
        "links to nothing": "R1\tsays Arg1:T7 Arg2:T8\nA1\tSure T9\n#1\tNote T9\tx\n*\tEquiv T1 T2 T3\n",
        "same ids": "T1\tThing 4 9\tferry\nT1\tThing 0 3\tThe\nA1\tSure T1\nA1\tSure T1 no\n",
        "many attributes": "T1\tThing 4 9\tferry\n" + "".join(f"A{n}\tA{n} T1 x\n" for n in range(5000)),
        "long line": "T1\tThing 4 9\t" + "x" * 2_000_000 + "\n",
        "odd letters": "T1\t<img src=x>\u202e 4 9\tferry\nA1\ta\x00b T1\n",
        "no lines": "\xff" * 50_000,
    }.items():  # fmt: skip
        yield Hostile(f"brat {name}", {"a.txt": text, "a.ann": notes.encode()})
    yield Hostile("brat without text", {"a.ann": b"T1\tThing 4 9\tferry\n"})
    yield Hostile("brat text elsewhere", {"..ann": b"T1\tThing 4 9\tferry\n", "a.txt": text})
    conf = (
        b"[entities]\n" + b"\t" * 50_000 + b"x\n!a\n" * 10_000 + b"[relations]\nx Arg1:<ALL>, Arg2:<ALL>\n<A>=<A>|<A>\n"
    )
    yield Hostile("brat scheme odd", {"annotation.conf": conf, "a.txt": text, "a.ann": b"T1\tThing 4 9\tferry\n"})
    circle = b"[entities]\nA\n[attributes]\nS Arg:<ENTITY>|<S>\n[macros]\n<S>=<T>\n<T>=<S>\n"
    yield Hostile("brat macros in a ring", {"annotation.conf": circle, "a.txt": text, "a.ann": b"T1\tA 4 9\tferry\n"})


def _columns() -> Iterator[Hostile]:
    rows = "The O\nferry B-THING\nleft O\n\n"
    for name, text in {
        "long line": rows + "x" * 3_000_000 + " B-X\n",
        "many columns": rows + "x " * 20_000 + "O\n",
        "odd tags": rows + "a B-\nb I-\nc -\nd B\ne I-Y-Z\nf B-<b>\ng E-Q\nh S-\n",
        "ragged": rows + "a\nb c d e\n\n\n\nf\n" * 500,
        "one sentence": "word I-X\n" * 60_000,
        "marks within marks": "\n".join(f"w {'B-A|' * 200}O" for _ in range(200)),
    }.items():
        yield file(f"{name}.conll", text)
    token = "{}\tferry\tferry\tNOUN\tNN\t_\t0\troot\t_\t{}\n"
    for name, text in {
        "never closed": "".join(token.format(n, f"Entity=({n}-person") for n in range(1, 3000)),
        "closed too often": "".join(token.format(n, "Entity=" + "9)" * 50) for n in range(1, 500)),
        "ranges": token.format("1-99999999", "_") + token.format("5-1", "_") + token.format("1.99999", "_"),
        "numbers": token.format("-1", "_") + token.format("9" * 5000, "_") + token.format("x", "_"),
        "misc": token.format(1, "SpaceAfter=No|" * 20_000),
        "bridges": token.format(1, "Bridge=1<1|Split=1<1|Entity=(1-a)"),
    }.items():
        yield file(
            f"{name}.conllu", f"# newdoc id = a\n# global.Entity = eid-etype\n# sent_id = 1\n# text = x\n{text}\n"
        )


def _webanno() -> Iterator[Hostile]:
    head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.X|value\n#T_RL=webanno.custom.R|kind|BT_webanno.custom.X\n\n\n#Text=The ferry\n"
    for name, rows in {
        "far away": "1-1\t99999999999-999999999999\tThe\tx\t_\t_\n1-2\t4-9\tferry\t_\t_\t_\n",
        "below nought": "1-1\t-5--1\tThe\tx\t_\t_\n",
        "backwards": "1-1\t9-4\tThe\tx\t_\t_\n",
        "link to nothing": "1-1\t0-3\tThe\tx[1]\tsays\t9-9[7_8]\n",
        "link to itself": "1-1\t0-3\tThe\tx[1]\tsays\t1-1[1_1]\n",
        "stacks": "1-1\t0-3\tThe\t" + "|".join(f"x[{n}]" for n in range(20_000)) + "\t_\t_\n",
        "odd numbers": "x-y\t0-3\tThe\tx[99999999999999999999999]\t_[\t]_\n",
        "sub-tokens": "1-1\t0-3\tThe\t_\t_\t_\n" + "".join(f"1-1.{n}\t0-1\tT\tx\t_\t_\n" for n in range(5000)),
        "few columns": "1-1\t0-3\n1-2\n\t\t\t\n",
        "escapes": "1-1\t0-3\tThe\t\\\\|\\[\\]\\_\\\\\\\t_\t_\n",
    }.items():
        yield file(f"{name}.tsv", head + rows)
    yield file(
        "odd layers.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=\n#T_CH=a|b|ROLE_|\n#T_RL=|BT_\n" + "#T_SP=x\n" * 5000 + head[24:],
    )


def _uima() -> Iterator[Hostile]:
    head = '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:n="http:///n.ecore" xmi:version="2.0">'
    tail = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{SENTENCE}"/>{{}}</xmi:XMI>'
    whole = tail.format('<cas:View sofa="1" members="2 3"/>')
    for name, inside, end in (
        ("far away", '<n:X xmi:id="2" sofa="1" begin="99999999999" end="999999999999999999999"/>', whole),
        ("below nought", '<n:X xmi:id="2" sofa="1" begin="-5" end="-1"/>', whole),
        ("backwards", '<n:X xmi:id="2" sofa="1" begin="9" end="4"/>', whole),
        ("words", '<n:X xmi:id="2" sofa="1" begin="a" end="1e5"/>', whole),
        ("no sofa", '<n:X xmi:id="2" sofa="7" begin="0" end="3"/>', whole),
        ("ring", '<n:X xmi:id="2" sofa="1" begin="0" end="3" next="3"/><n:X xmi:id="3" sofa="1" begin="4" end="9" next="2"/>', whole),
        ("same ids", '<n:X xmi:id="2" sofa="1" begin="0" end="3"/>' * 2, whole),
        ("sofa of itself", '<cas:Sofa xmi:id="1" sofaNum="1" sofaArray="1"/>', whole),
        ("many members", "", tail.format(f'<cas:View sofa="1" members="{"2 " * 300_000}"/>')),
        ("many sofas", f'<cas:Sofa xmi:id="9" sofaNum="1" sofaID="x" sofaString="{SENTENCE}"/>' * 300, whole),
        ("list without end", '<cas:NonEmptyFSList xmi:id="2" head="2" tail="2"/><n:X xmi:id="3" sofa="1" begin="0" end="3" all="2"/>', whole),
    ):  # fmt: skip
        yield file(f"{name}.xmi", head + inside + end)
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": SENTENCE}
    for name, things in {
        "ring": [{"%ID": 2, "%TYPE": "x.Y", "@sofa": 1, "begin": 0, "end": 3, "@next": 2}],
        "far away": [{"%ID": 2, "%TYPE": "x.Y", "@sofa": 1, "begin": 2**40, "end": 2**62}],
        "odd": [5, None, {}, {"%ID": [1]}, {"%ID": 3, "%TYPE": {}}, {"%ID": 4, "%TYPE": "a.b", "@sofa": "x", "begin": "0", "end": {}}],
        "array of itself": [{"%ID": 2, "%TYPE": "x.Y[]", "%ELEMENTS": [2, 2, 2]}],
    }.items():  # fmt: skip
        yield file(f"cas {name}.json", json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa, *things], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}}}))  # fmt: skip


def _json_tools() -> Iterator[Hostile]:
    places: tuple[tuple[str, Any, Any], ...] = (
        ("far away", 10**15, 10**18),
        ("below nought", -9, -4),
        ("backwards", 9, 4),
        ("texts", "4", "9"),
        ("nothing", None, None),
        ("lists", [4], {"a": 9}),
        ("halves", 4.5, 9.5),
    )
    for name, start, end in places:
        yield file(f"doccano {name}.jsonl", json.dumps({"id": 1, "text": SENTENCE, "label": [[start, end, "X"]]}))
        span = {"start": start, "end": end, "label": "X", "token_start": start, "token_end": end}
        yield file(f"prodigy {name}.jsonl", json.dumps({"text": SENTENCE, "_input_hash": 1, "_task_hash": 2, "tokens": [], "spans": [span], "answer": "accept"}))  # fmt: skip
        result = {"id": "a", "type": "labels", "from_name": "l", "to_name": "t", "value": {"start": start, "end": end, "text": "x", "labels": ["X"]}}  # fmt: skip
        yield file(f"label-studio {name}.json", json.dumps([{"id": 1, "data": {"text": SENTENCE}, "annotations": [{"id": 1, "result": [result]}]}]))  # fmt: skip
        selector = {"type": "TextPositionSelector", "start": start, "end": end}
        anno = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "body": {"value": "X"}, "target": {"source": "port.txt", "selector": selector}}  # fmt: skip
        yield Hostile(f"w3c {name}", {"a.jsonld": json.dumps(anno).encode(), "port.txt": SENTENCE.encode()})
        yield file(f"bioc {name}.xml", f"<collection><document><id>a</id><passage><offset>{start}</offset><text>{SENTENCE}</text><annotation id='1'><infon key='type'>X</infon><location offset='{start}' length='{end}'/><text>ferry</text></annotation></passage></document></collection>".replace("{'a': 9}", "x"))  # fmt: skip
    selector: dict[str, Any] = {"type": "TextQuoteSelector", "exact": "ferry"}
    for _ in range(400):
        selector = {"type": "FragmentSelector", "refinedBy": selector}
    anno = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "target": {"source": "port.txt", "selector": selector},
    }
    yield Hostile("w3c deep", {"a.jsonld": json.dumps(anno).encode(), "port.txt": SENTENCE.encode()})
    for source in (
        "../../../etc/passwd",
        "file:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1:9/x",
        "\0",
        "x" * 5000,
    ):
        anno = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": {"source": source, "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}}  # fmt: skip
        yield file("a.jsonld", json.dumps(anno), None, case=f"w3c source {source[:24]!r}")
    quote = {"type": "TextQuoteSelector", "exact": "a", "prefix": "a" * 50_000, "suffix": "a" * 50_000}
    many = [{"id": f"u:{n}", "type": "Annotation", "body": {"value": "X"}, "target": {"source": "port.txt", "selector": quote}} for n in range(20)]  # fmt: skip
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": many}
    yield Hostile("w3c quotes", {"a.jsonld": json.dumps(page).encode(), "port.txt": b"a" * 100_000})


def _others() -> Iterator[Hostile]:
    qde = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="p"><CodeBook><Codes>{}</Codes></CodeBook><Sources>{}</Sources></Project>'  # fmt: skip
    deep = '<Code guid="1" name="a">' * 240 + "</Code>" * 240
    source = '<TextSource guid="2" name="s" plainTextPath="{}"><PlainTextSelection guid="3" startPosition="{}" endPosition="{}"><Coding guid="4"><CodeRef targetGUID="1"/></Coding></PlainTextSelection></TextSource>'  # fmt: skip
    for name, codes, sources in (
        ("deep codes", deep, source.format("internal://s.txt", 0, 3)),
        ("far away", '<Code guid="1" name="a"/>', source.format("internal://s.txt", 10**12, 10**13)),
        ("below nought", '<Code guid="1" name="a"/>', source.format("internal://s.txt", -9, "x")),
        ("elsewhere", '<Code guid="1" name="a"/>', source.format("internal://../../../../etc/passwd", 0, 3)),
        ("absolute", '<Code guid="1" name="a"/>', source.format("absolute:///etc/passwd", 0, 3)),
        ("no code", "", source.format("internal://s.txt", 0, 3)),
    ):
        data = packed(("project.qde", qde.format(codes, sources).encode()), ("Sources/s.txt", SENTENCE.encode()))
        yield file(f"{name}.qdpx", data)
    yield file("bomb.qdpx", packed(("project.qde", qde.format("", source.format("internal://s.txt", 0, 3)).encode()), ("Sources/s.txt", b"ferry " * 10_000_000)))  # fmt: skip
    yield file("many brackets.txt", "[x](" * 50_000 + SENTENCE)
    yield file(
        "dates.ris",
        "TY  - NEWS\nTI  - Ferry\nPY  - 99999/99/99\nDA  - " + "9" * 50_000 + f"\nAB  - {SENTENCE}\nER  - \n",
    )
    yield file("never ends.ris", "TY  - NEWS\nTI  - Ferry\n" + f"AB  - {SENTENCE}\n" * 20_000)
    feed = '<rss version="2.0"><channel>{}</channel></rss>'
    yield file(
        "items.rss",
        feed.format(
            "".join(f"<item><title>T</title><description>{SENTENCE}{n}</description></item>" for n in range(1500))
        ),
        True,
    )
    yield file("markup.rss", feed.format("<item><title>&lt;img src=x&gt;</title><link>javascript:alert(1)</link><description>" + "&lt;div&gt;" * 5000 + SENTENCE + "</description></item>"))  # fmt: skip
    alto = '<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout><Page ID="P"><PrintSpace><TextBlock ID="B" HPOS="{0}" VPOS="{0}" WIDTH="{0}" HEIGHT="{0}"><TextLine><String CONTENT="ferry" WC="{0}" HPOS="{0}"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>'  # fmt: skip
    for value in ("-1", "NaN", "1e999", "x", "9" * 5000):
        yield file("page.xml", alto.format(value), case=f"alto {value[:8]}")
    page = '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page><TextRegion id="a"><Coords points="{0}"/><TextLine id="b"><TextEquiv index="{0}" conf="{0}"><Unicode>ferry</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>'  # fmt: skip
    for value in ("-1,", "NaN", "1,1 " * 50_000, "x"):
        yield file("page.xml", page.format(value), case=f"page {value[:8]}")
    mets = '<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp><file ID="F"><FLocat xlink:href="{}"/></file></fileGrp></fileSec><structMap TYPE="LOGICAL"><div TYPE="ARTICLE"><fptr><area FILEID="F" BEGIN="B"/></fptr></div></structMap></mets>'  # fmt: skip
    for place in ("../../../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:9/x", "mets.xml", "x" * 4000):
        yield file("mets.xml", mets.format(place), case=f"mets {place[:16]}")


def _dna() -> Iterator[Hostile]:
    sound = (_DATA / "annotations" / "ports.dna").read_bytes()
    for name, script in {
        "view": "ALTER TABLE STATEMENTS RENAME TO S2; CREATE VIEW STATEMENTS AS SELECT * FROM S2;",
        "endless view": "ALTER TABLE STATEMENTS RENAME TO S2; CREATE VIEW STATEMENTS AS WITH RECURSIVE n(ID) AS"
        " (SELECT 1 UNION ALL SELECT ID + 1 FROM n) SELECT ID, 1 AS StatementTypeId, 1 AS DocumentId, 0 AS Start, 1 AS Stop FROM n;",
        "trigger": "CREATE TRIGGER t AFTER INSERT ON DOCUMENTS BEGIN DELETE FROM DOCUMENTS; END;",
        "large blob": "UPDATE DOCUMENTS SET Text = zeroblob(20000000);",
        "generated": "ALTER TABLE DOCUMENTS ADD COLUMN x AS (hex(zeroblob(100000000)));",
        "blobs for numbers": "UPDATE STATEMENTS SET Start = x'ff', Stop = 'nine', DocumentId = 1.5;",
        "far away": "UPDATE STATEMENTS SET Start = 9223372036854775807, Stop = -9223372036854775808;",
        "nothing": "UPDATE DOCUMENTS SET Text = NULL, Title = NULL, ID = ID;",
        "lost columns": "DROP TABLE DOCUMENTS; CREATE TABLE DOCUMENTS (x);",
        "names": 'CREATE TABLE "a""; DROP TABLE DOCUMENTS;--" (x);',
    }.items():  # fmt: skip
        yield file(f"{name}.dna", _changed(sound, script), None)
    yield file("head alone.dna", sound[:100], False)
    yield file("cut.dna", sound[: len(sound) // 2], None)
    yield file("zeros inside.dna", sound[:4096] + bytes(4096) + sound[8192:], None)
    yield file("page size.dna", sound[:16] + b"\0\3" + sound[18:], False)
    yield file("project.annotator", _someone_elses(), False)


def _changed(data: bytes, script: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data[:18] + b"\1\1" + data[20:])
    connection.executescript(script)
    held = connection.serialize()
    connection.close()
    return held


def _someone_elses() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript("CREATE TABLE a (b); INSERT INTO a VALUES ('c')")
    held = connection.serialize()
    connection.close()
    return held
