"""A small scheme with everything in it, and documents marked under it, for what changes schemes."""

from __future__ import annotations

from annotator.core.annotation import AnnotatedDocument, Annotation, DocumentLabel, Relation
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme, Skip, Value
from annotator.core.span import Span

TEXT = "The envoy said that “we will go” on Tuesday. The council of Marsa met. وقال الوزير إن الاتفاق خطوة أولى."


def key(number: int) -> str:
    """An id of the form that the program makes."""
    return f"00000000-0000-7000-8000-{number:012x}"


def values(*names: str) -> tuple[Value, ...]:
    return tuple(Value(name) for name in names)


SORT = Attribute(key(1), "sort", "choice", values=values("a", "b", "c"))
TONES = Attribute(key(2), "tones", "choice", values=values("a", "b", "d"), several=True)
SURE = Attribute(key(3), "sure", "yes_no", skips=(Skip("no", key(4)),))
DETAIL = Attribute(key(4), "detail", "choice", values=(Value("a", when="a"), Value("e")), depends=key(1), unless=key(2))
OTHER_SORT = Attribute(key(5), "sort", "choice", values=values("b", "f"))
COUNT = Attribute(key(6), "count", "number")
TOPIC = Attribute(key(7), "topic", "choice", values=values("a", "b"))
TOPICS = Attribute(key(8), "topics", "choice", values=values("b", "c"), several=True)

PERSON = Label(key(11), "entities", "PERSON", "#2e6fb7", "p", True, (SORT, SURE, DETAIL, TONES), "", "Who is named.")
ENVOY = Label(key(12), "entities", "ENVOY", "#b85c00", "e", True, (OTHER_SORT, COUNT))
QUOTE = Label(key(13), "speech", "QUOTE", "#1e8070", "q", True, (TONES,))
SOURCE = Label(key(14), "speech", "SOURCE", "#b2356b", "s")
BY = RelationType(key(21), "said_by", ("QUOTE",), ("SOURCE", "entities"))
OF = RelationType(key(22), "part_of", ("PERSON", "ENVOY"), ("ENVOY",))
ANY = RelationType(key(23), "about")

SCHEME = Scheme(
    "small",
    (Layer(key(31), "entities"), Layer(key(32), "speech")),
    (PERSON, ENVOY, QUOTE, SOURCE),
    (BY, OF, ANY),
    (TOPIC, TOPICS),
)


def mark(number: int, label: Label, start: int, end: int, annotator: str = "ana", note: str = "", **held) -> Annotation:
    more = (Span(start + 20, end + 20),) if number % 5 == 0 else ()
    return Annotation(key(number), label, (Span(start, end), *more), held, note, annotator, "manual", None, "", "")


def link(number: int, kind: RelationType, source: int, target: int, **held) -> Relation:
    return Relation(key(number), kind, key(source), key(target), held, "ana", "", "")


def answer(number: int, name: str, value: object, annotator: str = "ana") -> DocumentLabel:
    return DocumentLabel(key(number), name, value, annotator)


def documents() -> list[AnnotatedDocument]:
    """Two documents: marks of all labels, some of them at one place, with links and answers."""
    one = [
        mark(101, PERSON, 4, 9, sort="a", sure=True, detail="e"),
        mark(102, ENVOY, 4, 9, sort="b", note="an envoy"),
        mark(103, PERSON, 4, 9, "ben", tones=["a", "b"]),
        mark(104, ENVOY, 4, 9, "ben", count=3, note="three"),
        mark(105, QUOTE, 20, 32, tones=["a"]),
        mark(106, SOURCE, 4, 9),
        mark(107, PERSON, 50, 57, sort="b", tones=["d"]),
        mark(108, ENVOY, 50, 57),
    ]
    links = [
        link(201, BY, 105, 106),
        link(202, BY, 105, 101),
        link(203, OF, 101, 102),
        link(204, OF, 107, 108),
        link(205, ANY, 107, 105),
        link(206, ANY, 108, 105),
        link(207, ANY, 101, 107),
    ]
    two = [mark(110, PERSON, 4, 9, sort="a", sure=False), mark(111, ENVOY, 60, 65, sort="f"), mark(112, QUOTE, 20, 32)]
    return [
        AnnotatedDocument(
            f"1 {TEXT}", "One", annotations=tuple(one), relations=tuple(links), labels=(answer(301, "topic", "a"),)
        ),
        AnnotatedDocument(
            f"2 {TEXT}",
            "Two",
            annotations=tuple(two),
            relations=(link(211, BY, 112, 110),),
            labels=(answer(302, "topic", "b"), answer(303, "topics", ["b", "c"]), answer(304, "topics", ["b"], "ben")),
        ),
    ]
