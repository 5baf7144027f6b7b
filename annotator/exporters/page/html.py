"""One page of HTML with all articles and their marks, which needs nothing but itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Progress
from annotator.exporters.base import EVERYTHING, Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger
from annotator.exporters.options import NO, Option, yes_no
from annotator.exporters.page.reading import read_page
from annotator.exporters.page.told import Teller, ToldArticle, ToldMark, article_title
from annotator.exporters.page.writing import Front, PageWriter
from annotator.exporters.proving import Frame, Part, export_file
from annotator.exporters.xml_text import xml_text

SHOWN = (
    Option("title", "Title", "", kind="text", explanation="If empty, the project’s name."),
    yes_no("answers", "Answers", default=True, explanation="About marks, links and articles."),
    yes_no("notes", "Notes on marks", default=True),
    yes_no("people", "Who marked it", default=True),
    yes_no("facts", "What is known of an article", default=True, explanation="Source, date and the like."),
)
_FEATURES = {
    "answers": ("attributes", "link_attributes", "answers"),
    "notes": ("notes",),
    "people": ("people", "statuses"),
    "facts": ("facts",),
}  # of what a format carries: those that an option decides about


class HtmlExporter(PlainExporter):
    """A page to look at, to hand on and to print. No script, no font and no picture is in it or fetched."""

    name = "html"
    title = "Page of HTML, to look at"
    suffix = ".html"
    carries = EVERYTHING
    unit = "code points"
    loses = "It is made to be looked at: no program reads it in again."
    options = SHOWN

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write `contents` to the file `out`, whole or not at all. Raises KnownError where that cannot be."""
        carries = shown_part(self.carries, contents.options)
        teller = Teller(contents)
        page = PageWriter(contents.scheme, heading_of(contents))
        number = 0

        def part(document: AnnotatedDocument, ledger: Ledger) -> Part:
            nonlocal number
            number += 1
            told = without_people(teller.article(document, number), carries)
            data = xml_text(page.article(told), ledger).encode()
            return Part(data, _held(told), len(document.annotations), len(document.relations))

        head = xml_text(page.head(front_of(contents, carries)), Ledger())
        frame = Frame(head.encode(), tail=page.tail().encode())
        return export_file(contents, out, carries, part, read_page, progress, frame)


def shown_part(carries: Carries, options: Mapping[str, str]) -> Carries:
    """What of `carries` is wanted."""
    gone = [feature for name, features in _FEATURES.items() if options.get(name) == NO for feature in features]
    return carries._replace(**dict.fromkeys(gone, False))


def heading_of(contents: Contents) -> str:
    """What the whole is called."""
    return contents.options.get("title", "").strip() or contents.project_name or "Articles"


def without_people(told: ToldArticle, carries: Carries) -> ToldArticle:
    """The article, without names of annotators and without facts where they are not wanted."""
    if not carries.facts:
        told = told._replace(facts=())
    if carries.people:
        return told
    marks = (mark._replace(who="", links=tuple(link._replace(who="") for link in mark.links)) for mark in told.marks)
    return told._replace(marks=tuple(marks), answers=tuple((name, held, "") for name, held, _ in told.answers))


def front_of(contents: Contents, carries: Carries) -> Front:
    """What stands before the articles: which there are, how often each label is used, and whose marks they are."""
    articles: list[tuple[str, int]] = []
    counts: Counter[tuple[str, str]] = Counter()
    people: set[str] = set()
    for number, document in enumerate(contents.documents(), 1):
        marks = [mark for mark in document.annotations if mark.end <= len(document.text)]
        articles.append((article_title(document, number), len(marks)))
        counts.update((mark.label.layer, mark.label.name) for mark in marks)
        people.update(mark.annotator for mark in marks)
    named = [person.name for person in contents.annotators if person.id in people]
    return Front(articles, counts, named if carries.people else [])


def _held(told: ToldArticle) -> Hashable:
    """What reading the article again must give."""
    document = told.document
    zones = tuple((zone.label, zone.span.start, zone.span.end) for zone in document.zones)
    facts = (
        *(("fact", name, held, "") for name, held in told.facts),
        *(("answer", name, held, who) for name, held, who in told.answers),
        *(("status", who, status, "") for who, status in told.statuses),
    )
    found: Hashable = _as_written(
        (document.title, document.text, zones, facts, tuple(_held_mark(mark) for mark in told.marks))
    )
    return found


def _held_mark(mark: ToldMark) -> Hashable:
    links = tuple((link.kind, str(link.number), link.answers, link.who) for link in mark.links)
    places = tuple((piece.start, piece.end) for piece in mark.fragments)
    said = (mark.words, mark.answers, mark.note, mark.who, links)
    return (mark.label.layer, mark.label.name, mark.label.shown.upper(), places, *said)


def _as_written(held: Any) -> Any:
    """The same with every sign that a page cannot have replaced, but in the list of zones, where signs are numbers."""
    if isinstance(held, str):
        return xml_text(held, Ledger())
    return tuple(map(_as_written, held)) if isinstance(held, tuple) else held
