"""Exports in parts, to train, develop and test with: near-duplicates on one side, and the split written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.common_lines import CommonLines
from annotator.core.dates import date_of
from annotator.core.ids import text_hash
from annotator.core.imports import Progress
from annotator.core.near_duplicates import NearDuplicates, body_of
from annotator.exporters.base import Contents, Exporter, ExportReport, Loss, SplitCounts
from annotator.exporters.placing import Placeable, Placed, Split, place
from annotator.exporters.split_file import NAME, counts, read_parts, write_split
from annotator.exporters.whole_folder import whole_folder


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """Where each document of an export goes."""

    split: Split
    documents: Sequence[Placeable]
    groups: Sequence[Sequence[str]]
    placed: Placed

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts, in order: an earlier split may have had more than are asked for now."""
        return tuple(counts(self.split, self.documents, self.placed))

    def only(self, contents: Contents, part: str) -> Contents:
        """What of `contents` belongs to a part."""

        def documents() -> Iterator[AnnotatedDocument]:
            found = contents.documents() if contents.some is None else contents.some(ids)
            return (document for document in found if self.placed.parts.get(_key(document)) == part)

        ids = [each.id for each in self.documents if self.placed.parts[each.key] == part]
        return replace(contents, documents=documents, some=None, lost=(), plan=None)

    def write(self, folder: Path) -> None:
        """Write it down as split.json."""
        write_split(folder / NAME, self.split, self.documents, self.groups, self.placed)

    def stands_in(self, folder: Path) -> bool:
        """Whether the split.json there says the same."""
        return read_parts(folder / NAME) == self.placed.parts

    def counts(self) -> SplitCounts:
        """What is told of it."""
        placed = self.placed
        return SplitCounts(
            parts=counts(self.split, self.documents, placed),
            groups=len(self.groups),
            near_duplicates=sum(map(len, self.groups)),
            largest=max(map(len, self.groups), default=0),
            moved=len(placed.moved),
            parted=placed.apart,
            unknown=placed.unknown,
            by=self.split.by,
            dates=placed.dates,
        )


def plan_split(contents: Contents, split: Split, progress: Progress | None = None) -> SplitPlan:
    """Look at all documents, and say where each goes.

    Where many have the same lines, which say nothing of them, near-duplicates are looked for a second time, without
    these. Of a document, some hundred bytes are kept; its text is not. `progress` is told documents.
    """
    told = progress or (lambda count: None)
    lines, alike, found = CommonLines(), NearDuplicates(), list[Placeable]()
    for document in contents.documents():
        found.append(_placeable(document))
        if split.near_duplicates:
            body = body_of(document)
            lines.add(body)
            alike.add(found[-1].key, body)
        told(len(found))
    groups = _groups(contents, lines, told) if lines.common else alike.groups()
    return SplitPlan(split, found, groups, place(found, groups, split))


def _groups(contents: Contents, lines: CommonLines, progress: Progress) -> list[list[str]]:
    alike = NearDuplicates()
    for number, document in enumerate(contents.documents(), 1):
        alike.add(_key(document), lines.without(body_of(document)))
        progress(number)
    return alike.groups()


def export_split(
    exporter: Exporter, contents: Contents, out: Path, split: Split, progress: Progress | None = None
) -> ExportReport:
    """Write `contents` in parts to the folder `out`: a file or a folder each, and split.json beside them.

    Whole or not at all; verified only where every part is. `progress` is told documents: looking at them counts for
    half of the way. Raises KnownError where the folder cannot be written.
    """
    told = progress or (lambda count: None)
    plan = plan_split(contents, split, _onwards(lambda count: told(count // 2)))
    half = len(plan.documents) // 2
    if exporter.writes_parts:
        report = exporter.export(replace(contents, plan=plan), out, lambda done: told(half + done // 2))
    else:
        report = _export_each(exporter, contents, out, plan, lambda done: told(half + done // 2))
    report.split = plan.counts()
    return report


def _export_each(
    exporter: Exporter, contents: Contents, out: Path, plan: SplitPlan, progress: Progress
) -> ExportReport:
    reports: list[ExportReport] = []
    with whole_folder(out) as folder:
        for part in plan.parts:
            before = sum(report.documents for report in reports)
            told = _counting_on(progress, before)
            reports.append(exporter.export(plan.only(contents, part), folder / f"{part}{exporter.suffix}", told))
        plan.write(folder)
        kept = plan.stands_in(folder)
    joined = _joined(reports)
    joined.lost += contents.lost
    joined.files = [str(out)]
    joined.verified = joined.verified and kept
    return joined


def _onwards(progress: Progress) -> Progress:
    """`progress` that is never told less than before, where documents are gone through again."""
    most = 0

    def told(count: int) -> None:
        nonlocal most
        most = max(most, count)
        progress(most)

    return told


def _counting_on(progress: Progress, before: int) -> Callable[[int], None]:
    return lambda done: progress(before + done)


def _joined(reports: Sequence[ExportReport]) -> ExportReport:
    lost: dict[str, Loss] = {}
    for loss in (loss for report in reports for loss in report.lost):
        known = lost.get(loss.what, Loss(loss.what, 0))
        lost[loss.what] = Loss(loss.what, known.count + loss.count, known.annotations + loss.annotations)
    return ExportReport(
        documents=sum(report.documents for report in reports),
        annotations=sum(report.annotations for report in reports),
        relations=sum(report.relations for report in reports),
        lost=list(lost.values()),
        verified=all(report.verified for report in reports),
    )


def _placeable(document: AnnotatedDocument) -> Placeable:
    known = document.metadata
    source = known.get("publication", "") or known.get("archive", "")
    return Placeable(_key(document), document.id, source.strip(), date_of(known.get("published", "")))


def _key(document: AnnotatedDocument) -> str:
    return document.sha256 or text_hash(document.text)
