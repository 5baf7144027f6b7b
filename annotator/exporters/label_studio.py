"""Label Studio's JSON: a task an article, an annotation each annotator, regions and the links between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, Relation
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.json_lines import Json, facts, see_quote
from annotator.exporters.proving import Frame, Part, export_file
from annotator.exporters.value_texts import value_texts

_TEXT = "text"  # the tag of the text in Label Studio's configuration; those of labels are named after layers there


class LabelStudioExporter(PlainExporter):
    """Tasks with what is in them, as Label Studio takes them in. A link to another annotator's mark is left out."""

    name = "label-studio"
    title = "Label Studio, JSON"
    suffix = ".json"
    carries = Carries(nested=True, crossing=True, links=True, attributes=True, notes=True, answers=True, people=True,
                      facts=True)  # fmt: skip
    unit = "code points"
    loses = loses(carries)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        tasks = _Tasks({person.id: (number, person.name) for number, person in enumerate(contents.annotators, 1)})
        frame = Frame(b"[\n", b",\n", b"\n]\n")
        return export_file(contents, out, self.carries, tasks.part, _read, progress, frame)


class _Tasks:
    """Makes tasks, counting them."""

    def __init__(self, people: dict[str, tuple[int, str]]) -> None:
        self._people = people
        self._count = 0

    def part(self, document: AnnotatedDocument, ledger: Ledger) -> Part:
        self._count += 1
        marks = {mark.id: mark for mark in document.annotations}
        across = [k for k in document.relations if marks[k.source].annotator != marks[k.target].annotator]
        ledger.lose("links to the marks of other annotators", [link.source for link in across])
        links = [link for link in document.relations if link not in across]
        named = [mark.annotator for mark in marks.values()] + [answer.annotator for answer in document.labels]
        annotations = []
        held = []
        for person in dict.fromkeys(named):
            own = [mark for mark in marks.values() if mark.annotator == person]
            between = [link for link in links if marks[link.source].annotator == person]
            answers = [(each.name, each.value) for each in document.labels if each.annotator == person]
            number, _ = self._people.get(person, (0, ""))
            result = [*_regions(document.text, own), *map(_link, between), *_answers(answers)]
            annotations.append({"completed_by": number, "result": result, "ground_truth": False})
            held.append((number, _held(document.text, own, between, answers)))
        known = {str(n): name for n, name in self._people.values()}
        meta = {"article": facts(document), "annotators": known}
        task = {"id": self._count, "data": {_TEXT: document.text}, "annotations": annotations, "meta": meta}
        promise = (document.text, tuple(held), tuple(facts(document).items()))
        return Part(orjson.dumps(task), promise, len(marks), len(links))


def _regions(text: str, marks: Iterable[Annotation]) -> Iterator[Json]:
    for mark in marks:
        place = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
        region: Json = {"id": mark.id, "from_name": mark.label.layer, "to_name": _TEXT, "type": "labels"}
        region["value"] = place | {"labels": [mark.label.name]}
        if mark.note:
            region["meta"] = {"text": [mark.note]}
        yield region
        for name, value in mark.attributes.items():
            yield {"id": mark.id, "from_name": name, "to_name": _TEXT} | _answer(value, place)


def _answer(value: AttributeValue, place: Json) -> Json:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"type": "number", "value": place | {"number": value}}
    return {"type": "choices", "value": place | {"choices": value_texts(value)}}


def _answers(answers: Iterable[tuple[str, AttributeValue]]) -> Iterator[Json]:
    for number, (name, value) in enumerate(answers):
        yield {"id": f"answer-{number}", "from_name": name, "to_name": _TEXT} | _answer(value, {})


def _link(link: Relation) -> Json:
    written: Json = {"from_id": link.source, "to_id": link.target, "type": "relation", "direction": "right"}
    return written | {"labels": [link.type.name]}


def _held(
    text: str, marks: list[Annotation], links: list[Relation], answers: list[tuple[str, AttributeValue]]
) -> Hashable:
    return (
        tuple((m.id, m.start, m.end, (m.label.layer, m.label.name), m.note, text[m.start : m.end]) for m in marks),
        tuple((m.id, name, _said(value)) for m in marks for name, value in m.attributes.items()),
        tuple((link.source, link.target, link.type.name) for link in links),
        tuple((name, _said(value)) for name, value in answers),
    )


def _said(value: AttributeValue) -> Hashable:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if number and not isinstance(value, list) else tuple(value_texts(value))


def _read(path: Path) -> Iterator[Hashable]:
    for task in orjson.loads(path.read_bytes()):
        text = task["data"][_TEXT]
        known = tuple(task["meta"]["article"].items())
        people = [(each["completed_by"], _found(text, each["result"])) for each in task["annotations"]]
        yield text, tuple(people), known


def _found(text: str, result: list[Json]) -> Hashable:
    marks, coded, links, answers = [], [], [], []
    for item in result:
        value = item.get("value", {})
        if item["type"] == "relation":
            links.append((item["from_id"], item["to_id"], item["labels"][0]))
        elif item["type"] == "labels":
            see_quote(text, value["start"], value["end"], value["text"])
            note = item.get("meta", {"text": [""]})["text"][0]
            label = (item["from_name"], value["labels"][0])
            marks.append((item["id"], value["start"], value["end"], label, note, value["text"]))
        else:
            said = value["number"] if item["type"] == "number" else tuple(value["choices"])
            if "start" in value:
                coded.append((item["id"], item["from_name"], said))
            else:
                answers.append((item["from_name"], said))
    return tuple(marks), tuple(coded), tuple(links), tuple(answers)
