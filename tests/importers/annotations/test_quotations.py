"""Web annotations, and the two formats of quotations."""

import json

import pytest

from annotator.importers.walking import items
from tests.importers.annotations.corpora import CORPORA, FACTS, documents, facts, failures, here, labels, notices, read


@here
@pytest.mark.parametrize("name", facts("quotes/litbank-quotations", ".ann"))
def test_every_quotation_of_litbank_comes_in_with_its_speaker(name):
    found, counted = read(name), FACTS[name]
    (document,) = documents(found)
    assert not failures(found) and not notices(found)
    assert labels(found)["QUOTE"] == counted["rows"].get("QUOTE", 0)
    speakers = {mark.attributes["speaker"] for mark in document.annotations}
    assert len(speakers) == counted["speakers"]
    across = sum("\n" in mark.covered(document.text) for mark in document.annotations)
    assert across == counted["cross_sentence_quotes"]


@here
@pytest.mark.parametrize("name", ["example.json", "single_example.json"])
def test_the_last_character_of_a_journalists_span_is_included(name):
    found = read(f"quotes/journalismai-schema/stub_data/{name}")
    (document,) = documents(found)
    spans = {mark.label.name: mark.covered(document.text) for mark in document.annotations}
    assert spans["Source"] == "He" and spans["Cue"] == "said"
    assert spans["Content"].startswith('"the quick') and spans["Content"].endswith('after."')


@here
def test_recogitos_annotations_find_their_words_in_the_text_beside_them(tmp_path):
    name = "peers/recogito/awareness-annotations.json"
    data = json.loads((CORPORA / name).read_text(encoding="utf-8"))
    text = [" "] * 700
    for annotation in data:  # the text itself is not shared: it is put together from the quotes
        for selector in annotation["target"]["selector"]:
            text[selector["start"] : selector["start"] + len(selector["quote"])] = selector["quote"]
    (tmp_path / "awareness.txt").write_text("".join(text), encoding="utf-8")
    (tmp_path / "awareness-annotations.json").write_text(json.dumps(data), encoding="utf-8")
    found = list(items([tmp_path]))
    (document,) = documents(found)
    told = [text for text in notices(found) if "was left out" in text]  # quotes with other spaces than the text’s
    assert len(document.annotations) + len(told) == FACTS[name]["annotations"] and not failures(found)
    assert len(document.annotations) >= FACTS[name]["quote_length_equals_offsets"]
    assert {mark.annotator for mark in document.annotations} == {
        annotation["target"]["creator"]["id"] for annotation in data
    }


@here
@pytest.mark.parametrize("name", facts("peers/w3c-web-annotation", ".json"))
def test_web_annotations_without_their_text_say_so(name):
    found = read(name)
    if "incorrect/anno1." not in name:
        assert not documents(found) and failures(found)


def test_one_text_comes_in_once_with_all_annotations(tmp_path):
    (tmp_path / "a.txt").write_text("Ann met Bo.")
    annotations = [
        {"type": "Annotation", "id": str(n), "target": {"source": "a.txt", "selector": {"type": "x", "exact": words}}}
        for n, words in enumerate(("Ann", "Bo", "Nobody"))
    ]
    (tmp_path / "z.json").write_text(json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": annotations}))
    found = list(items([tmp_path / "z.json"]))
    (document,) = documents(found)
    assert [mark.covered(document.text) for mark in document.annotations] == ["Ann", "Bo"]
    assert any("Nobody" in text for text in notices(found))
