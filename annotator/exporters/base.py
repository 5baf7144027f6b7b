"""What an export format is, what it is given and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from annotator.core.annotation import AnnotatedDocument, Annotator, RegistryEntry
from annotator.core.carries import EVERYTHING as EVERYTHING
from annotator.core.carries import Carries as Carries
from annotator.core.imports import ImportItem, Progress
from annotator.core.scheme import Scheme
from annotator.exporters.options import Option

if TYPE_CHECKING:
    from annotator.exporters.page.book import Book, Printed
    from annotator.exporters.splitting import SplitPlan

SchemeTexts = Callable[[str, Scheme], Mapping[str, str]]  # a scheme format's name; gives texts by their files' names
PrintPages = Callable[["Book", Path], "Printed"]  # draws pages into the file at a path
ReadBack = Callable[[Path, str], Iterable[ImportItem]]  # a file and its format's name; gives what the file holds


@dataclass(frozen=True, slots=True)
class Contents:
    """What is exported: a project, or a part of it."""

    project_id: str
    project_name: str
    scheme: Scheme
    annotators: tuple[Annotator, ...]
    registry: tuple[RegistryEntry, ...]
    documents: Callable[[], Iterable[AnnotatedDocument]]  # each call gives them all anew, one at a time
    lost: tuple[Loss, ...] = ()  # what was taken away before: see `contents_of`
    read_back: ReadBack | None = None  # an importer, to check what was written with
    scheme_texts: SchemeTexts | None = None  # writes the scheme, for formats that put it beside their files
    print_pages: PrintPages | None = None  # draws them, for a format that is printed
    byte_order_mark: bool = True  # at the beginning of tables, by which spreadsheets know UTF-8
    with_text: bool = True  # False: positions and hashes alone, for archives whose texts may not be passed on
    options: Mapping[str, str] = field(default_factory=dict)  # a value for every option of the exporter
    some: Callable[[Iterable[str]], Iterable[AnnotatedDocument]] | None = None  # those of some ids, without reading all
    plan: SplitPlan | None = None  # for exporters that write the parts of a split themselves


@dataclass(frozen=True, slots=True)
class Loss:
    """What did not go into a file, and of which annotations."""

    what: str
    count: int
    annotations: tuple[str, ...] = ()  # their ids


class SplitCounts(NamedTuple):
    """What a split came to."""

    parts: dict[str, int]  # documents of each
    groups: int  # of near-duplicates
    near_duplicates: int  # documents in them
    largest: int  # documents of the largest group
    moved: int  # near-duplicates that went to the earlier side, because another was there
    parted: int  # groups that an earlier split had put on two sides, and that stay there
    unknown: int  # documents without the date or the source by which was split
    by: str
    dates: tuple[str, ...]  # by date: the first day of dev, and that of test


@dataclass(slots=True)
class ExportReport:
    """What an export wrote: the report of the command line, and of the window."""

    documents: int = 0
    annotations: int = 0
    relations: int = 0
    files: list[str] = field(default_factory=list)
    lost: list[Loss] = field(default_factory=list)
    verified: bool = False  # what was written was read again, and is what was meant
    split: SplitCounts | None = None

    def to_json(self) -> dict[str, Any]:
        """The report as CONTRACT-following programs read it."""
        report: dict[str, Any] = {
            "documents": self.documents,
            "annotations": self.annotations,
            "relations": self.relations,
            "files": self.files,
            "lost": [
                {"what": loss.what, "count": loss.count, "annotations": list(loss.annotations)} for loss in self.lost
            ],
            "verified": self.verified,
        }
        return report | ({"split": self.split._asdict()} if self.split else {})


class Exporter(Protocol):
    """Writes annotated documents in one format. Sees neither the project file nor the window."""

    @property
    def name(self) -> str:
        """As `annotator export --format` takes it."""

    @property
    def title(self) -> str:
        """As people read it."""

    @property
    def suffix(self) -> str:
        """What its files' names end in; empty for a folder."""

    @property
    def loses(self) -> str:
        """What the format cannot carry, said before the file is written; a sentence, or nothing."""

    @property
    def carries(self) -> Carries:
        """What the format can hold; what it cannot is left out, and reported."""

    @property
    def unit(self) -> str:
        """What its positions count: code points, UTF-16 units, tokens; or nothing."""

    @property
    def options(self) -> tuple[Option, ...]:
        """What can be chosen about it."""

    @property
    def stands_off(self) -> bool:
        """Whether it can be written without the texts: see `Contents.with_text`."""

    @property
    def writes_parts(self) -> bool:
        """Whether it writes the parts of a split itself, as `Contents.plan` has them, and split.json beside them."""

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to `out`, all or nothing, then read it again and compare.

        Raises KnownError when it cannot be written; what was at `out` is then as it was. What `progress` raises
        breaks the export off in the same way.
        """


class PlainExporter:
    """What most formats are like: nothing to choose, no way to leave out the texts, a file or folder for each part."""

    options: tuple[Option, ...] = ()
    stands_off: bool = False
    writes_parts: bool = False
