"""Every fault of a scheme is told."""

from dataclasses import replace

import pytest

from annotator.core.scheme import REST, Attribute, Label, Layer, RelationType, Scheme, Skip, Value
from annotator.core.scheme_faults import attribute_faults, scheme_faults
from annotator.templates import template


def choice(key, *names, **rest):
    return Attribute(key, key, "choice", values=tuple(Value(name) for name in names), **rest)


A, B, C = choice("a", "x", "y"), choice("b", "x", "y"), choice("c", "x", "y")
YES = Attribute("yes", "yes", "yes_no")
ALWAYS = replace(YES, skips=(Skip("yes", "b"), Skip("yes", "b", but=True)))


def with_attributes(*attributes):
    return Scheme("s", (Layer("l", "layer"),), (Label("n", "layer", "NAME", attributes=attributes),))


def with_values(*values):
    return with_attributes(replace(A, values=values))


def with_labels(*labels, **rest):
    return Scheme("s", (Layer("l", "layer"), Layer("m", "other")), labels, **rest)


@pytest.mark.parametrize(
    ("scheme", "fault"),
    [
        (Scheme("s", (Layer("1", "one"), Layer("2", "one"))), "There are two layers one"),
        (
            with_labels(Label("1", "layer", "A"), Label("2", "layer", "A"), Label("3", "other", "A")),
            "There are two labels A in the layer layer",
        ),
        (with_labels(relations=(RelationType("1", "by"), RelationType("2", "by"))), "There are two links by"),
        (with_labels(Label("1", "layer", " ")), "Something has no name"),
        (with_attributes(replace(A, name="")), "Something has no name"),
        (with_attributes(A, replace(B, name="a")), "NAME has two attributes a"),
        (with_labels(form=(A, replace(B, name="a"))), "The form has two attributes a"),
        (
            with_labels(Label("1", "layer", "A", shortcut="k"), Label("2", "other", "B", shortcut="K")),
            "The key K belongs to A and to B",
        ),
        (with_labels(Label("1", "layer", "A", shortcut="ab")), "The key “ab” of A is not one letter or sign"),
        (with_labels(Label("1", "layer", "A", shortcut=" ")), "The key “ ” of A is not one letter or sign"),
        (
            with_labels(Label("1", "layer", "A"), relations=(RelationType("1", "by", ("A", "B"), ("B", "other")),)),
            "The link by may end at B, which is no label and no layer",
        ),
        (with_attributes(choice("a", "x", "x")), "a has two values x"),
        (
            with_attributes(replace(A, values=(Value("x", code="1"), Value("y", code="1")))),
            "a has two values with the code 1",
        ),
        (with_attributes(choice("a", "x", " ")), "a has a value without a name"),
        (with_attributes(replace(A, minimum=2, maximum=1)), "The least value of a is more than the most"),
        (
            with_attributes(replace(A, values=(Value("x", parent="z"),))),
            "The value x of a stands under z, which there is not",
        ),
        (
            with_attributes(
                replace(A, values=(Value("x", parent="y"), Value("y", parent="z"), Value("z", parent="x")))
            ),
            "The values of a stand under each other in a circle: x → y → z → x",
        ),
        (
            with_values(Value("x", parent="x")),
            "The values of a stand under each other in a circle: x → x",
        ),
        (with_attributes(replace(A, depends="z")), "a depends on an attribute that there is not"),
        (
            with_attributes(A, replace(B, depends="a", values=(Value("x", when="z"),))),
            "The value x of b is for z, which a has not",
        ),
        (with_attributes(replace(A, skips=(Skip("x", "z"),))), "A rule of a leaves out an attribute that there is not"),
        (with_attributes(replace(A, unless="z")), "a is required unless another is answered that there is not"),
        (
            with_attributes(replace(A, depends="b"), replace(B, depends="c"), replace(C, depends="a")),
            "What depends on what goes in a circle: a → b → c → a",
        ),
        (with_attributes(replace(A, depends="a")), "What depends on what goes in a circle: a → a"),
        (
            with_attributes(replace(A, skips=(Skip("x", "b"),)), replace(B, skips=(Skip("x", "a"),))),
            "The rules leave out each other in a circle: a → b → a",
        ),
        (
            with_attributes(replace(A, skips=(Skip("x", "b"), Skip("y", "b"))), replace(B, required=True)),
            "b is required, and a rule always leaves it out",
        ),
        (
            with_attributes(
                replace(YES, skips=(Skip("yes", "b"), Skip("yes", "b", but=True))), replace(B, required=True)
            ),
            "b is required, and a rule always leaves it out",
        ),
    ],
)
def test_a_fault_is_told_in_a_sentence(scheme, fault):
    found = scheme_faults(scheme)
    assert fault in found
    assert not any(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize(
    "scheme",
    [
        Scheme(),
        with_labels(Label("1", "layer", "A"), Label("2", "other", "A")),
        with_labels(Label("1", "layer", "A", shortcut="k"), Label("2", "other", "B", shortcut="K", enabled=False)),
        with_labels(Label("1", "layer", "A"), relations=(RelationType("1", "by", ("A",), ("other",)),)),
        with_attributes(replace(A, skips=(Skip("x", "b"),)), replace(B, required=True)),
        with_attributes(replace(YES, skips=(Skip("no", REST),)), replace(B, required=True)),
        with_attributes(YES, replace(B, depends="yes", values=(Value("x", when="yes"), Value("y", when="no")))),
        with_attributes(replace(A, values=(Value("x"), Value("y", parent="x"), Value("z", parent="x")))),
        replace(with_attributes(replace(A, depends="b")), unasked=(B,)),
        *(template(name) for name in ("news", "empty")),
    ],
)
def test_what_is_well_is_left_alone(scheme):
    assert scheme_faults(scheme) == []


def test_long_chains_are_no_circles_and_take_no_time():
    values = tuple(Value(f"v{n}", parent=f"v{n - 1}" if n else "") for n in range(2000))
    assert attribute_faults([replace(A, values=values)]) == []


def test_only_the_attributes_asked_about_are_judged():
    broken = choice("b", "x", "x")
    assert attribute_faults([replace(A, depends="b")], [broken]) == []
    assert attribute_faults([A, broken]) == ["b has two values x"]
