from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Annotation, DocumentLabel, Relation, Zone
from annotator.core.edits import Edits
from annotator.core.problems import RULES, apply_fix, problems_of, with_changes
from annotator.core.problems.answers import is_date
from annotator.core.scheme import Attribute, Scheme, Skip, Value
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
        ("She called it “a long and\ncareful answer” to them.", []),
        ("He said: “We sail.\nWe stay” and left.", []),
        ("He said: “We sail.\n\nWe stay” and left.", ["unbalanced", "unbalanced"]),
        ("Iraq”s army and the town”s port", ["apostrophe"]),
        ("“Iraq”s army is here,” he said.", ["apostrophe"]),
        ("“The sailors” boats are lost,” he said.", ["apostrophe"]),
        ("The sailors” boats are lost", ["apostrophe"]),
        ("He spoke of “the sailors” again", []),
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


def test_marks_that_are_apostrophes_are_told_of_once_with_their_number():
    (problem,) = problems_of(AnnotatedDocument(text="Iraq”s army, the town”s port"), NEWS)
    assert (problem.values, problem.span) == ({"mark": "”", "words": "Iraq”s", "count": "2"}, Span(0, 6))


def labelled(**answers):
    """A mark whose label asks for each kind of answer, holding `answers`."""
    above = Attribute("k", "kind", values=(Value("fish"), Value("fowl")))
    asked = (
        above,
        Attribute("s", "which", values=(Value("cod", when="fish"), Value("gull", when="fowl")), depends="k"),
        Attribute("m", "many", values=tuple(map(Value, "abc")), several=True, maximum=2),
        Attribute("n", "number", "number", minimum=0, maximum=10),
        Attribute("d", "date", "date"),
        Attribute("y", "sure", "yes_no"),
        Attribute("t", "words", "text"),
        Attribute("h", "left out", values=(Value("a"),)),
    )
    above = replace(above, skips=(Skip("fowl", "h"),))
    label = replace(LABELS["PERSON"], attributes=(above, *asked[1:]))
    return mark("p", "They", "They", "PERSON")._replace(label=label, attributes=answers)


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ({"kind": "fish", "which": "cod", "many": ["a", "b"], "number": 10, "date": "2016-02", "sure": False}, []),
        ({"kind": "flesh"}, ["flesh"]),
        ({"kind": ["fish", "fowl"]}, ["fish, fowl"]),
        ({"kind": "fish", "which": "gull"}, ["gull"]),
        ({"many": ["a", "x"]}, ["x"]),
        ({"many": ["a", "b", "c"]}, ["a, b, c"]),
        ({"number": 11}, ["11"]),
        ({"number": "many"}, ["many"]),
        ({"date": "2016-13-01"}, ["2016-13-01"]),
        ({"sure": "maybe"}, ["maybe"]),
        ({"words": "anything", "a name no label has": "x"}, []),
        ({"kind": "fowl", "left out": "no value"}, []),
    ],
)
def test_answers_are_what_their_attributes_allow(answers, refused):
    problems = problems_of(AnnotatedDocument(text="They", annotations=(labelled(**answers),)), NEWS)
    assert [one.values["value"] for one in problems if one.rule == "answer_not_allowed"] == refused


@pytest.mark.parametrize("text", ["2016", "2016-10", "2016-10-31", "2024-02-29"])
def test_dates(text):
    assert is_date(text)
    assert not is_date(text + "-")
    assert not is_date(text.replace("20", "2o"))
    assert not is_date("2023-02-29")


def test_the_articles_form_is_looked_at_for_each_who_has_begun():
    scheme = replace(NEWS, form=(Attribute("g", "genre", values=(Value("news"),), required=True),))
    document = AnnotatedDocument(
        text="They", statuses={"a": "new", "b": "finished"}, labels=(DocumentLabel("1", "genre", "poem", "c"),)
    )
    problems = [(one.rule, one.annotator, one.values) for one in problems_of(document, scheme)]
    assert problems == [
        ("form_required", "b", {"attribute": "genre"}),
        ("form_not_allowed", "c", {"attribute": "genre", "value": "poem"}),
    ]
    assert problems_of(replace(document, statuses={}, labels=()), scheme) == []


def test_a_source_that_belongs_to_nobody_is_proposed_for_the_quote_beside_it():
    text, marks = quote("en")
    document = AnnotatedDocument(text=text, id="d", annotations=marks, relations=FRAME[1:])
    (problem,) = (one for one in problems_of(document, NEWS) if one.rule == "missing_part")
    assert [(fix.name, fix.target, fix.value) for fix in problem.fixes] == [("link", "q", "s")]
    other = mark("s2", text, "We", "SOURCE")
    (problem,) = (
        one
        for one in problems_of(replace(document, annotations=(*marks, other)), NEWS)
        if (one.rule, one.values["part"]) == ("missing_part", "source")
    )
    assert problem.fixes[0].value == "s"  # what lies within the quote is no source of it


def test_the_claimant_of_a_claim_in_a_quote_is_proposed():
    text, marks = quote("en")
    claim = mark("k", text, "We sail", "CLAIM")
    document = AnnotatedDocument(text=text, id="d", annotations=(*marks, claim), relations=FRAME)
    (problem,) = (one for one in problems_of(document, NEWS) if one.rule == "no_claimant")
    (fix,) = problem.fixes
    changed = with_changes(document, NEWS, apply_fix(Edits("d", NEWS, "a"), document, NEWS, fix))
    assert [one.rule for one in problems_of(changed, NEWS)] == []
    (made,) = (one for one in changed.relations if one not in document.relations)
    assert (made.type.name, made.source, made.target) == ("claimed_by", "k", "s")


def test_a_scheme_without_labels_has_nothing_to_say_of_marks_it_lacks():
    assert problems_of(AnnotatedDocument(text="A ferry"), Scheme()) == []


TEXT = "“The ferry sails,” أسماء said in Beirut, and Beirut said «no” again."


@pytest.mark.parametrize(("label", "told"), [("CUE", False), ("SOURCE", True)])
def test_a_cue_takes_its_colon_along_and_nothing_else_does(label, told):
    text = "in his words: “Not one net”"
    mark = Annotation("m", LABELS[label], (Span(0, 13),), {}, "", "a", "manual", None, "", "")
    found = [one.rule for one in problems_of(AnnotatedDocument(text=text, annotations=(mark,)), NEWS)]
    assert ("edge" in found) is told


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
            assert changes.touches("annotations") <= {fix.target}
            assert len(changes.touches("annotations")) + (fix.name in ("link", "unlink")) == 1
            after = _after(document, fix, changes)
            told = with_changes(document, NEWS, changes)
            assert told.relations == after.relations
            assert sorted(m[:6] for m in told.annotations) == sorted(m[:6] for m in after.annotations)
            left = [(one.rule, one.annotation, one.values) for one in problems_of(after, NEWS)]
            if fix.name == "unlink":
                assert fix.target not in {one.target for p in problems_of(after, NEWS) for one in p.fixes}
            else:
                assert (problem.rule, problem.annotation, problem.values) not in left  # a quote may lack its cue still


def _after(document, fix, changes):
    labels = {label.id: label for label in NEWS.labels}
    links = tuple(one for one in document.relations if one.id not in changes.touches("relations"))
    if fix.name == "link":
        kind = next(one for one in NEWS.relations if one.id == fix.attribute)
        ((key, row),) = ((change.key, change.after) for change in changes.rows)
        links += (Relation(key, kind, fix.target, fix.value, {}, "a", row["created"], row["updated"]),)
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
