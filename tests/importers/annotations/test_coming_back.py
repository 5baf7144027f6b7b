"""What this program writes for other tools, in files as it writes them: they come back as they were."""

import json

import pytest

from annotator.importers.walking import items
from tests.importers.annotations.corpora import documents, notices

TEXT = "Mira said so, and Bo left."
CAS = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">
<custom:Zone xmi:id="2" sofa="1" begin="0" end="12" label="HEADLINE"/>
<custom:Mark xmi:id="3" sofa="1" begin="0" end="4" layer="quotes" label="QUOTE" mark="m1" note="why" annotator="Ann"
 attr_tone="calm"/>
<custom:Mark xmi:id="4" sofa="1" begin="18" end="20" layer="quotes" label="QUOTE" mark="m1" annotator="Ann"/>
<custom:Mark xmi:id="5" sofa="1" begin="5" end="9" layer="quotes" label="CUE" mark="m2" annotator="Ann"/>
<custom:Link xmi:id="6" sofa="1" begin="5" end="9" Governor="4" Dependent="5" label="cue"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Mira said so, and Bo left."/>
</xmi:XMI>"""
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><name xml:id="who">Ann</name>
<category xml:id="c1" n="QUOTE"><catDesc><term type="layer">quotes</term></catDesc></category>
<category xml:id="c2" n="CUE"><catDesc><term type="layer">quotes</term></catDesc></category></teiHeader>
<standOff><spanGrp type="marks"><span xml:id="m1" ana="#c1" resp="#who" from="#a0" to="#a4"/>
<span prev="#m1" from="#a18" to="#a20"/></spanGrp>
<spanGrp type="zones"><span n="HEADLINE" from="#a0" to="#a12"/></spanGrp>
<relation n="cue" name="link" active="#m1" passive="#m2"/>
<fs corresp="#m1"><f n="tone"><string>calm</string></f><f n="note"><string>why</string></f></fs></standOff>
<text><body><ab xml:space="preserve"><anchor xml:id="a0"/>Mira<anchor xml:id="a4"/> \
<seg xml:id="m2" ana="#c2" resp="#who">said</seg> so<anchor xml:id="a12"/>, and \
<anchor xml:id="a18"/>Bo<anchor xml:id="a20"/> left.</ab></body></text></TEI>"""


def web_annotations():
    def piece(start, end):
        return {"source": "one.txt", "selector": [{"type": "TextPositionSelector", "start": start, "end": end}]}

    def body(value):
        return [{"type": "TextualBody", "purpose": "tagging", "value": value, "layer": "quotes"}]

    quote = {
        **{"id": "u:1", "type": "Annotation", "body": [*body("QUOTE"), {"purpose": "commenting", "value": "why"}]},
        **{"target": {"type": "Composite", "items": [piece(0, 4), piece(18, 20)]}, "attributes": {"tone": "calm"}},
        "creator": {"name": "Ann"},
    }
    cue = {"id": "u:2", "type": "Annotation", "body": body("CUE"), "target": piece(5, 9), "creator": {"name": "Ann"}}
    joined = [{"purpose": "linking", "source": "u:2"}, {"purpose": "tagging", "value": "cue"}]
    link = {"id": "u:3", "type": "Annotation", "motivation": "linking", "body": joined, "target": "u:1"}
    return json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": [quote, cue, link]})


@pytest.mark.parametrize(("name", "data"), [("one.xmi", CAS), ("one.xml", TEI), ("one.jsonld", web_annotations())])
def test_pieces_layers_notes_answers_and_links(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    found = list(items([tmp_path / name]))
    (document,) = documents(found)
    assert document.text == TEXT and not notices(found)
    by_label = {mark.label.name: mark for mark in document.annotations}
    quote, cue = by_label["QUOTE"], by_label["CUE"]
    assert [(span.start, span.end) for span in quote.fragments] == [(0, 4), (18, 20)]
    assert (quote.label.layer, quote.note, quote.annotator) == ("quotes", "why", "Ann")
    assert quote.attributes == {"tone": "calm"}
    (link,) = document.relations
    assert (link.type.name, link.source, link.target) == ("cue", quote.id, cue.id)
    if name != "one.jsonld":
        assert [(zone.label, zone.span.start, zone.span.end) for zone in document.zones] == [("HEADLINE", 0, 12)]


def test_an_article_without_marks_comes_in_with_its_page_of_annotations(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "article": {"source": "one.txt"}, "items": []}
    (tmp_path / "one.jsonld").write_text(json.dumps(page), encoding="utf-8")
    (document,) = documents(list(items([tmp_path])))
    assert document.text == TEXT


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"text": "x", "tokens": [{"text": "word", "start": n, "end": n + 4} for n in range(3000)]}, "prodigy"),
        ({"label": [[n, n + 1, "X"] for n in range(9000)], "text": "x" * 9001}, "doccano"),
    ],
)
def test_a_record_longer_than_what_is_looked_at_is_known_by_its_beginning(tmp_path, record, expected):
    from annotator.importers.walking import HEAD, recognised

    data = json.dumps(record).encode()
    assert len(data) > HEAD and recognised(data[:HEAD], "x.jsonl").name == expected


def test_answers_of_links_and_of_articles_come_back(tmp_path):
    page = json.loads(web_annotations())
    page["items"][2]["attributes"] = {"sure": True}
    page["items"].append({"id": "u:4", "type": "Annotation", "motivation": "classifying", "target": "one.txt",
                          "attributes": {"genre": "news"}, "creator": {"name": "Ann"}})  # fmt: skip
    said = '<fs corresp="#l"><f name="sure"><binary value="true"/></f></fs><fs type="article" resp="#who"><f n="genre">'
    tei = TEI.replace("<relation n", '<relation xml:id="l" n').replace(
        "</standOff>", f"{said}<string>news</string></f></fs></standOff>"
    )
    for name, data in (("one.jsonld", json.dumps(page)), ("one.xml", tei)):
        (tmp_path / name).write_text(data, encoding="utf-8")
        (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
        (document,) = documents(list(items([tmp_path / name])))
        assert document.relations[0].attributes == {"sure": True}
        assert [(each.name, each.value, each.annotator) for each in document.labels] == [("genre", "news", "Ann")]
