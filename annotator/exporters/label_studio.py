"""Label Studio's JSON: a task an article, an annotation each annotator, regions and the links between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from annotator.core.annotation import AnnotatedDocument, Annotation, AttributeValue, Relation
from annotator.core.imports import Progress
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger, loses
from annotator.exporters.json_lines import Json, facts, see_quote
from annotator.exporters.label_studio_controls import TEXT, Controls, result
from annotator.exporters.proving import Frame, Part, export_file


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
        people = {person.id: (number, person.name) for number, person in enumerate(contents.annotators, 1)}
        tasks = _Tasks(people, Controls(contents.scheme))
        frame = Frame(b"[\n", b",\n", b"\n]\n")
        return export_file(contents, out, self.carries, tasks.part, _read, progress, frame)


class _Tasks:
    """Makes tasks, counting them."""

    def __init__(self, people: dict[str, tuple[int, str]], controls: Controls) -> None:
        self._people, self._controls = people, controls
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
            results = [*_regions(document.text, own, self._controls), *map(_link, between)]
            results += _answers(answers, self._controls)
            annotations.append({"completed_by": number, "result": results, "ground_truth": False})
            held.append((number, _held(document.text, own, between, answers, self._controls)))
        known = {str(n): name for n, name in self._people.values()}
        meta = {"article": facts(document), "annotators": known}
        if self._controls.otherwise:
            meta["controls"] = self._controls.otherwise
        task = {"id": self._count, "data": {TEXT: document.text}, "annotations": annotations, "meta": meta}
        promise = (document.text, tuple(held), tuple(facts(document).items()))
        return Part(orjson.dumps(task), promise, len(marks), len(links))


def _regions(text: str, marks: Iterable[Annotation], controls: Controls) -> Iterator[Json]:
    for mark in marks:
        place = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
        region: Json = {"id": mark.id, "from_name": controls.layer(mark.label), "to_name": TEXT, "type": "labels"}
        region["value"] = place | {"labels": [mark.label.name]}
        if mark.note:
            region["meta"] = {"text": [mark.note]}
        yield region
        for name, value in mark.attributes.items():
            yield {"id": mark.id} | result(controls.said(mark.label, name, value), place)


def _answers(answers: Iterable[tuple[str, AttributeValue]], controls: Controls) -> Iterator[Json]:
    for number, (name, value) in enumerate(answers):
        yield {"id": f"answer-{number}"} | result(controls.asked(name, value), {})


def _link(link: Relation) -> Json:
    written: Json = {"from_id": link.source, "to_id": link.target, "type": "relation", "direction": "right"}
    return written | {"labels": [link.type.name]}


def _held(
    text: str, marks: list[Annotation], links: list[Relation], answers: list[tuple[str, AttributeValue]],
    controls: Controls,
) -> Hashable:  # fmt: skip
    said = ((mark.id, controls.said(mark.label, *each)) for mark in marks for each in mark.attributes.items())
    return (
        tuple(
            (m.id, controls.layer(m.label), m.start, m.end, m.label.name, m.note, text[m.start : m.end]) for m in marks
        ),
        tuple((key, name, kind, _frozen(value)) for key, (name, kind, _, value) in said),
        tuple((link.source, link.target, link.type.name) for link in links),
        tuple((name, kind, _frozen(value)) for name, kind, _, value in (controls.asked(*each) for each in answers)),
    )


def _frozen(value: Any) -> Hashable:
    """A value of JSON as one to compare."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _read(path: Path) -> Iterator[Hashable]:
    for task in orjson.loads(path.read_bytes()):
        text = task["data"][TEXT]
        known = tuple(task["meta"]["article"].items())
        people = [(each["completed_by"], _found(text, each["result"])) for each in task["annotations"]]
        yield text, tuple(people), known


def _found(text: str, results: list[Json]) -> Hashable:
    marks, coded, links, answers = [], [], [], []
    for item in results:
        value = item.get("value", {})
        if item["type"] == "relation":
            links.append((item["from_id"], item["to_id"], item["labels"][0]))
        elif item["type"] == "labels":
            see_quote(text, value["start"], value["end"], value["text"])
            note = item.get("meta", {"text": [""]})["text"][0]
            place = value["start"], value["end"], value["labels"][0]
            marks.append((item["id"], item["from_name"], *place, note, value["text"]))
        else:
            kind = item["type"]
            said = item["from_name"], kind, _frozen(value["text" if kind == "textarea" else kind])
            if "start" in value:
                coded.append((item["id"], *said))
            else:
                answers.append(said)
    return tuple(marks), tuple(coded), tuple(links), tuple(answers)
