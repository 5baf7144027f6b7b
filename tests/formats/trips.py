"""Out and in again: a project written in one format, read into a fresh project, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.scheme import Label
from annotator.exporters import ENGINES, EXPORTERS, NETWORKS, PAGES
from annotator.exporters.base import Carries, Exporter, ExportReport
from annotator.exporters.contents import contents_of
from annotator.importers import ANNOTATIONS, OWN
from annotator.importers.walking import HEAD, items, read_file, recognised, sources
from annotator.scheme_files.files import scheme_texts
from annotator.store.project import Project
from tests.formats.holding import Held, Link, Mark, as_texts, held

COMING = [exporter for exporter in EXPORTERS if exporter not in (*ENGINES, *NETWORKS, *PAGES)]  # others are for reading

# what reports say of marks and links that are not in the file at all
MARKS_GONE = ("marks within longer ones", "crossing marks", "marks of several pieces", "marks of white space",
              "marks outside their text")  # fmt: skip
ACROSS = "links to the marks of other annotators"
LINKS_GONE = ("links", "links of marks that were left out", ACROSS)
ONE_LINE = "line ends in notes (written as \\n)"
TRIMMED, SPELT = "white space at the ends of marks", "names (spelt otherwise)"


class Trip(NamedTuple):
    """How a project came back."""

    marks: int  # there were
    told: int  # marks and links that were left out, and told
    differs: tuple[str, ...]  # what is otherwise and was not told
    back: bool = True  # False: no importer reads such files

    @property
    def verdict(self) -> str:
        """In a word or two."""
        if not self.back:
            return "–"
        if self.differs:
            return "differs: " + "; ".join(self.differs)
        return f"same but {self.told} told" if self.told else "same"


def trip(project: Project, exporter: Exporter, folder: Path) -> Trip:
    """Write `project` into `folder`, read that into a fresh project of the same scheme, and compare."""
    out = folder / f"out{exporter.suffix}"
    contents = contents_of(project, read_back=read_file, scheme_texts=scheme_texts)
    try:
        report = exporter.export(contents, out)
    except KnownError as error:
        return Trip(0, 0, (f"not written: {error}",))
    if not _read_as_marks(out):
        return Trip(report.annotations, 0, (), back=False)
    with Project(project.scheme) as fresh:
        fresh.work_as(_only_person(project))
        came = fresh.import_documents(items([out]))
        twins = _twins(project, fresh)
        told = ["unverified"] if not report.verified else []
        told += [f"failed: {failure.reason}" for failure in came.failed[:1]]
        if twins:
            told.append(f"{len(twins)} labels twice, as {twins[0].layer}/{twins[0].name}")
        return _compared(project, fresh, exporter.carries, report, told)


def _twins(project: Project, fresh: Project) -> list[Label]:
    """Labels that came into being beside those of the same name which the scheme had."""
    names = {label.name for label in project.scheme.labels}
    known = {(label.layer, label.name) for label in project.scheme.labels}
    return [each for each in fresh.scheme.labels if each.name in names and (each.layer, each.name) not in known]


def _read_as_marks(out: Path) -> bool:
    """Whether what was written is read by an importer of annotations."""
    for source in sources([out]):
        found = recognised(source.head(HEAD), source.name)
        if found in OWN or found in ANNOTATIONS:
            return True
    return False


def _only_person(project: Project) -> str:
    """Who marked, where that is one: formats that name nobody give all marks to whoever imports."""
    names = {person.id: person.name for person in project.annotators()}
    found = {mark.annotator for document in project.annotated_documents() for mark in document.annotations}
    return names[found.pop()] if len(found) == 1 else "the importer"


def _compared(project: Project, fresh: Project, carries: Carries, report: ExportReport, told: list[str]) -> Trip:
    what = {loss.what for loss in report.lost}
    texts = frozenset(d.text for d in project.annotated_documents()) & {d.text for d in fresh.annotated_documents()}
    if TRIMMED in what:
        texts = frozenset()  # positions are compared without white space
    people = {person.id: person.name for each in (project, fresh) for person in each.annotators()}
    marks = {key for loss in report.lost if loss.what in MARKS_GONE for key in loss.annotations}
    everything = list(project.annotated_documents())
    wanted = held((_kept(document, marks, report) for document in everything), people, exact=texts)
    found = held(fresh.annotated_documents(), people, exact=texts)
    if ONE_LINE in what:
        for each in wanted.values():
            each.marks = [mark._replace(note=mark.note.replace("\n", "\\n")) for mark in each.marks]
    if SPELT in what:
        _call_alike(wanted, found)
    gone = sum(loss.count for loss in report.lost if loss.what in (*MARKS_GONE, *LINKS_GONE))
    differs = [*told, *_differences(wanted, found, carries)]
    return Trip(sum(len(document.annotations) for document in everything), gone, tuple(differs))


def _call_alike(wanted: dict[str, Held], found: dict[str, Held]) -> None:
    """Give names that are on one side only, since a format spells them otherwise, one name on both."""
    names = [{mark.label for each in side.values() for mark in each.marks} for side in (wanted, found)]
    kinds = [{link.name for each in side.values() for link in each.links} for side in (wanted, found)]
    labels, links = names[0] & names[1], kinds[0] & kinds[1]

    def called(name: str, known: set[str]) -> str:
        return name if name in known else "spelt otherwise"

    for each in (*wanted.values(), *found.values()):
        each.marks = [mark._replace(label=called(mark.label, labels), layer="") for mark in each.marks]
        each.links = [
            link._replace(
                name=called(link.name, links),
                source=(called(link.source[0], labels), link.source[1]),
                target=(called(link.target[0], labels), link.target[1]),
            )
            for link in each.links
        ]


def _kept(document: AnnotatedDocument, gone: set[str], report: ExportReport) -> AnnotatedDocument:
    """The document without what the report says was left out."""
    what = {loss.what for loss in report.lost}
    by = {mark.id: mark.annotator for mark in document.annotations}
    links = [link for link in document.relations if not {link.source, link.target} & gone and "links" not in what]
    if ACROSS in what:
        links = [link for link in links if by[link.source] == by[link.target]]
    marks = tuple(mark for mark in document.annotations if mark.id not in gone)
    return replace(document, annotations=marks, relations=tuple(links))


def _differences(wanted: dict[str, Held], found: dict[str, Held], carries: Carries) -> Iterator[str]:
    missing = [each for key, each in wanted.items() if key not in found]
    if missing:
        marked = sum(len(each.marks) for each in missing)
        yield f"{len(missing)} texts with {marked} marks are not there"
    both = [(each, found[key]) for key, each in wanted.items() if key in found]
    yield from _counted("marks", ((one.placed(), other.placed()) for one, other in both))
    same = [(one.marks, other.marks) for one, other in both if one.placed() == other.placed()]
    for what, asked, says in _ASPECTS:
        if asked(carries):
            pairs = ((_said(one, says), _said(other, says)) for one, other in same)
            yield from _counted(what, pairs)
    if carries.links:
        yield from _counted("links", ((_ends(one.links), _ends(other.links)) for one, other in both))
    if carries.answers:
        yield from _counted("answers of forms", ((_form(one), _form(other)) for one, other in both))
    if carries.links and carries.link_attributes:
        yield from _counted("answers on links", ((_full(one.links), _full(other.links)) for one, other in both))


def _counted(what: str, pairs: Iterable[tuple[Counter[object], Counter[object]]]) -> Iterator[str]:
    lost = more = 0
    examples: list[object] = []
    for one, other in pairs:
        lost += (one - other).total()
        more += (other - one).total()
        examples += [*list(one - other)[:1], *list(other - one)[:1]] if len(examples) < 2 else []
    if lost or more:
        shown = " | ".join(str(each)[:100] for each in examples)
        yield f"{what}: {lost} lost, {more} more, as {shown}"


def _said(marks: Sequence[Mark], says: object) -> Counter[object]:
    return Counter((mark.label, mark.pieces, says(mark)) for mark in marks)  # type: ignore[operator]


def _ends(links: Sequence[Link]) -> Counter[object]:
    return Counter((link.name, link.source, link.target) for link in links)


def _form(held: Held) -> Counter[object]:
    return Counter((name, as_texts(value)) for name, value, _ in held.answers)


def _full(links: Sequence[Link]) -> Counter[object]:
    return Counter((link.name, link.source, link.target, as_texts(link.attributes)) for link in links)


_ASPECTS = (
    ("layers", lambda carries: True, lambda mark: mark.layer),
    ("answers", lambda carries: carries.attributes, lambda mark: as_texts(mark.attributes)),
    ("types of answers", lambda carries: carries.attributes, lambda mark: mark.attributes),
    ("notes", lambda carries: carries.notes, lambda mark: mark.note),
    ("people", lambda carries: carries.people, lambda mark: mark.annotator),
)
