import json

import pytest

from annotator import resources
from annotator.core.quotation import quote_kind
from annotator.core.span import Span


def kind(shown):
    """The kind of the quote in `shown`, whose fragments stand between ⟦ and ⟧."""
    text, fragments, start = "", [], 0
    for character in shown:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            fragments.append(Span(start, len(text)))
        else:
            text += character
    return quote_kind(text, fragments)


@pytest.mark.parametrize(
    "shown",
    [
        "⟦“We will go,”⟧ he said.",
        "“⟦We will go⟧,” he said.",
        "“⟦We will go,⟧” he said.",
        "He said: ⟦“We will go.”⟧",
        "⟦“We will go,”⟧ he said, ⟦“if they ask.”⟧",
        "“⟦We will go⟧,” he said, “⟦if they ask⟧.”",
        '⟦"We will go,"⟧ he said, ⟦"if they ask."⟧',
        '"⟦We will go⟧," he said.',
        "⟦“She told me, ‘Go home,’ and I went.”⟧",
        "⟦“The paper wrote “no” and we read it,”⟧ he said.",
        "⟦«She told me “go home” twice»⟧",
        "“She said: ⟦‘Go home,’⟧” he recalled.",
        "⟦‘We will go,’⟧ he said.",
        "‘⟦We will go⟧,’ he said.",
        "⟦“Iraq”s army did not run,”⟧ he said.",
        "⟦“The soldiers” weapons were ours,”⟧ he said.",
        "وقال الوزير ⟦«لن نعود إلى الوراء»⟧ أمس",
        "وقال الوزير: «⟦لن نعود إلى الوراء⟧»، ثم خرج",
        'وقال الوزير "⟦لن نعود⟧" أمس',
        "Il a dit : ⟦«\u00a0Nous irons\u00a0»⟧.",
        "Il a dit : «\u00a0⟦Nous irons⟧\u00a0».",
        "Er sagte: ⟦„Wir gehen.“⟧",
        "Er sagte: ⟦»Wir gehen.«⟧",
        "Hon sade: ⟦”Vi går.”⟧",
        "⟦“First part.\n\n“Second part,”⟧ he said.",
        '⟦"First part.\n\n"Second part,"⟧ he said.',
        "⟦“First part.⟧\n\n⟦“Second part,”⟧ he said.",
    ],
)
def test_direct(shown):
    assert kind(shown) == "direct"


@pytest.mark.parametrize(
    "shown",
    [
        "He said ⟦they were “ready to go” at dawn⟧.",
        "He said ⟦that the plan “is about money”⟧.",
        "⟦The rest⟧, she said, ⟦is “about money.”⟧",
        "⟦“We will go,” he said, “if they ask.”⟧",
        '⟦"We will go," he said, "if they ask."⟧',
        "⟦«لن نعود» قال الوزير «أبدا»⟧",
        "⟦“We will go,”⟧ he said, adding ⟦that he hoped so⟧.",
        "وقال الوزير ⟦إن الاتفاق «خطوة أولى» فقط⟧.",
        "He would ⟦go,” he said⟧.",
        "He said ⟦the plan “is about⟧ money”.",
        "⟦the minister”s plan “is about money”⟧",
    ],
)
def test_mixed(shown):
    assert kind(shown) == "mixed"


@pytest.mark.parametrize(
    "shown",
    [
        "He said ⟦that they would go⟧.",
        "“We will go,” ⟦he said⟧, “if they ask.”",
        '"We will go," ⟦he said⟧, "if they ask."',
        "He said ⟦that Iraq”s army would not run⟧.",
        "He said ⟦that the soldiers” weapons were theirs⟧.",
        "He said ⟦that the soldiers’ weapons were theirs⟧.",
        "He said ⟦it couldn't rain⟧, 'tis all.",
        "He said ⟦the ‘so-called’ plan failed⟧.",
        "“Whoever told you that knows ⟦it is wrong⟧,” he said.",
        "وقال الوزير ⟦إن الاتفاق خطوة أولى⟧.",
        "⟦…⟧",
    ],
)
def test_indirect(shown):
    assert kind(shown) == "indirect"


def test_the_sample_says_the_same():
    data = json.loads(resources.path("sample/annotations.json").read_text(encoding="utf-8"))
    quotes = [
        (document["text"], mark)
        for document in data["documents"]
        for mark in document["annotations"]
        if mark["label"] == "QUOTE" and "quote" in mark["attributes"]
    ]
    assert len(quotes) > 10
    for text, mark in quotes:
        fragments = [Span(*fragment) for fragment in mark["fragments"]]
        assert quote_kind(text, fragments) == mark["attributes"]["quote"], mark["text"]
