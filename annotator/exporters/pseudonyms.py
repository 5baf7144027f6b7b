"""Exports without the names of those who annotated: each has a number instead, the same in every export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.core.annotation import AnnotatedDocument, Annotator
from annotator.core.ids import named_id


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Who is called what, by the annotators' ids. The ids of files are others too: ours stand in other files."""

    people: dict[str, Annotator]

    def annotator(self, annotator: Annotator) -> Annotator:
        """The annotator as the file knows them."""
        return self.people[annotator.id]

    def document(self, document: AnnotatedDocument) -> AnnotatedDocument:
        """`document` with everybody's work under their pseudonym."""
        return replace(
            document,
            annotations=tuple(mark._replace(annotator=self._id(mark.annotator)) for mark in document.annotations),
            relations=tuple(link._replace(annotator=self._id(link.annotator)) for link in document.relations),
            labels=tuple(answer._replace(annotator=self._id(answer.annotator)) for answer in document.labels),
            statuses={self._id(key): status for key, status in document.statuses.items()},
        )

    def _id(self, key: str) -> str:
        return self.people[key].id if key in self.people else ""


def pseudonyms_of(project: str, annotators: Sequence[Annotator]) -> Pseudonyms:
    """A1, A2, … for the `annotators` of the project with that id, in the order in which they came to it."""
    named = ((each.id, f"A{number}") for number, each in enumerate(annotators, 1))
    return Pseudonyms({key: Annotator(named_id(f"pseudonyms/{project}/{name}"), name) for key, name in named})
