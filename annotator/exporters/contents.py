"""What is to be exported, from a project: all of it, or one annotator's work, or the documents that are so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.scheme import STATUSES, Scheme
from annotator.exporters.base import Contents, Loss, ReadBack


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
    read_back: ReadBack | None = None,
) -> Contents:
    """What `project` holds, or the part of it that is asked for.

    `document` is the id of the only one that is wanted; `annotator`, a name or id, leaves only that person's marks,
    links, answers and statuses; `status` leaves the documents with which that person, or anybody, is so
    far. Raises KnownError for a name that the project does not know.
    """
    annotators = tuple(project.annotators())
    keys = None if document is None else [document]
    whose = _annotator(annotators, annotator) if annotator else None
    if status and status not in STATUSES:
        raise KnownError(f"There is no status “{status}”. There are: {', '.join(STATUSES)}.")

    def chosen() -> Iterator[AnnotatedDocument]:
        for found in project.annotated_documents(keys):
            if not status or _is_so_far(found, whose, status):
                yield found

    def theirs() -> Iterator[AnnotatedDocument]:
        return (_work_of(found, whose)[0] if whose else found for found in chosen())

    return Contents(
        project_id=project.id,
        project_name=project.name,
        scheme=project.scheme,
        annotators=(whose,) if whose else annotators,
        registry=tuple(project.registry()),
        documents=theirs,
        lost=tuple(_lost(chosen(), whose)) if whose else (),
        read_back=read_back,
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


def _lost(documents: Iterable[AnnotatedDocument], annotator: Annotator) -> Iterator[Loss]:
    hanging = [key for document in documents if document.relations for key in _work_of(document, annotator)[1]]
    if hanging:
        yield Loss("links to the marks of other annotators", len(hanging), tuple(dict.fromkeys(hanging)))
