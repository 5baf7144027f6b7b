"""What is to be exported, from a project: all of it, or one annotator's work, or the documents that are so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.scheme import STATUSES, Scheme
from annotator.exporters.base import Contents, Loss, PrintPages, ReadBack, SchemeTexts
from annotator.exporters.pseudonyms import pseudonyms_of


class ReadableProject(Protocol):
    """What is read of a project. `annotator.store.reading.Reader` is one."""

    @property
    def id(self) -> str:
        """The project's id."""

    @property
    def name(self) -> str:
        """The project's name."""

    @property
    def scheme(self) -> Scheme:
        """The project's scheme."""

    def annotators(self) -> list[Annotator]:
        """Everyone who annotates in it."""

    def registry(self) -> list[RegistryEntry]:
        """Its people, organisations, places and concepts."""

    def annotated_documents(self, keys: Iterable[str] | None = None) -> Iterator[AnnotatedDocument]:
        """The documents with those ids, or all, one at a time."""


def contents_of(
    project: ReadableProject,
    document: str | None = None,
    *,
    annotator: str = "",
    status: str = "",
    layers: Sequence[str] = (),
    read_back: ReadBack | None = None,
    scheme_texts: SchemeTexts | None = None,
    print_pages: PrintPages | None = None,
    byte_order_mark: bool = True,
    with_text: bool = True,
    options: Mapping[str, str] | None = None,
    pseudonyms: bool = False,
) -> Contents:
    """What `project` holds, or the part of it that is asked for.

    `document` is the id of the only one that is wanted; `annotator`, a name or id, leaves only that person's marks,
    links, answers and statuses; `status` leaves the documents with which that person, or anybody, is so far; `layers`,
    names or titles, leaves only the marks of these. Without `with_text`, formats that can stand off leave the texts
    out. `options` are the exporter's. With `pseudonyms`, annotators are called A1, A2, … instead of by their names.
    Raises KnownError for a name that the project does not know.
    """
    annotators = tuple(project.annotators())
    keys = None if document is None else [document]
    whose = _annotator(annotators, annotator) if annotator else None
    which = _layers(project.scheme, layers)
    if status and status not in STATUSES:
        raise KnownError(f"There is no status “{status}”. There are: {', '.join(STATUSES)}.")

    def chosen(wanted: Iterable[str] | None) -> Iterator[AnnotatedDocument]:
        for found in project.annotated_documents(wanted):
            if not status or _is_so_far(found, whose, status):
                yield found

    def theirs(wanted: Iterable[str] | None = keys) -> Iterator[AnnotatedDocument]:
        parts = (_part_of(found, whose, which)[0] if whose or which else found for found in chosen(wanted))
        return map(called.document, parts) if called else parts

    people = (whose,) if whose else annotators
    called = pseudonyms_of(project.id, annotators) if pseudonyms else None

    return Contents(
        project_id=project.id,
        project_name=project.name,
        scheme=_scheme_of(project.scheme, which),
        annotators=tuple(map(called.annotator, people)) if called else people,
        registry=tuple(project.registry()),
        documents=theirs,
        some=theirs,
        lost=tuple(_lost(chosen(keys), whose, which)) if whose or which else (),
        read_back=read_back,
        scheme_texts=scheme_texts,
        print_pages=print_pages,
        byte_order_mark=byte_order_mark,
        with_text=with_text,
        options=options or {},
    )


def _annotator(annotators: Sequence[Annotator], wanted: str) -> Annotator:
    for annotator in annotators:
        if wanted in (annotator.name, annotator.id):
            return annotator
    known = ", ".join(annotator.name for annotator in annotators)
    raise KnownError(f"Nobody called “{wanted}” annotates in this project. There are: {known}.")


def _is_so_far(document: AnnotatedDocument, annotator: Annotator | None, status: str) -> bool:
    if annotator:
        return document.statuses.get(annotator.id, STATUSES[0]) == status
    found = set(document.statuses.values())
    return status in found or (status == STATUSES[0] and not found)


def _layers(scheme: Scheme, wanted: Sequence[str]) -> frozenset[str]:
    """The names of the layers that are `wanted`, by name or by title."""
    found = set()
    for name in wanted:
        layer = next((each for each in scheme.layers if name in (each.name, each.shown)), None)
        if layer is None:
            known = ", ".join(each.name for each in scheme.layers)
            raise KnownError(f"There is no layer “{name}” in this project. There are: {known}.")
        found.add(layer.name)
    return frozenset(found)


def _scheme_of(scheme: Scheme, layers: frozenset[str]) -> Scheme:
    """The scheme as far as it is about these layers; all of it for none."""
    if not layers:
        return scheme
    labels = tuple(label for label in scheme.labels if label.layer in layers)
    kinds = (kind for kind in scheme.relations if any(map(kind.starts_at, labels)) and any(map(kind.ends_at, labels)))
    kept = tuple(layer for layer in scheme.layers if layer.name in layers)
    return replace(scheme, layers=kept, labels=labels, relations=tuple(kinds))


def _part_of(
    document: AnnotatedDocument, annotator: Annotator | None, layers: frozenset[str]
) -> tuple[AnnotatedDocument, list[str], list[str]]:
    """What is wanted of `document`, and the marks whose links lead to what is not and are gone: to the marks of other
    annotators, and of other layers."""
    work, hanging = _work_of(document, annotator) if annotator else (document, [])
    if not layers:
        return work, hanging, []
    annotations = tuple(mark for mark in work.annotations if mark.label.layer in layers)
    kept = {mark.id for mark in annotations}
    relations = tuple(link for link in work.relations if link.source in kept and link.target in kept)
    apart = [link.source for link in work.relations if link.source in kept and link.target not in kept]
    return replace(work, annotations=annotations, relations=relations), hanging, apart


def _work_of(document: AnnotatedDocument, annotator: Annotator) -> tuple[AnnotatedDocument, list[str]]:
    """`document` with one annotator's work alone, and the marks whose links lead to somebody else's and are gone."""
    annotations = tuple(mark for mark in document.annotations if mark.annotator == annotator.id)
    kept = {mark.id for mark in annotations}
    own = [link for link in document.relations if link.annotator == annotator.id]
    relations = tuple(link for link in own if link.source in kept and link.target in kept)
    hanging = [link.source for link in own if link.source not in kept or link.target not in kept]
    work = replace(
        document,
        annotations=annotations,
        relations=relations,
        labels=tuple(answer for answer in document.labels if answer.annotator == annotator.id),
        statuses={key: status for key, status in document.statuses.items() if key == annotator.id},
    )
    return work, hanging


def _lost(
    documents: Iterable[AnnotatedDocument], annotator: Annotator | None, layers: frozenset[str]
) -> Iterator[Loss]:
    hanging: list[str] = []
    apart: list[str] = []
    for document in documents:
        if document.relations:
            _, more_hanging, more_apart = _part_of(document, annotator, layers)
            hanging += more_hanging
            apart += more_apart
    for what, keys in (("annotators", hanging), ("layers", apart)):
        if keys:
            yield Loss(f"links to the marks of other {what}", len(keys), tuple(dict.fromkeys(keys)))
