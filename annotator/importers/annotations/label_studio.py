"""Label Studio's JSON of tasks, each with the results of every annotator; and the flat JSON_MIN."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from annotator.core.annotation import AttributeValue
from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.core.scheme import Scheme
from annotator.importers.annotations.json_records import Json, about, first_objects, items_of_records
from annotator.importers.annotations.label_studio_results import Results
from annotator.importers.annotations.label_studio_text import chosen_text
from annotator.importers.annotations.marked_text import MODEL, MarkedText
from annotator.importers.base import Source
from annotator.importers.label_names import LabelNames

_TASK = re.compile(rb'"data"\s*:\s*\{')
_RESULTS = re.compile(rb'"(?:annotations|completions|predictions)"\s*:\s*\[\s*(?:\]|\{)')
_ABOUT_FLAT = frozenset(("annotation_id", "lead_time", "annotator", "created_at", "updated_at"))
_OF_A_TASK = ("id", "created_at", "updated_at", "lead_time", "annotation_id", "annotator")


class LabelStudioImporter:
    """Takes a text a task in, with the regions, choices and relations of each annotator."""

    name = "label-studio"
    title = "Label Studio JSON"
    suffixes: tuple[str, ...] = (".json",)
    carries = Carries(
        nested=True, crossing=True, links=True, attributes=True, notes=True, answers=True, people=True, facts=True
    )
    loses = "Drafts and what was cancelled; regions in pictures, sound and dialogues; of pages, all but their text."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where tasks have data and annotations, or flat records say when and by whom they were annotated."""
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in (b"[", b"{"):
            return 0.0
        records = first_objects(head)
        if any(_is_task(record) or _is_flat(record) for record in records):
            return 0.98
        return 0.98 if not records and _RESULTS.search(head) and (_TASK.search(head) or b'"result"' in head) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document a task."""
        return items_of_records(source, partial(_items, source, LabelNames(Scheme())))


def _is_task(record: Json) -> bool:
    held = [record.get(name) for name in ("annotations", "completions", "predictions")]
    return isinstance(record.get("data"), dict) and any(isinstance(each, list) for each in held)


def _is_flat(record: Json) -> bool:
    return "annotation_id" in record and len(_ABOUT_FLAT & record.keys()) > 2


def _items(source: Source, names: LabelNames, data: Json, place: str) -> Iterator[ImportItem]:
    flat = not isinstance(data.get("data"), dict)
    found = chosen_text(data if flat else data["data"], _results_in(data))
    if found is None:
        raise KnownError("it has no text: this program reads neither pictures nor sound")
    field, text = found
    document = MarkedText(text, f"{place} of {source.name}", names, "UTF-16 units")
    if flat:
        metadata = _flat(document, data, field)
    else:
        metadata = about(data["data"], field)
        if data.get("id") is not None:
            metadata.setdefault("task", str(data["id"]))
        people, controls = _named_beside(data, "annotators"), _named_beside(data, "controls")
        for annotation in _annotations(data):
            _annotation(document, annotation, people, controls)
        for prediction in _predictions(data):
            _prediction(document, prediction)
        _tell_left_out(document, data)
    yield from document.items(metadata={"path": source.path} | metadata)


def _annotations(data: Json) -> list[Json]:
    found = [*_list(data.get("annotations")), *_list(data.get("completions"))]
    return [each for each in found if isinstance(each, dict)]


def _predictions(data: Json) -> list[Json]:
    return [each for each in _list(data.get("predictions")) if isinstance(each, dict)]


def _results_in(data: Json) -> list[Json]:
    if not isinstance(data.get("data"), dict):
        return [
            {"value": each}
            for held in data.values()
            for each in _list(held)
            if isinstance(each, dict) and "text" in each
        ]
    held = [
        result
        for annotation in [*_annotations(data), *_predictions(data)]
        for result in _list(annotation.get("result"))
    ]
    return [result for result in held if isinstance(result, dict)]


def _named_beside(data: Json, what: str) -> dict[str, str]:
    """Names by numbers or controls, as this program writes them beside a task."""
    meta = data.get("meta")
    held = meta.get(what) if isinstance(meta, dict) else None
    named = held.items() if isinstance(held, dict) else ()
    return {key: name for key, name in named if isinstance(name, str) and name}


def _annotation(document: MarkedText, annotation: Json, people: Mapping[str, str], controls: Mapping[str, str]) -> None:
    results = [each for each in _list(annotation.get("result")) if isinstance(each, dict)]
    for each in results:
        if isinstance(name := each.get("from_name"), str) and name in controls:
            each["from_name"] = controls[name]
    if annotation.get("was_cancelled") is True:
        if results:
            count = "one result was" if len(results) == 1 else f"{len(results)} results were"
            document.tell(f"{count} left out: the annotation was cancelled.")
        return
    person = annotator_of(annotation)
    Results(document, people.get(person, person), _moment(annotation.get("created_at"))).put(results)


def _prediction(document: MarkedText, prediction: Json) -> None:
    """What a model proposes is its own work: marks of an annotator that is called as the model is."""
    results = [each for each in _list(prediction.get("result")) if isinstance(each, dict)]
    version = prediction.get("model_version")
    name = version if isinstance(version, str) and version.strip() else MODEL
    Results(document, name, _moment(prediction.get("created_at")), prediction).put(results)


def annotator_of(annotation: Json) -> str:
    """Who made an annotation: an address where there is one, else the number."""
    person = annotation.get("completed_by", annotation.get("annotator"))
    if isinstance(person, dict):
        person = person.get("email") or person.get("username") or person.get("id")
    return str(person) if isinstance(person, str | int) and person != "" and not isinstance(person, bool) else ""


def _moment(written: Any) -> str:
    """A time as it is stored, to the millisecond; nothing where it is none."""
    found = (
        re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$", written) if isinstance(written, str) else None
    )
    return f"{found[1]}.{(found[2] or '').ljust(3, '0')[:3]}Z" if found else ""


def _tell_left_out(document: MarkedText, data: Json) -> None:
    if drafts := len(_list(data.get("drafts"))):
        document.tell(f"{'one draft was' if drafts == 1 else f'{drafts} drafts were'} left out.")


def _flat(document: MarkedText, data: Json, field: str) -> dict[str, str]:
    """JSON_MIN: each control is a member of the record. Returns what the rest of it says."""
    results = Results(document, annotator_of(data), _moment(data.get("created_at")))
    taken = {field, *_OF_A_TASK}
    for name, held in data.items():
        regions = [each for each in _list(held) if isinstance(each, dict)]
        if name in taken:
            continue
        if regions and any("labels" in each or "start" in each for each in regions):
            results.put([{"id": f"{name}/{n}", "from_name": name, "value": each} for n, each in enumerate(regions)])
            taken.add(name)
        elif isinstance(held, dict) and isinstance(held.get("choices"), list):
            document.answer(name, [str(each) for each in held["choices"]], annotator_of(data))
            taken.add(name)
        elif "annotation_id" in data and (answer := _short_answer(held)) is not None and name.lower() not in _DATA:
            document.answer(name, answer, annotator_of(data))
            taken.add(name)
    return about(data, *taken) | ({"task": str(data["id"])} if data.get("id") is not None else {})


_DATA = frozenset(("title", "url", "uri", "date", "source", "author", "meta", "image", "audio", "video", "language"))
_SHORT = 100  # characters of a choice


def _short_answer(held: Any) -> AttributeValue | None:
    """A member of a flat record that may be an answer: a short word or a number."""
    if isinstance(held, bool | int | float) or (isinstance(held, str) and 0 < len(held) <= _SHORT and "\n" not in held):
        return held
    return None


def _list(held: Any) -> list[Any]:
    return held if isinstance(held, list) else []
