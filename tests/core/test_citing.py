from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.citing import citation
from annotator.core.scheme import Label
from annotator.core.span import Span

TEXT = "“We go,” the\nminister said. “Now.”"
DOCUMENT = AnnotatedDocument(
    text=TEXT,
    title="Oil Ports",
    metadata={"publication": "Sahil Press", "archive": "Sahil Press", "published": "2016-10-12"},
)


def mark(*words):
    spans = tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in words)
    return Annotation("id", Label("l", "quotes", "QUOTE"), spans, {}, "", "a", "manual", None, "", "")


def test_words_parts_and_place_stand_in_three_lines():
    said = citation(DOCUMENT, mark("“We go,”", "“Now.”"), [("source", mark("the\nminister")), ("cue", mark("said"))])
    assert said.split("\n") == [
        "“We go,” […] “Now.”",
        "source: the minister; cue: said",
        "Oil Ports, Sahil Press, 2016-10-12 [0–8, 28–34]",  # a name that is known twice is said once
    ]


def test_what_is_not_known_leaves_no_gap():
    assert citation(AnnotatedDocument(text=TEXT), mark("said")) == "said\n[22–26]"
