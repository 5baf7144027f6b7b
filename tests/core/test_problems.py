from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Annotation, Relation, Zone
from annotator.core.edits import Edits
from annotator.core.problems import RULES, apply_fix, problems_of
from annotator.core.scheme import Attribute, Scheme, Skip
from annotator.core.span import Span
from annotator.templates import template

NEWS = template("news")
LABELS = {label.name: label for label in NEWS.labels}


def mark(key, text, words, label, **attributes):
    start = text.index(words)
    return Annotation(
        key, LABELS[label], (Span(start, start + len(words)),), attributes, "", "a", "manual", None, key, ""
    )


def link(kind, source, target):
    (found,) = [one for one in NEWS.relations if one.name == kind]
    return Relation(f"{kind} {source} {target}", found, source, target, {}, "a", "", "")


def found(text, *marks, links=(), only=None, scheme=NEWS):
    document = AnnotatedDocument(text=text, annotations=marks, relations=tuple(links))
    problems = problems_of(document, scheme)
    return [(one.rule, one.annotation) for one in problems if only is None or one.rule in only]


SAID = {"en": "“We sail,” the captain said.", "ar": "«نبحر غدا» قال القبطان."}
PARTS = {"en": ("“We sail,”", "the captain", "said"), "ar": ("«نبحر غدا»", "القبطان", "قال")}
FRAME = (link("source", "q", "s"), link("cue", "q", "c"))


def quote(language, **attributes):
    text, (words, source, cue) = SAID[language], PARTS[language]
    marks = (mark("q", text, words, "QUOTE", **attributes), mark("s", text, source, "SOURCE"))
    return text, (*marks, mark("c", text, cue, "CUE"))


@pytest.mark.parametrize("language", SAID)
def test_a_whole_quote_has_no_problem_and_one_without_its_source_has_one(language):
    text, marks = quote(language, quote="direct")
    rules = ("missing_part", "part_inside", "not_quoted", "edge", "unbalanced", "mixed", "link_not_allowed")
    assert found(text, *marks, links=FRAME, only=rules) == []
    assert found(text, *marks, links=FRAME[1:], only=rules) == [("missing_part", "q")]


def test_a_direct_quote_stands_in_quotation_marks():
    for text in ("They will sail again.", "سيبحرون غدا"):
        assert found(text, mark("q", text, text.rstrip("."), "QUOTE", quote="direct"), only=["not_quoted"])
        assert not found(text, mark("q", text, text.rstrip("."), "QUOTE", quote="indirect"), only=["not_quoted"])


def test_a_source_within_its_quote():
    text = "“We sail,” the captain said."
    marks = [mark("q", text, text, "QUOTE"), mark("s", text, "the captain", "SOURCE")]
    assert found(text, *marks, links=FRAME[:1], only=["part_inside"]) == [("part_inside", "s")]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("“We sail.”", []),
        ("«نبحر» قال في 12 أيار", []),
        ("She said “we sail.", ["unbalanced"]),
        ("قال «نبحر غدا", ["unbalanced"]),
        ("We sail,” she said", ["unbalanced"]),
        ("“We sail», she said", ["mixed"]),
        ("Don’t, the ’90s, rock ’n’ roll, the sailors’ boats", []),
        ("“We sail.\n\n“And we stay.”", []),
        ("“We sail.\n\nNobody stays.", ["unbalanced"]),
        ('A pipe of 12" and no more', []),
        ("", []),
    ],
)
def test_quotation_marks_have_partners(text, rules):
    assert [rule for rule, _ in found(text)] == rules


def test_only_the_body_is_looked_at():
    document = AnnotatedDocument(text="“Sail\nOn.", zones=(Zone("z", "BODY", Span(6, 9)),))
    assert problems_of(document, NEWS) == []


@pytest.mark.parametrize(
    ("text", "words", "wrong"),
    [
        ("the port, they", "port,", True),
        ("the port, they", " port", True),
        ("the port, they", "port", False),
        ("المرفأ، ثم", "المرفأ،", True),
        ("المرفأ، ثم", "المرفأ", False),
        ("the U.N. met", "U.N.", False),
        ("Acme Corp. met", "Acme Corp.", False),
    ],
)
def test_edges(text, words, wrong):
    assert bool(found(text, mark("p", text, words, "ORG"), only=["edge"])) == wrong


def test_white_space():
    assert found("a  b", mark("p", "a  b", "  ", "PERSON"), only=["blank", "edge"]) == [("blank", "p")]


@pytest.mark.parametrize("name", ["Beirut", "أسماء"])
def test_the_same_words_with_two_labels(name):
    text = f"{name} {name}. {name}"
    marks = [mark("a", text, name, "PERSON"), mark("b", text, name, "PERSON"), mark("c", text, name, "ORG")]
    assert found(text, *marks, only=["two_labels"]) == [("two_labels", "c")]
    assert found(text, *marks[:2], only=["two_labels"]) == []


def test_claims_have_claimants():
    text = "They sail"
    marks = mark("k", text, "sail", "CLAIM"), mark("p", text, "They", "PERSON")
    assert found(text, *marks, only=["no_claimant"]) == [("no_claimant", "k")]
    assert found(text, *marks, links=[link("claimed_by", "k", "p")], only=["no_claimant"]) == []


def test_links_and_duplicates():
    text = "They sail"
    marks = mark("p", text, "They", "PERSON"), mark("r", text, "sail", "PERSON")
    assert found(text, *marks, links=[link("source", "p", "r")], only=["link_not_allowed"])
    assert found(text, marks[0], marks[0]._replace(id="z"), only=["duplicate"]) == [("duplicate", "z")]
    assert found(text, marks[0], marks[0]._replace(id="z", annotator="b"), only=["duplicate"]) == []


def test_required_answers_that_another_answer_leaves_out_are_not_missing():
    number = Attribute("n", "number", required=True)
    kind = Attribute("k", "kind", skips=(Skip("none", "n"),))
    label = replace(LABELS["PERSON"], attributes=(kind, number))
    plain = mark("p", "They", "They", "PERSON")._replace(label=label)
    assert found("They", plain, only=["required"]) == [("required", "p")]
    assert found("They", plain._replace(attributes={"kind": "none"}), only=["required"]) == []
    assert found("They", plain._replace(attributes={"number": "1"}), only=["required"]) == []
    off = replace(label, attributes=(kind, replace(number, optional=True)))
    assert found("They", plain._replace(label=off), only=["required"]) == []


def test_a_scheme_without_labels_has_nothing_to_say_of_marks_it_lacks():
    assert problems_of(AnnotatedDocument(text="A ferry"), Scheme()) == []


TEXT = "“The ferry sails,” أسماء said in Beirut, and Beirut said «no” again."
MARKS = st.lists(
    st.builds(
        lambda start, size, label, quote, number: Annotation(
            "", LABELS[label], (Span(start, start + size),), quote, "", f"a{number}", "manual", None, "", ""
        ),
        st.integers(0, len(TEXT) - 12),
        st.integers(1, 12),
        st.sampled_from(["PERSON", "ORG", "QUOTE", "SOURCE", "CLAIM"]),
        st.sampled_from([{}, {"quote": "direct"}]),
        st.integers(0, 1),
    ),
    max_size=8,
)


def numbered(marks):
    return tuple(one._replace(id=f"m{number}") for number, one in enumerate(marks))


@given(MARKS, st.randoms())
def test_the_order_of_marks_does_not_matter(marks, random):
    marks = numbered(marks)
    other = list(marks)
    random.shuffle(other)
    document = AnnotatedDocument(text=TEXT, annotations=marks)
    assert problems_of(document, NEWS) == problems_of(replace(document, annotations=tuple(other)), NEWS)


@given(MARKS, st.data())
def test_a_fix_puts_its_problem_right_and_touches_one_mark(marks, data):
    marks = numbered(marks)
    kind = next(one for one in NEWS.relations if one.name == "source")
    links = tuple(Relation(f"l{n}", kind, a.id, b.id, {}, "a", "", "") for n, (a, b) in enumerate(pairwise(marks)))
    document = AnnotatedDocument(text=TEXT, id="d", annotations=marks, relations=links)
    for problem in problems_of(document, NEWS):
        for fix in problem.fixes:
            changes = apply_fix(Edits("d", NEWS, "a"), document, NEWS, fix)
            assert len(changes.touches("annotations")) + (fix.name == "unlink") == 1
            after = _after(document, fix, changes)
            left = [(one.rule, one.annotation, fix.target) for one in problems_of(after, NEWS)]
            if fix.name == "unlink":
                assert fix.target not in {one.target for p in problems_of(after, NEWS) for one in p.fixes}
            else:
                assert (problem.rule, problem.annotation, fix.target) not in left


def _after(document, fix, changes):
    labels = {label.id: label for label in NEWS.labels}
    links = tuple(one for one in document.relations if one.id not in changes.touches("relations"))
    marks = []
    for one in document.annotations:
        if one.id != fix.target:
            marks.append(one)
        elif fix.name == "trim":
            marks.append(one._replace(fragments=fix.fragments))
        elif fix.name == "relabel":
            marks.append(one._replace(label=labels[fix.value]))
        elif fix.name == "set_attribute":
            marks.append(one._replace(attributes={**one.attributes, fix.attribute: fix.value}))
        elif fix.name != "delete":
            marks.append(one)
    return replace(document, annotations=tuple(marks), relations=links)


def test_rules_are_named_once():
    assert len({rule.id for rule in RULES}) == len(RULES)
