"""Each edit is a change set that says truly what was and what will be; its inverse takes it back."""

import json

import pytest

from annotator import resources
from annotator.core.changes import ChangeSet
from annotator.core.edits import Edits
from annotator.core.scheme_json import scheme_from_json
from annotator.core.span import Span

SCHEME = scheme_from_json(json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8")))
PERSON, QUOTE, SOURCE = (
    SCHEME.label(layer, name) for layer, name in [("entities", "PERSON"), ("quotes", "QUOTE"), ("quotes", "SOURCE")]
)
LINK = next(kind for kind in SCHEME.relations if kind.name == "source")


@pytest.fixture
def edits():
    return Edits("d1", SCHEME, "ana")


class Table:
    """Rows that change sets are put into, refusing one that is no longer true."""

    def __init__(self):
        self.rows = {}

    def apply(self, step):
        for change in step.rows:
            assert self.rows.get((change.table, change.key)) == change.before
            self.rows[change.table, change.key] = change.after
            if change.after is None:
                del self.rows[change.table, change.key]


def steps(edits):
    """A day's work: every kind of edit once."""
    quote = edits.new_annotation(QUOTE, [Span(20, 30), Span(0, 9)], {"quote": "direct"})
    source = edits.new_annotation(PERSON, [Span(10, 15)])
    link = edits.new_relation(LINK, quote.id, source.id)
    yield edits.add(quote, source)
    yield edits.link(link)
    yield (step := edits.relabel(source, SOURCE))
    source = source._replace(label=SOURCE, updated=step.rows[0].after["updated"])
    yield (step := edits.set_note(quote, "sure?"))
    quote = quote._replace(note="sure?", updated=step.rows[0].after["updated"])
    yield (step := edits.set_attribute(quote, "polarity", "affirmed"))
    both = {"quote": "direct", "polarity": "affirmed"}
    quote = quote._replace(attributes=both, updated=step.rows[0].after["updated"])
    yield (step := edits.set_attribute(quote, "quote", None))
    quote = quote._replace(attributes={"polarity": "affirmed"}, updated=step.rows[0].after["updated"])
    yield (step := edits.set_fragments(quote, [Span(5, 8)]))
    quote = quote._replace(fragments=(Span(5, 8),), updated=step.rows[0].after["updated"])
    other = edits.new_annotation(SOURCE, [Span(40, 44)])
    yield edits.add(other)
    yield edits.set_status(None, "in_progress")
    yield edits.set_status("in_progress", "finished")
    yield edits.delete([quote, source], [link])
    again = edits.new_annotation(QUOTE, [Span(0, 1)])
    tie = edits.new_relation(LINK, again.id, other.id)
    yield edits.add(again, relations=[tie])
    yield edits.unlink(tie)


def test_each_step_is_true_and_its_inverse_takes_it_back(edits):
    table, done, states = Table(), [], [{}]
    for step in steps(edits):
        table.apply(step)
        done.append(step)
        states.append(dict(table.rows))
        assert states[-1] != states[-2]
    for step in reversed(done):
        assert table.rows == states.pop()
        table.apply(step.inverse())
    assert table.rows == states.pop() == {}


def test_every_step_names_its_document_and_has_a_name(edits):
    for step in steps(edits):
        assert isinstance(step, ChangeSet)
        assert step.document == "d1"
        assert step.name


def test_fragments_are_kept_in_order(edits):
    mark = edits.new_annotation(QUOTE, [Span(20, 30), Span(0, 9)])
    assert (mark.start, mark.end, mark.fragments[0]) == (0, 30, Span(0, 9))
    (row,) = edits.add(mark).rows
    assert (row.after["start"], row.after["end"], row.after["fragments"]) == (0, 30, "[[0,9],[20,30]]")


def test_deleting_a_mark_deletes_the_links_on_it_and_no_other(edits):
    one, two, three = (edits.new_annotation(PERSON, [Span(n, n + 1)]) for n in range(3))
    links = [edits.new_relation(LINK, one.id, two.id), edits.new_relation(LINK, two.id, three.id)]
    step = edits.delete([one], links)
    assert step.touches("relations") == {links[0].id}
    assert step.touches("annotations") == {one.id}
    assert [change.table for change in step.rows] == ["relations", "annotations"]


def test_what_is_not_coded_is_absent_from_the_row(edits):
    mark = edits.new_annotation(QUOTE, [Span(0, 4)], {"quote": "direct"})
    (row,) = edits.set_attribute(mark, "quote", None).rows
    assert row.after["attributes"] == "{}"


def test_attributes_are_kept_by_id_so_that_a_rename_touches_no_mark(edits):
    mark = edits.new_annotation(QUOTE, [Span(0, 4)], {"quote": "direct"})
    (attribute,) = [a for a in QUOTE.attributes if a.name == "quote"]
    (row,) = edits.add(mark).rows
    assert json.loads(row.after["attributes"]) == {attribute.id: "direct"}


def test_an_edit_later_than_the_mark_shows_in_updated(edits):
    mark = edits.new_annotation(PERSON, [Span(0, 4)])._replace(created="2001", updated="2001")
    (row,) = edits.set_note(mark, "x").rows
    assert row.after["created"] == "2001" < row.after["updated"]
