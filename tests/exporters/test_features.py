"""What a format says that it carries is true: of a document with one thing that is hard to carry, either all is
carried, or what is lost is reported. The manual's table of formats is made of these."""

import pytest

from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    Relation,
    Zone,
)
from annotator.core.span import Span
from annotator.exporters.base import Carries, Contents
from annotator.exporters.carrying import FEATURES
from tests import manual_exports
from tests.exporters.references import ANN, BEN, NEWS, OTHERS, WHEN, key, label, link_type

TEXT = "One two three four five."


def mark(number, *spans, name="PERSON", by=ANN, note="", **attributes):
    places = tuple(Span(*span) for span in spans)
    return Annotation(key(number), label(name), places, attributes, note, by.id, "manual", None, WHEN, WHEN)


def link(**attributes):
    return Relation(key(9), link_type("has_role"), key(1), key(2), attributes, ANN.id, WHEN, WHEN)


PAIR = (mark(1, (0, 3)), mark(2, (4, 7), name="ROLE"))
WITH = {
    "nested": {"annotations": (mark(1, (0, 7)), mark(2, (4, 7)))},
    "crossing": {"annotations": (mark(1, (0, 7)), mark(2, (4, 13)))},
    "discontinuous": {"annotations": (mark(1, (0, 3), (8, 13)),)},
    "links": {"annotations": PAIR, "relations": (link(),)},
    "attributes": {"annotations": (mark(1, (0, 3), mention="name"),)},
    "link_attributes": {"annotations": PAIR, "relations": (link(sure="yes"),)},
    "notes": {"annotations": (mark(1, (0, 3), note="a note"),)},
    "answers": {"labels": (DocumentLabel(key(5), "genre", "news", ANN.id),)},
    "people": {"annotations": (mark(1, (0, 3)), mark(2, (4, 7), by=BEN))},
    "zones": {"zones": (Zone(key(6), "BODY", Span(0, 7)),)},
    "statuses": {"statuses": {ANN.id: "finished"}},
    "facts": {"metadata": {"publication": "The Marsa Herald"}},
}


def report(exporter, tmp_path, **held):
    document = AnnotatedDocument(text=TEXT, title="One", id=key(7), **held)
    people: tuple[Annotator, ...] = (ANN, BEN)
    contents = Contents("p" * 36, "Gulf", NEWS, people, (), lambda: iter([document]))
    return exporter.export(contents, tmp_path / f"out{exporter.suffix}")


@pytest.mark.parametrize("feature", Carries._fields)
@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_a_feature_is_carried_or_reported(exporter, feature, tmp_path):
    found = report(exporter, tmp_path, **WITH[feature])
    assert found.verified
    assert (found.lost == []) == getattr(exporter.carries, feature), found.lost


@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_what_has_nothing_that_is_hard_is_carried_by_every_format(exporter, tmp_path):
    found = report(exporter, tmp_path, annotations=PAIR)
    assert (found.verified, found.documents, found.annotations, found.lost) == (True, 1, 2, [])


@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
def test_a_format_says_what_it_loses(exporter):
    lost = [name for feature, name in FEATURES.items() if not getattr(exporter.carries, feature)]
    assert all(name in exporter.loses for name in lost) and exporter.unit


def test_every_feature_is_tried_and_named():
    assert set(Carries._fields) == set(WITH) == set(FEATURES) == set(manual_exports.COLUMNS)


def test_the_table_in_the_manual_is_up_to_date():
    page = manual_exports.PAGE.read_text(encoding="utf-8")
    assert manual_exports.table() in page, "make it anew: python -m tests.manual_exports"
