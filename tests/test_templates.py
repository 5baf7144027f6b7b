import pytest
from PySide6.QtGui import QColor

from annotator import templates
from annotator.core.errors import KnownError
from annotator.core.frames import part_kinds
from annotator.core.guidelines import CLOSING, OPENING, read_guideline
from annotator.core.label_colors import CHOICE, difference
from annotator.core.scheme_faults import scheme_faults
from annotator.core.scheme_json import scheme_from_json, scheme_to_json
from annotator.gui.theme import LIGHT, READABLE, contrast

EVERY = templates.templates()
OWN = [each for each in EVERY if each.name not in ("news", "empty")]


def named(name):
    return templates.template(name)


def test_the_default_comes_first_and_the_empty_one_last():
    names = [each.name for each in EVERY]
    assert names[0] == templates.DEFAULT and names[-1] == templates.LAST
    wanted = "conll2003 ontonotes5 polnear wojood claimbuster dna_statement political_claims plover_event media_frames"
    assert set(names) == {"news", "empty", "core_sentence", *wanted.split()}


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_template_is_whole(each):
    assert scheme_faults(each.scheme) == []
    assert each.title and each.description and each.scheme.name == each.name
    assert scheme_from_json(scheme_to_json(each.scheme)) == each.scheme
    ids = [attribute.id for attribute in each.scheme.attributes()]
    names = [attribute.name for attribute in each.scheme.attributes()]
    assert len(set(ids)) == len(ids) and len(set(names)) == len(names)
    shown = [label.shortcut for label in each.scheme.labels if label.shortcut]
    assert len(set(shown)) == len(shown) and all("a" <= key <= "z" for key in shown)


@pytest.mark.parametrize("each", OWN, ids=lambda each: each.name)
def test_colours_can_be_read_and_told_apart(each):
    colors = [label.color for label in each.scheme.labels]
    assert len(set(colors)) == len(colors) and set(colors) <= set(CHOICE)
    assert all(contrast(QColor(color), QColor(LIGHT.paper)) >= READABLE for color in colors)
    few = colors[:6]
    assert all(difference(one, other) > 0.05 for one in few for other in few if one != other)


@pytest.mark.parametrize("each", OWN, ids=lambda each: each.name)
def test_every_label_says_what_it_is_and_shows_it(each):
    for label in each.scheme.labels:
        text, examples = read_guideline(label.guideline)
        assert text and 1 <= len(examples) <= 3, label.name
        assert all(example.count(OPENING) == example.count(CLOSING) >= 1 for example in examples), label.name


def test_lists_from_memory_say_so():
    def recalled(name):
        return {a.name for a in named(name).attributes() if "written down from memory" in a.guideline}

    claims = {"claimant_type", "claimant_scope", "form", "addressee_scope", "issue_scope", "object_scope"}
    assert recalled("political_claims") == claims
    assert recalled("core_sentence") == {"direction"}
    assert not any(recalled(each.name) for each in EVERY if each.name not in ("political_claims", "core_sentence"))


def test_an_attribution_is_a_frame_of_content_source_and_cue():
    scheme = named("polnear")
    head = scheme.label("attribution", "CONTENT")
    assert [kind.name for kind in part_kinds(scheme, head)] == ["source", "cue"]


@pytest.mark.parametrize("name", ["political_claims", "plover_event"])
def test_what_need_not_be_there_is_no_part_that_is_missed(name):
    scheme = named(name)
    assert all(part_kinds(scheme, label) == [] for label in scheme.labels)


def test_numbers_of_the_types():
    counts = {name: len(named(name).labels) for name in ("conll2003", "ontonotes5", "wojood", "claimbuster")}
    assert counts == {"conll2003": 4, "ontonotes5": 18, "wojood": 21, "claimbuster": 3}


def test_a_statement_needs_a_person_or_an_organisation():
    from annotator.core.forms import Form

    asked = named("dna_statement").label("statements", "STATEMENT").attributes
    said = {"concept": "c", "agreement": True}
    assert [a.name for a in Form(asked, said).missing()] == ["person", "organization"]
    assert Form(asked, said | {"organization": "o"}).missing() == []
    assert Form(asked, said | {"person": "p"}).missing() == []
    assert [a.name for a in Form(asked, {"person": "p", "concept": "c"}).missing()] == ["agreement"]


def test_modes_are_those_of_the_event():
    from annotator.core.forms import Form

    asked = named("plover_event").label("events", "EVENT").attributes
    mode = next(a for a in asked if a.name == "mode")
    shown = [value.shown for value in Form(asked, {"event": ["CONSULT"]}).values_of(mode)]
    assert shown == ["visit", "third-party", "multilateral", "phone"]
    assert Form(asked, {"event": ["AGREE"]}).values_of(mode) == ()
    assert len(mode.values) == 67


def test_nothing_is_asked_of_an_irrelevant_article():
    from annotator.core.forms import Form

    scheme = named("media_frames")
    assert [a.name for a in Form(scheme.form, {"irrelevant": True}).asked()] == ["irrelevant"]
    assert len(Form(scheme.form, {"irrelevant": False}).asked()) == 3
    codes = {value.code for a in scheme.form for value in a.values}
    assert {"1.2", "15.2", "17.35", "19.4"} <= codes


def test_a_party_is_asked_of_parties_and_an_evaluation_of_what_is_there():
    from annotator.core.forms import Form

    asked = named("political_claims").label("claims", "CLAIM").attributes
    names = {a.name for a in Form(asked, {}).asked()}
    assert not {"claimant_party", "addressee_evaluation", "object_evaluation", "frame_position"} & names
    names = {a.name for a in Form(asked, {"claimant_type": "party", "addressee": ["x"]}).asked()}
    assert {"claimant_party", "addressee_evaluation"} <= names


def test_there_is_no_template_of_another_name():
    with pytest.raises(KnownError, match="There is no scheme “weather”"):
        templates.template("weather")
