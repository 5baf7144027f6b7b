"""A list of events: a row a statement, as discourse network analysis lists them."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterator
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument, Annotation
from annotator.core.errors import KnownError
from annotator.core.imports import Progress
from annotator.core.statements import Node, Window, whole_day
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger
from annotator.exporters.networks.options import DATES, ROLES, wanted_roles, wanted_window
from annotator.exporters.networks.roles import Roles, statement_roles
from annotator.exporters.networks.speaking import Speaking
from annotator.exporters.proving import Frame, Part, export_file
from annotator.exporters.separated import Row, by_document, head, rows, safe, written
from annotator.exporters.value_texts import joined
from annotator.exporters.whole_file import see_that_it_is_no_database

HEAD = (
    *("document", "statement", "date", "title", "source", "author", "section", "actor", "actor_type", "organisation"),
    *("concept", "agreement", "place", "label", "annotator", "start", "end", "text", "note"),
)
_AS_IT_IS = Carries(*[True] * len(Carries._fields))  # nothing is to be taken away before the rows are made


class EventListExporter(PlainExporter):
    """A row for each statement: when, where, who, about what, and whether they agree."""

    name = "events"
    title = "List of events, CSV"
    suffix = ".csv"
    carries = Carries(nested=True, crossing=True, discontinuous=True, notes=True, people=True)
    unit = "code points"
    loses = (
        "It is made of statements alone, with who, about what, whether they agree, when and where. Marks that are no"
        " statements are left out, and so is whatever else is known of statements and articles."
    )
    options = (*ROLES, *DATES)

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write the statements of `contents` to the file `out`, whole or not at all.

        Raises KnownError where that cannot be, or the scheme has no statements.
        """
        see_that_it_is_no_database(out, Path(os.path.realpath(out)))
        roles = statement_roles(contents.scheme, wanted_roles(contents.options))
        if not roles:
            raise KnownError(no_actors())
        listing = _Listing(contents, roles, wanted_window(contents.options))

        def read(path: Path) -> Iterator[Hashable]:
            return (group for _, group in by_document(rows(path, HEAD)))

        frame = Frame(head(HEAD, marked=contents.byte_order_mark))
        return export_file(contents, out, _AS_IT_IS, listing.part, read, progress, frame)


def no_actors() -> str:
    """What is said where a scheme has no statements."""
    return (
        "Nothing in this scheme says who speaks: no label has an attribute or a link for an actor. Name one with"
        " actor=…, and the label with label=…, or take network=together: which names stand together. Nothing was"
        " written."
    )


class _Listing:
    """Makes the rows of one document after another."""

    def __init__(self, contents: Contents, roles: dict[str, Roles], window: Window) -> None:
        self._roles, self._window = roles, window
        self._entries = {entry.id: entry for entry in contents.registry}
        self._people = {person.id: person.name for person in contents.annotators}

    def part(self, document: AnnotatedDocument, ledger: Ledger) -> Part:
        """The rows of a document as a file holds them."""
        speaking = Speaking(document, self._entries)
        found = []
        for mark in document.annotations:
            roles = self._roles.get(mark.label.id)
            day = speaking.day(mark, roles) if roles else ""
            if roles is None:
                ledger.lose("marks that are no statements", [mark.id])
            elif not self._window.holds(whole_day(day)):
                ledger.lose("marks outside the time" if day else "marks without a date", [mark.id])
            else:
                found.append(self._row(speaking, mark, roles, day))
        return Part(written(found), tuple(found) or None, len(found))

    def _row(self, speaking: Speaking, mark: Annotation, roles: Roles, day: str) -> Row:
        document = speaking.document
        actors = speaking.nodes(mark, roles.actor)
        fact = document.metadata.get
        about = (document.id, mark.id, day, document.title, fact("publication", ""), fact("author", ""))
        said = (
            *(_names(actors), joined([node.type for node in actors]), _names(speaking.nodes(mark, roles.organisation))),
            *(_names(speaking.nodes(mark, roles.concept)), joined(speaking.agreement(mark, roles))),
            _names(speaking.nodes(mark, roles.place)),
        )
        whose = self._people.get(mark.annotator, mark.annotator)
        place = (mark.label.name, whose, str(mark.start), str(mark.end))
        return safe((*about, fact("section", ""), *said, *place, mark.covered(document.text), mark.note))


def _names(nodes: list[Node]) -> str:
    return joined([node.name for node in nodes])
