"""doccano and Label Studio: what their JSON says, as it comes in."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.importers.annotations.doccano import DoccanoImporter
from annotator.importers.annotations.json_records import first_records
from annotator.importers.annotations.label_studio import LabelStudioImporter
from annotator.importers.annotations.label_studio_text import chosen_text, seen_text
from annotator.importers.annotations.prodigy import ProdigyImporter
from annotator.importers.walking import items
from tests.exporters.references import contents, key, mark
from tests.importers.annotations.corpora import FACTS, documents, facts, failures, here, labels, links, notices, read
from tests.importers.sources import source

SHIP = "The ship 🚢 left Bir Salma."


@here
@pytest.mark.parametrize("name", facts("peers/doccano", ".jsonl"))
def test_every_text_and_span_of_doccano_comes_in(name):
    found, counted = read(name), FACTS[name]
    assert len(documents(found)) == counted["keys"]["text"]
    assert len(documents(found)) + len(failures(found)) == counted["lines"]
    counts = Counter(labels(found)) + Counter({f"REL:{kind}": count for kind, count in links(found).items()})
    assert counts == Counter(counted["labels"]) - lost(found)


def lost(found):
    """Spans in records without a text, by how many such records there are in the two files."""
    return Counter({"PER" if any("sequence" in each.path for each in failures(found)) else "LOC": len(failures(found))})


@here
@pytest.mark.parametrize("name", facts("peers/label-studio", ".json"))
def test_tasks_of_label_studio_come_in_or_say_why_not(name):
    found = read(name)
    assert len(documents(found)) + len(failures(found)) == FACTS[name]["tasks"]
    answers = [answer for document in documents(found) for answer in document.labels]
    if documents(found) and "choices" in FACTS[name]["result_types"]:
        assert len(answers) == FACTS[name]["result_types"]["choices"] and answers[0].annotator


def only(importer, *records):
    data = "\n".join(json.dumps(record) for record in records) if len(records) > 1 else json.dumps(records[0])
    found = list(importer.read(source(data)))
    (document,) = documents(found)
    return document, notices(found)


def words(document):
    return [mark.covered(document.text) for mark in document.annotations]


def test_utf16_positions_without_quotes_are_known_by_the_borders_of_words():
    document, told = only(DoccanoImporter(), {"text": SHIP, "label": [[17, 26, "GPE"], [4, 8, "SHIP"]]})
    assert words(document) == ["Bir Salma", "ship"] and "UTF-16" in told[0]
    document, told = only(DoccanoImporter(), {"text": SHIP, "label": [[16, 25, "GPE"], [4, 8, "SHIP"]]})
    assert words(document) == ["Bir Salma", "ship"] and not told


def region(start, end, text, **more):
    value = {"start": start, "end": end, "text": text, "labels": ["X"]}
    return {"id": "r", "type": "labels", "from_name": "label", "value": value} | more


@pytest.mark.parametrize(("start", "end"), [(17, 26), (16, 25)])
def test_a_quote_decides_what_label_studio_counts(start, end):
    task = {"data": {"text": SHIP}, "annotations": [{"result": [region(start, end, "Bir Salma")]}]}
    document, told = only(LabelStudioImporter(), task)
    assert words(document) == ["Bir Salma"] and bool(told) == (start == 16)


def test_annotators_keep_their_own_marks_and_answers():
    choice = {"id": "c", "type": "choices", "from_name": "topic", "value": {"choices": ["a"]}}
    results = [region(4, 8, "ship"), choice]
    annotations = [{"completed_by": who, "result": results} for who in (1, {"email": "bo@example.org"})]
    document, _ = only(LabelStudioImporter(), {"data": {"text": SHIP}, "annotations": annotations})
    assert [mark.annotator for mark in document.annotations] == ["1", "bo@example.org"]
    assert {answer.annotator for answer in document.labels} == {"1", "bo@example.org"}


def test_what_a_model_proposes_is_the_models_own_work():
    person = {"completed_by": 1, "result": [region(4, 8, "ship")]}
    proposed = [region(4, 8, "ship"), region(17, 26, "Bir Salma", id="s", score=0.25)]
    models = [{"model_version": "ner-2", "score": 0.9, "result": proposed}, {"result": [region(0, 3, "The", score=7)]}]
    document, told = only(
        LabelStudioImporter(), {"data": {"text": SHIP}, "annotations": [person], "predictions": models}
    )
    found = {(mark.annotator, mark.covered(SHIP)): (mark.origin, mark.confidence) for mark in document.annotations}
    assert found == {
        ("1", "ship"): ("", None),
        ("ner-2", "ship"): ("model", 0.9),
        ("ner-2", "Bir Salma"): ("model", 0.25),
        ("model", "The"): ("model", None),
    }
    assert not any("left out" in text for text in told)


@pytest.mark.parametrize(
    ("answer", "expected"), [({}, ("en_core", "model", 0.8)), ({"answer": "accept"}, ("", "", None))]
)
def test_of_prodigy_what_nobody_answered_is_the_models(answer, expected):
    span = {"start": 4, "end": 8, "label": "SHIP", "source": "en_core"}
    document, _ = only(ProdigyImporter(), {"text": SHIP, "spans": [span], "meta": {"score": 0.8}} | answer)
    (mark,) = document.annotations
    assert (mark.annotator, mark.origin, mark.confidence) == expected


def test_the_text_is_the_member_that_the_quotes_stand_in():
    data = {
        "title": "A much longer title than the body has, with many words",
        "b": SHIP,
        "url": "http://x.org/" + "y" * 99,
    }
    assert chosen_text(data, [region(4, 8, "ship")]) == ("b", SHIP)
    assert chosen_text({"image": "/data/upload/1.png"}, []) is None


def test_of_a_page_its_text_is_taken():
    assert seen_text("<p>A <b>ferry</b> &amp; more<script>x<y</script></p>") == "A ferry & more"


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "annotator", "documents": []}',
        b'{"text": "A", "annotations": []}\n',
        b'{"text": "A", "title": "B"}\n{"text": "C"}\n',
        b'[{"title": "A", "body": "B", "labels": "c"}]',
        b'{"text": "A", "sha256": "0", "labels": []}\n',
        b"[1, 2]",
        b'["a"',
    ],
)
def test_other_json_is_not_taken_for_theirs(data):
    assert DoccanoImporter().recognises(data, "x.jsonl") == LabelStudioImporter().recognises(data, "x.json") == 0


def test_the_first_records_are_found_in_lists_lines_and_layouts():
    assert first_records(b'[{"a": "]}"},\n {"b": [1]}, {"c') == ({"a": "]}"}, {"b": [1]})
    assert first_records(b'{"a": 1}\n{"b": 2}\n') == ({"a": 1}, {"b": 2})
    assert first_records(b'{\n "a": {\n "b": "\\""}\n}') == ({"a": {"b": '"'}},)
    assert first_records(b'[["a", {"b": 1}]]') == (["a", {"b": 1}],)
    assert first_records(b"\xef\xbb\xbf[") == first_records(b"") == first_records(b'{"a": ') == ()


def test_labelbuddys_list_and_lines_hold_the_same(tmp_path):
    """What this program writes for labelbuddy, as a list where the file’s name ends so."""
    marks = (mark(2, "PERSON", Span(0, 2), note="who?"), mark(3, "CUE", Span(5, 8), sure=True))
    one = AnnotatedDocument(text="Bo 🚢 met.", id=key(1), annotations=marks)
    held = replace(contents(), documents=lambda: iter([one]))
    found = []
    for name in ("one.json", "one.jsonl"):
        assert exporter_named("labelbuddy").export(held, tmp_path / name).verified
        (document,) = documents(list(items([tmp_path / name])))
        found.append([(m.label.name, m.covered(one.text), m.note, dict(m.attributes)) for m in document.annotations])
    assert found[0] == found[1] == [("PERSON", "Bo", "who?", {}), ("CUE", "met", "", {"sure": True})]
    assert isinstance(json.loads((tmp_path / "one.json").read_bytes()), list)
