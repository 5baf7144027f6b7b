from annotator.core.annotation import Annotation, Relation
from annotator.core.frames import frame, missing_kinds, part_kinds, part_label, part_relations
from annotator.core.span import Span
from annotator.templates import template

NEWS = template("news")
QUOTE, SOURCE, CUE = (NEWS.label("quotes", name) for name in ("QUOTE", "SOURCE", "CUE"))
PERSON = NEWS.label("entities", "PERSON")


def mark(key, label, start=0):
    return Annotation(key, label, (Span(start, start + 1),), {}, "", "a", "manual", None, "", "")


def link(kind, source, target):
    (found,) = [one for one in NEWS.relations if one.name == kind]
    return Relation(f"{kind} {source} {target}", found, source, target, {}, "a", "", "")


def names(kinds):
    return [kind.name for kind in kinds]


def test_a_quote_has_a_source_and_a_cue_and_nothing_else_has_parts():
    assert names(part_kinds(NEWS, QUOTE)) == ["source", "cue"]
    assert [label.name for label in NEWS.labels if part_kinds(NEWS, label)] == ["QUOTE"]
    assert [part_label(NEWS, QUOTE, kind) for kind in part_kinds(NEWS, QUOTE)] == [SOURCE, CUE]


def test_what_is_missing_follows_the_links_whatever_they_lead_to():
    quote = mark("q", QUOTE)
    assert names(missing_kinds(NEWS, quote, [])) == ["source", "cue"]
    assert names(missing_kinds(NEWS, quote, [link("source", "q", "person")])) == ["cue"]
    assert names(missing_kinds(NEWS, quote, [link("source", "other", "s")])) == ["source", "cue"]
    assert missing_kinds(NEWS, mark("p", PERSON), []) == []


def test_a_frame_is_its_head_with_the_parts_that_are_its_alone():
    marks = {
        one.id: one
        for one in (mark("q", QUOTE), mark("r", QUOTE), mark("s", SOURCE), mark("c", CUE), mark("p", PERSON))
    }
    links = [link("source", "q", "s"), link("cue", "q", "c")]
    assert {one.id for one in frame(NEWS, marks["q"], marks, links)} == {"q", "s", "c"}
    shared = [*links, link("source", "r", "s")]
    assert {one.id for one in frame(NEWS, marks["q"], marks, shared)} == {"q", "c"}
    said_by_an_entity = [link("source", "q", "p"), link("cue", "q", "c")]
    assert {one.id for one in frame(NEWS, marks["q"], marks, said_by_an_entity)} == {"q", "c"}
    assert [one.id for one in frame(NEWS, marks["s"], marks, links)] == ["s"]


def test_a_nested_quote_is_no_part():
    marks = {one.id: one for one in (mark("q", QUOTE), mark("inner", QUOTE))}
    links = [link("parent", "inner", "q")]
    assert [one.id for one in frame(NEWS, marks["inner"], marks, links)] == ["inner"]
    assert part_relations(NEWS, marks["inner"], links) == []
