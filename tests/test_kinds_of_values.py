"""Answers come back as what they were, numbers as numbers and lists as lists, from formats that can say so."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, DocumentLabel
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.importers.walking import items
from tests.exporters.references import ANN, BEN, contents, key, link, mark

TYPED = ("xmi", "uima-json", "conllu", "labelbuddy")
TEXT = "One two three four."

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6).map(str.strip).filter(bool)
values = (
    words
    | st.sampled_from(["true", "yes", "3", "0.5", "[]", '"x"', "null", "a|b-c(d)%,:="])
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.lists(words, min_size=1, max_size=3)
)
attributes = st.dictionaries(st.sampled_from(["hedge", "topics", "own", "<i>", "a-b", "قول"]), values, max_size=4)


def back(name, marks, folder, text=TEXT):
    """The attributes of each mark, written and read again."""
    held = [AnnotatedDocument(text=text, title="One", id=key(1), annotations=marks)]
    exporter = exporter_named(name)
    out = Path(folder) / f"out{exporter.suffix}"
    assert exporter.export(replace(contents(), documents=lambda: iter(held)), out).verified
    (found,) = (item for item in items([out]) if isinstance(item, AnnotatedDocument))
    return [(each.start, dict(each.attributes)) for each in found.annotations]


def yes_or_no(scheme, name):
    """The scheme with that attribute answered by yes or no."""
    labels = []
    for label in scheme.labels:
        asked = tuple(replace(each, kind="yes_no") if each.name == name else each for each in label.attributes)
        labels.append(replace(label, attributes=asked))
    return replace(scheme, labels=tuple(labels))


def test_refi_qda_gives_answers_pieces_and_the_form_back(tmp_path):
    """Kinds are those of the scheme, since codes have names alone."""
    news = yes_or_no(contents().scheme, "hedge")
    kinds = {each.name: each for label in news.labels for each in label.attributes}
    several = next(name for name, each in kinds.items() if each.several)
    said = {"hedge": True, several: [kinds[several].values[0].name], "mention": "name", "own": "3", "share": 0.5}
    pieces = (Span(0, 3), Span(4, 7), Span(14, 18))
    held = AnnotatedDocument(
        text=TEXT, title="One", id=key(1), metadata={"genre": "of a fact"},
        annotations=(mark(2, "CLAIM", *pieces, note="why", **said), mark(3, "CUE", Span(8, 13), by=BEN)),
        relations=(link(4, "cue", 2, 3),),
        labels=(DocumentLabel(key(5), "genre", "news", ANN.id), DocumentLabel(key(6), "score", 4, BEN.id)),
    )  # fmt: skip
    whole = replace(contents(), scheme=news, documents=lambda: iter([held]))
    assert exporter_named("refi-qda").export(whole, tmp_path / "x.qdpx").verified
    (found,) = (item for item in items([tmp_path / "x.qdpx"]) if isinstance(item, AnnotatedDocument))
    claim, cue = found.annotations
    assert (claim.fragments, claim.note, claim.annotator, dict(claim.attributes)) == (pieces, "why", "Ann", said)
    assert (cue.label.name, cue.annotator) == ("CUE", BEN.name)
    assert [(each.type.name, each.source, each.target) for each in found.relations] == [("cue", claim.id, cue.id)]
    assert {(each.name, each.value, each.annotator) for each in found.labels} == {
        ("genre", "news", "Ann"), ("score", 4, BEN.name)
    }  # fmt: skip
    assert found.metadata["genre"] == "of a fact"


def same(one, other):
    """Whether two values are the same, and of one kind; a whole number among others may come back as 3.0."""
    numbers = {type(one), type(other)} <= {int, float}
    return one == other and (type(one) is type(other) or numbers)


@pytest.mark.parametrize("name", TYPED)
@given(one=attributes, other=attributes)
@settings(max_examples=30, deadline=None)
def test_what_is_answered_comes_back_as_it_was(name, one, other):
    marks = (mark(2, "CLAIM", Span(0, 3), **one), mark(3, "CLAIM", Span(4, 7), **other))
    with tempfile.TemporaryDirectory() as folder:
        found = back(name, marks, folder)
    for (start, said), wanted in zip(found, (one, other), strict=True):
        assert said.keys() == wanted.keys(), start
        assert all(same(said[name], value) for name, value in wanted.items()), (said, wanted)
