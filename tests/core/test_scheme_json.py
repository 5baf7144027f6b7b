import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import resources
from annotator.core.errors import KnownError
from annotator.core.scheme import ATTRIBUTE_KINDS, Attribute, Label, Layer, RelationType, Scheme, Skip, Value
from annotator.core.scheme_json import scheme_from_json, scheme_to_json

names = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/"), min_size=1, max_size=8)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
elsewhere = st.sampled_from(["", "id of none"])  # of an attribute; a name of one would be read as its id
values = st.builds(Value, names, words, words, words, words)


@st.composite
def attributes(draw, prefix):
    many = draw(st.lists(names, max_size=4, unique=True))
    return [
        Attribute(
            id=f"{prefix}{place}",
            name=name,
            kind=draw(st.sampled_from(ATTRIBUTE_KINDS)),
            title=draw(words),
            values=tuple(draw(st.lists(values, max_size=3))),
            several=draw(st.booleans()),
            required=draw(st.booleans()),
            optional=draw(st.booleans()),
            registry=draw(words),
            depends=draw(elsewhere),
            skips=tuple(draw(st.lists(st.builds(Skip, words, elsewhere, st.booleans()), max_size=2))),
            unless=draw(elsewhere),
            guideline=draw(words),
            minimum=draw(st.none() | st.integers(-5, 5) | st.floats(-5, 5)),
            maximum=draw(st.none() | st.integers(-5, 5)),
        )
        for place, name in enumerate(many)
    ]


@st.composite
def schemes(draw):
    owned, form = draw(attributes("a")), draw(attributes("f"))
    layers = [
        Layer(f"y{n}", name, draw(words)) for n, name in enumerate(draw(st.lists(names, max_size=3, unique=True)))
    ]
    labels = []
    for layer in layers:
        for name in draw(st.lists(names, max_size=3, unique=True)):
            chosen = draw(st.lists(st.sampled_from(owned), unique=True)) if owned else []
            labels.append(
                Label(
                    id=f"l{len(labels)}",
                    layer=layer.name,
                    name=name,
                    color=draw(st.sampled_from(["#5b6470", "#b2356b"])),
                    shortcut=draw(st.sampled_from(["", "p"])),
                    enabled=draw(st.booleans()),
                    attributes=tuple(chosen),
                    title=draw(words),
                    guideline=draw(words),
                )
            )
    ends = st.lists(names, max_size=2).map(tuple)
    kinds = [
        RelationType(f"r{n}", name, draw(ends), draw(ends), draw(words))
        for n, name in enumerate(draw(st.lists(names, max_size=3, unique=True)))
    ]
    return Scheme(draw(words), tuple(layers), tuple(labels), tuple(kinds), tuple(form))


def read_back(scheme):
    return scheme_from_json(json.loads(json.dumps(scheme_to_json(scheme))))


@given(schemes())
def test_what_is_written_reads_back(scheme):
    assert read_back(scheme) == scheme


@pytest.mark.parametrize("name", ["news", "empty"])
def test_templates_read_and_read_back(name):
    data = json.loads(resources.path(f"schemes/{name}.json").read_text(encoding="utf-8"))
    scheme = scheme_from_json(data)
    assert read_back(scheme) == scheme == scheme_from_json(data)
    assert scheme.name == name


def test_the_news_template_holds_what_is_promised():
    data = json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8"))
    scheme = scheme_from_json(data)
    on = [label.name for label in scheme.labels_of("entities") if label.enabled]
    off = [label.name for label in scheme.labels_of("entities") if not label.enabled]
    assert " ".join(on) == "PERSON ORG GPE LOC FAC NORP EVENT ROLE DATE"
    assert " ".join(off) == "LAW PRODUCT WORK_OF_ART MONEY PERCENT QUANTITY TIME CARDINAL ORDINAL LANGUAGE WEBSITE"
    assert [label.name for label in scheme.labels_of("quotes")] == ["QUOTE", "SOURCE", "CUE"]
    assert [label.name for label in scheme.labels_of("claims")] == ["CLAIM"]
    assert {"source", "cue", "parent", "claimed_by", "about"} <= {kind.name for kind in scheme.relations}
    keys = [label.shortcut for label in scheme.labels if label.shortcut]
    assert len(keys) == len(set(keys))


def test_the_bare_form_of_the_contract_reads():
    bare = {
        "layers": [{"name": "entities", "labels": [{"name": "PERSON", "color": "#111111", "attributes": ["age"]}]}],
        "relations": ["source"],
    }
    scheme = scheme_from_json(bare)
    (label,) = scheme.labels
    assert (label.layer, label.name, [a.name for a in label.attributes]) == ("entities", "PERSON", ["age"])
    assert [kind.name for kind in scheme.relations] == ["source"]
    assert scheme_from_json(bare) == scheme


def test_an_attribute_of_a_layer_belongs_to_all_its_labels():
    data = {
        "layers": [{"name": "x", "labels": [{"name": "A"}, {"name": "B"}]}, {"name": "y", "labels": [{"name": "A"}]}],
        "attributes": [{"name": "sure", "labels": ["x"]}, {"name": "only", "labels": ["x/B"]}],
    }
    owned = {(label.layer, label.name): [a.name for a in label.attributes] for label in scheme_from_json(data).labels}
    assert owned == {("x", "A"): ["sure"], ("x", "B"): ["sure", "only"], ("y", "A"): []}


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        None,
        "news",
        {"layers": [{}]},
        {"layers": ["entities"]},
        {"layers": None},
        {"layers": [{"name": "x", "labels": [{}]}]},
        {"layers": [], "attributes": [{"name": "a", "kind": "colour"}]},
        {"layers": [], "attributes": [{"name": "a", "values": 7}]},
        {"layers": [], "attributes": [{"name": "a", "skips": [["one"]]}]},
        {"layers": [], "relation_types": [{"from": []}]},
    ],
)
def test_what_is_no_scheme_is_refused_with_a_sentence(data):
    with pytest.raises(KnownError, match="no scheme"):
        scheme_from_json(data)


def test_a_scale_that_starts_at_zero_keeps_its_start():
    scale = Attribute("a", "tone", "scale", minimum=0, maximum=10)
    scheme = Scheme(layers=(Layer("y", "x"),), labels=(Label("l", "x", "A", attributes=(scale,)),))
    assert read_back(scheme) == scheme
    assert read_back(replace(scheme, labels=(), form=(scale,))).form == (scale,)
