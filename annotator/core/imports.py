"""What passes from an importer to the project, and what is said when an import is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.scheme import Scheme
from annotator.core.standing_off import StandOff


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or record that did not come in, and why, as a sentence for people."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a file that came in which a person should know."""

    text: str


@dataclass(frozen=True, slots=True)
class Count(Notice):
    """How many articles a file held, beside the number that the file itself gives."""

    found: int
    claimed: int


@dataclass(frozen=True, slots=True)
class Suspect(Notice):
    """An article that came in and looks wrong: without a title, a date or enough text, or a page that says sorry."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about all of its documents, before the first of them."""

    scheme: Scheme = field(default_factory=Scheme)
    annotators: tuple[Annotator, ...] = ()
    registry: tuple[RegistryEntry, ...] = ()
    project_id: str = ""
    project_name: str = ""


ImportItem = AnnotatedDocument | StandOff | Failure | Notice | Header
Progress = Callable[[int], None]  # how many documents were taken in so far
Stop = Callable[[], bool]  # whether the person has cancelled


@dataclass(slots=True)
class ImportReport:
    """What an import did: the report of the command line, and of the window."""

    documents: int = 0
    duplicates: int = 0
    joined: int = 0  # articles of the project that marks from a file without texts were joined to
    annotations: int = 0
    relations: int = 0
    failed: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    cancelled: bool = False

    def to_json(self) -> dict[str, Any]:
        """The report as CONTRACT-following programs read it."""
        report: dict[str, Any] = {
            "documents": self.documents,
            "duplicates": self.duplicates,
            "annotations": self.annotations,
            "relations": self.relations,
            "failed": [{"path": failure.path, "reason": failure.reason} for failure in self.failed],
            "warnings": self.warnings,
        }
        joined = {"joined": self.joined} if self.joined else {}
        return report | joined | ({"cancelled": True} if self.cancelled else {})
