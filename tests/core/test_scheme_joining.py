from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import KnownError
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.core.scheme_faults import scheme_faults
from annotator.core.scheme_joining import joined
from annotator.core.scheme_mending import mended
from annotator.store.project import Project
from annotator.templates import names, template


def label(name, layer="x", **more):
    return Label(f"{layer}/{name}", layer, name, **more)


def scheme(*labels, **more):
    layers = tuple(Layer(name, name) for name in dict.fromkeys(each.layer for each in labels))
    return Scheme("s", layers, labels, **more)


def taken_in(project, coming):
    return joined(project.scheme, project.scheme_tables(), coming, "Import scheme")


@given(st.lists(st.sampled_from(names()), min_size=2, max_size=4))
def test_any_templates_go_together_and_one_undo_takes_one_back(chosen):
    with Project(template(chosen[0])) as project:
        for name in chosen[1:]:
            before, joining = project.scheme_tables(), taken_in(project, template(name))
            if joining.change.rows:
                project.apply(joining.change)
                assert scheme_faults(project.scheme) == []
                project.undo()
                assert project.scheme_tables() == before
                project.redo()
            again = taken_in(project, template(name))
            assert again.change.rows == () and again.labels == again.links == again.attributes == 0


def test_what_comes_is_counted():
    with Project(template("conll2003")) as project:
        joining = taken_in(project, template("polnear"))
        assert (joining.labels, joining.links, joining.attributes, joining.there) == (3, 2, 4, 0)
        project.apply(joining.change)
        assert [layer.name for layer in project.scheme.layers] == ["entities", "attribution"]


def test_a_taken_key_is_told_and_another_given():
    with Project(scheme(label("PORT", shortcut="p"))) as project:
        joining = taken_in(project, scheme(label("PER", shortcut="p"), label("PORT", shortcut="q")))
        project.apply(joining.change)
        assert joining.notes == ("The key p of PER belongs to PORT; it got e.",)
        assert {each.name: each.shortcut for each in project.scheme.labels} == {"PORT": "p", "PER": "e"}


def test_a_link_that_is_there_may_lead_further():
    kind = RelationType("r", "source", ("QUOTE",), ("SOURCE",))
    other = RelationType("r2", "source", ("CONTENT",), ("SOURCE",))
    with Project(scheme(label("QUOTE"), label("SOURCE"), relations=(kind,))) as project:
        joining = taken_in(project, scheme(label("CONTENT"), label("SOURCE"), relations=(other,)))
        project.apply(joining.change)
        (grown,) = project.scheme.relations
        assert (grown.id, grown.sources, grown.targets) == ("r", ("QUOTE", "CONTENT"), ("SOURCE",))


def test_rules_speak_of_the_projects_own_attribute_of_that_name():
    mine, theirs = Attribute("mine", "kind", "yes_no"), Attribute("theirs", "kind", "yes_no")
    new = Attribute("new", "why", "text", depends="theirs")
    with Project(scheme(label("A", attributes=(mine,)))) as project:
        project.apply(taken_in(project, scheme(label("A", attributes=(theirs, new)))).change)
        assert [(a.id, a.depends) for a in project.scheme.labels[0].attributes] == [("mine", ""), ("new", "mine")]


def test_what_does_not_go_together_is_refused():
    mine = Attribute("mine", "kind", values=(Value("boat"),))
    theirs = Attribute("theirs", "kind", values=(Value("car"),))
    new = Attribute("new", "make", values=(Value("van", when="car"),), depends="theirs")
    project = Project(scheme(label("A", attributes=(mine,))))
    with pytest.raises(KnownError, match="The value van of make is for car, which kind has not"):
        taken_in(project, scheme(label("A", attributes=(theirs, new))))
    assert project.scheme.labels[0].attributes == (mine,)


def test_mending_tells_what_it_does():
    coming = scheme(
        label("A", shortcut="a", color="red"),
        label("A", shortcut="b"),
        label("B", shortcut="A", color="#123456"),
        label("C", shortcut="ctrl+c", color="#123456"),
        relations=(RelationType("1", "to", ("A", "Z"), ()), RelationType("2", "from", ("Z",), ("A",))),
    )
    whole, notes = mended(coming)
    assert scheme_faults(whole) == []
    assert [(each.name, each.shortcut) for each in whole.labels] == [("A", "a"), ("B", "b"), ("C", "c")]
    assert whole.labels[0].color.startswith("#") and whole.labels[1].color == "#123456"
    assert [(kind.name, kind.sources) for kind in whole.relations] == [("to", ("A",))]
    assert notes[0] == "Left out: a second label x/A." and len(notes) == 6


def test_what_cannot_be_mended_is_told():
    owner = label("A", attributes=(Attribute("a", "one", depends="gone"),))
    with pytest.raises(KnownError, match=r"one depends on an attribute that there is not.*Nothing was changed"):
        mended(scheme(owner))


def test_more_labels_than_colours_take_turns():
    many = scheme(*(label(f"L{number}", color="") for number in range(100)))
    whole, _ = mended(replace(many))
    assert len({each.color for each in whole.labels[:24]}) == 24
    assert len({each.color for each in whole.labels[24:48]}) == 24
