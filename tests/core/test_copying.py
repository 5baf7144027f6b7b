from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.copying import copied
from annotator.core.edits import Edits
from annotator.core.forms import Form, answered
from annotator.core.missing import missing_in
from annotator.core.scheme import REST, Attribute, Skip
from annotator.core.span import Span
from tests.forms_example import ARTICLE_FORM, CLAIM_FORM, SCHEME

NAMES = "abcd"
rules = st.lists(st.builds(Skip, st.sampled_from(["", "yes", "no"]), st.sampled_from([*NAMES, REST]), st.booleans()))
questions = st.builds(Attribute, st.sampled_from(NAMES), st.just("")).flatmap(
    lambda one: rules.map(lambda skips: replace(one, name=one.id, kind="yes_no", required=True, skips=tuple(skips)))
)
forms = st.lists(questions, unique_by=lambda one: one.id).map(tuple)
answers = st.dictionaries(st.sampled_from(NAMES), st.booleans())


@given(forms, answers, answers)
def test_what_is_copied_is_new_asked_and_was_said_there(form, held, like):
    new = copied(form, held, like)
    after = Form(form, {**held, **new})
    for one in form:
        if one.name in new:
            assert one.name not in held
            assert new[one.name] == like[one.name]
            assert not Form(form, like).hides(one)
    assert {**held, **new} == {**new, **held}
    assert set(after.missing()) <= set(form)


def test_a_value_that_does_not_fit_here_is_not_copied():
    like = {"event": "PROTEST", "mode": "riot"}
    assert copied(CLAIM_FORM, {}, like) == like
    assert copied(CLAIM_FORM, {"event": "CONSULT"}, like) == {}
    assert copied(ARTICLE_FORM, {"irrelevant": True}, {"irrelevant": False, "genre": "news"}) == {}


@given(forms, answers, st.lists(st.tuples(st.sampled_from(NAMES), st.none() | st.booleans()), max_size=8))
def test_answers_survive_hiding_and_coming_back(form, start, steps):
    """Whatever is answered in between, an answer that nobody touched is there when its field is asked again."""
    edits = Edits("d", SCHEME, "me")
    label = replace(SCHEME.labels[0], attributes=form)
    mark = edits.new_annotation(label, [Span(0, 1)], start)
    touched = set()
    for name, value in steps:
        kept = {key: held for key, held in {**mark.attributes, name: value}.items() if held is not None}
        mark = mark._replace(attributes=kept)
        touched.add(name)
        shown = Form(form, mark.attributes)
        left, asked = {one.name for one in shown.left_out()}, {one.name for one in shown.asked()}
        assert left | asked >= {one.name for one in form if answered(mark.attributes.get(one.name))}
        assert not left & asked
        untouched = {key: held for key, held in start.items() if key not in touched}
        assert {key: mark.attributes[key] for key in untouched} == untouched


def test_what_a_document_lacks_is_its_form_first_then_ones_own_marks():
    edits = Edits("d", SCHEME, "me")
    claim = SCHEME.labels[0]
    second, first = edits.new_annotation(claim, [Span(9, 12)]), edits.new_annotation(claim, [Span(1, 3)])
    others = edits.new_annotation(claim, [Span(0, 1)])._replace(annotator="other")
    found = list(missing_in(SCHEME, [second, others, first], {}, "me"))
    assert [(one.mark.id if one.mark else None, one.attribute.name) for one in found] == [
        (None, "irrelevant"),
        (first.id, "position"),
        (first.id, "issue"),
        (second.id, "position"),
        (second.id, "issue"),
    ]
    coded = first._replace(attributes={"position": "1", "issue": "trade", "addressee": "x"})
    (lacking,) = missing_in(SCHEME, [coded], {"irrelevant": True}, "me")
    assert lacking.attribute.name == "evaluation"
