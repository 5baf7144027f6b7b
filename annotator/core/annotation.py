"""What a project holds, as values: documents with their zones, marks, relations and labels.

They are named tuples where an import or an export makes hundreds of thousands of them (a frozen data class of as
many fields costs four times as much to make), and frozen data classes elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotator.core.raw_page import RawPage
from annotator.core.scheme import Label, RelationType
from annotator.core.span import Span

AttributeValue = str | bool | int | float | list[str]


class Zone(NamedTuple):
    """What a part of the page is: HEADLINE, CAPTION, BOILERPLATE, … Nothing of a page is cut away."""

    id: str
    label: str
    span: Span


class Annotation(NamedTuple):
    """An annotator's statement that a span of a document, in one or more fragments, carries a label."""

    id: str
    label: Label
    fragments: tuple[Span, ...]  # in order, apart from each other, at least one
    attributes: Mapping[str, AttributeValue]  # by the attribute's name; what is not coded is absent
    note: str
    annotator: str  # the annotator's id
    origin: str  # manual, import, or what suggested it
    confidence: float | None  # of a suggestion, 0 to 1
    created: str  # in UTC, as 2026-11-22T09:00:00.000Z
    updated: str
    scheme: int = 0  # the version of the scheme it was made under, as `Scheme.version`; 0 where that is not known

    @property
    def start(self) -> int:
        """Where the first fragment starts, in code points."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the last fragment ends, in code points."""
        return self.fragments[-1].end

    def covered(self, text: str) -> str:
        """The marked words of `text`, fragments joined by a space."""
        return " ".join([text[fragment.start : fragment.end] for fragment in self.fragments])


class Relation(NamedTuple):
    """A link from one annotation to another of the same document."""

    id: str
    type: RelationType
    source: str  # the annotation it starts from ("from" in files)
    target: str  # the annotation it leads to ("to" in files)
    attributes: Mapping[str, AttributeValue]
    annotator: str
    created: str
    updated: str


class DocumentLabel(NamedTuple):
    """One answer in a document's form."""

    id: str
    name: str
    value: AttributeValue
    annotator: str


class Annotator(NamedTuple):
    """Someone who annotates."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """A person, organisation, place or concept of the project."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    color: str = ""  # as #rrggbb


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One address under which a document's text was found. The same text at two addresses is one document."""

    uri: str = ""
    path: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with all that is known of it, as importers make them and exporters read them.

    `id` and `sha256` may be empty in what an importer makes: the project gives them.
    """

    text: str
    title: str = ""
    id: str = ""
    sha256: str = ""
    language: str = ""
    direction: str = "ltr"
    metadata: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[Zone, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    labels: tuple[DocumentLabel, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)  # by annotator's id
    occurrences: tuple[Occurrence, ...] = ()
    note: str = ""
    raw: RawPage | None = None  # the bytes it was found in, where an importer keeps them; what a project gives has none
