"""Label Studio's own library takes what this program writes for it, with the labelling interface that goes with it."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import Attribute, Layer, Scheme, Value
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.scheme_files import scheme_format
from tests.exporters.references import contents, documents, key, label, mark, written


@pytest.fixture
def files(tmp_path):
    return lambda name: written(exporter_named(name), tmp_path)[0]


def label_studio():
    """Its library, and the labelling interface that this program writes for the scheme."""
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    return interface.LabelInterface(scheme_format("label-studio").write(contents().scheme).text)


def test_label_studios_own_interface_takes_every_task_and_region(files):
    interface = label_studio()
    (data,) = files("label-studio").values()
    results = []
    for task in json.loads(data):
        assert interface.validate_task({"data": task["data"]})
        results += [each for annotation in task["annotations"] for each in annotation["result"]]
    wrong = [each for each in results if each["type"] != "relation" and not interface.validate_region(each)]
    assert [each["from_name"] for each in wrong] == ["hedge"]  # answered by yes, in a list of other words
    assert {each["from_name"] for each in results if each["type"] == "labels"} == {"entities", "quotes", "claims"}


def test_label_studios_own_converter_finds_every_region(files, tmp_path):
    converter = pytest.importorskip("label_studio_sdk.converter")
    (data,) = files("label-studio").values()
    (tmp_path / "in.json").write_bytes(data)
    config = scheme_format("label-studio").write(contents().scheme).text
    converter.Converter(config, None).convert_to_json_min(
        str(tmp_path / "in.json"), str(tmp_path / "out"), is_dir=False
    )
    found = Counter()
    for task in json.loads((tmp_path / "out" / "result.json").read_text("utf-8")):
        for layer in ("entities", "quotes", "claims"):
            found.update((layer, region["labels"][0], region["text"]) for region in task.get(layer, ()))
    marks = [(each.text, mark) for each in documents() for mark in each.annotations if len(mark.fragments) == 1]
    assert found == Counter((mark.label.layer, mark.label.name, mark.covered(text)) for text, mark in marks)


@pytest.mark.parametrize(
    ("kind", "value", "member"),
    [("tree", "b", {"taxonomy": [["a", "b"]]}), ("scale", 3, {"rating": 3}), ("number", 2.5, {"number": 2.5}),
     ("date", "2016-11-02", {"datetime": "2016-11-02"}), ("text", "why", {"text": ["why"]}),
     ("choice", "b", {"choices": ["b"]}), ("yes_no", True, {"choices": ["yes"]})],
)  # fmt: skip
def test_each_kind_of_answer_is_what_its_control_makes(kind, value, member, tmp_path):
    values = (Value("a"), Value("b", parent="a"))
    asked = Attribute("a" * 36, "claims", kind, values=values if kind in ("tree", "choice") else (), maximum=5)
    claim = replace(label("CLAIM"), attributes=(asked,))
    scheme = Scheme("s", (Layer("l" * 36, "claims"),), (claim,))
    said = mark(2, "CLAIM", Span(0, 3), claims=value)._replace(label=claim)
    held = AnnotatedDocument(text="One two.", id=key(1), annotations=(said,))
    whole = replace(contents(), scheme=scheme, documents=lambda: iter([held]))
    assert exporter_named("label-studio").export(whole, tmp_path / "x.json").verified
    region, answer = json.loads((tmp_path / "x.json").read_bytes())[0]["annotations"][0]["result"]
    assert (region["from_name"], answer["from_name"]) == ("claims_2", "claims")  # no two controls of one name
    assert member.items() <= answer["value"].items()
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    found = interface.LabelInterface(scheme_format("label-studio").write(scheme).text)
    assert found.validate_region(region) and found.validate_region(answer)
