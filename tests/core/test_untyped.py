"""What cells of a table mean by a scheme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Annotation, DocumentLabel, Relation
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Value
from annotator.core.span import Span
from annotator.core.untyped import Named, Typing, column_name, parts
from annotator.exporters.value_texts import joined

SCALE = Attribute("a", "scale", "scale", values=(Value("1", "low"), Value("2", "high")))
QUESTIONS = (
    Attribute("b", "kind of it", values=(Value("one", "The first", "98"), Value("98", "", "1"))),
    Attribute("c", "open", "yes_no"),
    Attribute("d", "size", "number"),
    Attribute("e", "who", "entity"),
    Attribute("f", "all", "entity", several=True),
    Attribute("g", "tags", several=True),
    Attribute("h", "range", "scale", minimum=0.5, maximum=20),
    SCALE,
)
QUOTE = Label("q", "quotes", "QUOTE", title="Quote", attributes=QUESTIONS)
TYPING = Typing(
    Scheme("s", (Layer("l", "quotes"),), (QUOTE,), (RelationType("r", "said by"),), (Attribute("i", "genre of it"),)),
    {"Haddad": "h1"},
    {"h1", "h2"},
)


def typed(name, value, label=QUOTE):
    mark = Annotation("m", label, (Span(0, 1),), {name: value}, "", "", "", None, "", "")
    (made,) = TYPING.document(AnnotatedDocument("x", annotations=(mark,))).annotations
    return dict(made.attributes)


@pytest.mark.parametrize(
    ("name", "cell", "meant"),
    [
        ("kind_of_it", "The first", "one"),
        ("kind of it", "1", "98"),
        ("kind_of_it", "98", "98"),  # a name before a number
        ("kind_of_it", "other", "other"),
        ("open", "No", False),
        ("open", "1", True),
        ("open", "perhaps", "perhaps"),
        ("size", "12", 12),
        ("size", "1e400", "1e400"),
        ("size", "-1.5", -1.5),
        ("who", "Haddad", "h1"),
        ("who", "Nobody", "Nobody"),
        ("who", Named("Renamed", "h2"), "h2"),
        ("who", Named("Haddad", "gone"), "h1"),
        ("all", Named("Haddad|Other", "h1|h2"), ["h1", "h2"]),
        ("tags", r"a\|b|c", ["a|b", "c"]),
        ("range", "3", 3),
        ("scale", "high", "2"),
        ("unheard of", "=1", "=1"),
    ],
)
def test_a_cell_is_what_the_scheme_says(name, cell, meant):
    (found,) = typed(name, cell).values()
    assert found == meant and type(found) is type(meant)


def test_labels_and_links_are_the_schemes_own():
    mark = Annotation("m", Label("x", "", "Quote"), (Span(0, 1),), {}, "", "", "", None, "", "")
    stranger = mark._replace(id="n", label=Label("y", "", "PORT"))
    link = Relation("", RelationType("z", "said_by"), "m", "n", {}, "", "", "")
    answer = DocumentLabel("", "genre_of_it", "news", "")
    document = AnnotatedDocument("x", annotations=(mark, stranger), relations=(link,), labels=(answer,))
    made = TYPING.document(document)
    assert [(each.label.layer, each.label.name) for each in made.annotations] == [
        ("quotes", "QUOTE"),
        ("entities", "PORT"),
    ]
    assert made.relations[0].type.id == "r" and made.labels[0].name == "genre of it"


@given(st.lists(st.text(), min_size=1))
def test_several_texts_of_a_cell_come_apart_as_they_were(texts):
    assert parts(joined(texts)) == texts


def test_columns_are_called_as_names_are():
    assert column_name("stance (of it)") == "stance_of_it"
