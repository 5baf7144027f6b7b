import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.forms import Form, answered
from annotator.core.scheme import REST, Attribute, Skip, Value

PARTY = (Value("party"), Value("union"))
ADDRESSEE = Attribute("a", "addressee", "text", skips=(Skip("", "e"),))
EVALUATION = Attribute("e", "evaluation", values=(Value("-1"), Value("1")), required=True)
ACTOR = Attribute("t", "type", values=PARTY, skips=(Skip("party", "p", but=True),))
WHICH = Attribute("p", "which_party", "text")
IRRELEVANT = Attribute("i", "irrelevant", "yes_no", skips=(Skip("yes", REST),))


def names(attributes):
    return [attribute.name for attribute in attributes]


@pytest.mark.parametrize(
    ("form", "answers", "asked"),
    [
        ((ADDRESSEE, EVALUATION), {}, ["addressee"]),
        ((ADDRESSEE, EVALUATION), {"addressee": "EU"}, ["addressee", "evaluation"]),
        ((ACTOR, WHICH), {}, ["type"]),
        ((ACTOR, WHICH), {"type": "union"}, ["type"]),
        ((ACTOR, WHICH), {"type": "party"}, ["type", "which_party"]),
        ((WHICH, IRRELEVANT, ADDRESSEE, EVALUATION), {"irrelevant": True}, ["which_party", "irrelevant"]),
        ((IRRELEVANT, ADDRESSEE), {"irrelevant": False}, ["irrelevant", "addressee"]),
    ],
)
def test_rules_say_what_is_asked(form, answers, asked):
    assert names(Form(form, answers).asked()) == asked


def test_a_rule_of_what_is_not_asked_itself_does_not_hold():
    asks = Attribute("x", "asks", "yes_no", skips=(Skip("no", "y"),))
    between = Attribute("y", "between", "yes_no", skips=(Skip("yes", "z"),))
    last = Attribute("z", "last", "text")
    answers = {"asks": False, "between": True}
    assert names(Form((asks, between, last), answers).asked()) == ["asks", "last"]


def test_what_is_off_is_asked_where_it_is_answered():
    off = Attribute("o", "off", "text", optional=True, required=True)
    assert names(Form((off,), {}).asked()) == []
    assert names(Form((off,), {"off": "said"}).asked()) == ["off"]
    assert Form((off,), {}).missing() == []


def test_values_follow_another_answer():
    event = Attribute("v", "event", values=(Value("CONSULT"), Value("PROTEST"), Value("AGREE")), several=True)
    modes = (Value("visit", when="CONSULT"), Value("riot", when="PROTEST"), Value("other"))
    mode = Attribute("m", "mode", values=modes, depends="v")

    def offered(answers):
        return [value.name for value in Form((event, mode), answers).values_of(mode)]

    assert offered({}) == ["other"]
    assert offered({"event": "PROTEST"}) == ["riot", "other"]
    assert offered({"event": ["PROTEST", "CONSULT"]}) == ["visit", "riot", "other"]


def test_one_of_two_is_required():
    person = Attribute("p", "person", "entity", required=True, unless="o")
    organisation = Attribute("o", "organisation", "entity", required=True, unless="p")
    form = (person, organisation)
    assert names(Form(form, {}).missing()) == ["person", "organisation"]
    assert Form(form, {"person": "id"}).missing() == []
    assert Form(form, {"organisation": "id"}).missing() == []


@pytest.mark.parametrize(
    ("value", "held"), [(None, []), ("", []), (False, ["no"]), (0, ["0"]), ([], []), (["a"], ["a"])]
)
def test_not_coded_differs_from_every_value(value, held):
    assert answered(value) == held


skips = st.lists(st.builds(Skip, st.sampled_from(["", "yes", "no"]), st.sampled_from([*"abcd", REST]), st.booleans()))
attributes = st.lists(
    st.builds(Attribute, st.sampled_from("abcd"), st.just(""), skips=skips.map(tuple)), unique_by=lambda one: one.id
)


@given(attributes, st.dictionaries(st.sampled_from("abcd"), st.booleans()))
def test_any_rules_end_and_never_touch_an_answer(found, given_answers):
    form = [Attribute(one.id, one.id, "yes_no", required=True, skips=one.skips) for one in found]
    answers = dict(given_answers)
    shown = Form(form, answers)
    assert set(names(shown.missing())) <= set(names(shown.asked()))
    assert [one for one in form if not shown.hides(one)] == shown.asked()
    assert answers == given_answers


@given(attributes, st.dictionaries(st.sampled_from("abcd"), st.booleans()), st.randoms())
def test_what_is_asked_first_decides_nothing(found, given_answers, chance):
    """Rules may lead in a circle, in a scheme that is not finished: none of those holds, whoever looks first."""
    one, other = Form(found, given_answers), Form(found, given_answers)
    order = list(found)
    chance.shuffle(order)
    assert {each.id: one.hides(each) for each in found} == {each.id: other.hides(each) for each in order}


def test_rules_in_a_circle_do_not_hold_and_others_do():
    one = Attribute("o", "one", "yes_no", skips=(Skip("no", "t"), Skip("no", "x")))
    two = Attribute("t", "two", "yes_no", skips=(Skip("no", "o"),))
    last = Attribute("x", "last", "yes_no")
    assert names(Form((one, two, last), {"one": False, "two": False}).asked()) == ["one", "two"]
    assert names(Form((one, two, last), {"one": False, "two": True}).asked()) == ["one"]
