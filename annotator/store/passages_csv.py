"""Passages of a registry entry for other programs: as lines of text, and as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from annotator.core.registry_csv import safe_cell
from annotator.store.registry_passages import Passage

HEAD = (
    *("date", "article", "words", "label", "how", "link", "speaker", "before", "after"),
    *("document", "start", "end", "mark"),
)


def passages_csv(found: Iterable[Passage]) -> bytes:
    """The passages as a file in UTF-8 with a mark for spreadsheets; positions are code points, the end left out."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for passage in found:
        line = passage.line
        place = (str(line.span.start), str(line.span.end)) if line.mark else ("", "")
        said = (passage.date, line.title, line.hit, passage.label, passage.how, passage.link, passage.beside)
        cells = (*said, line.before.strip(), line.behind.strip(), line.document, *place, line.mark)
        writer.writerow(map(safe_cell, cells))
    return out.getvalue().encode("utf-8-sig")


def passages_text(found: Iterable[Passage]) -> str:
    """The passages as lines: what was said or marked, by whom and in which article."""
    return "\n".join(map(_line, found))


def _line(passage: Passage) -> str:
    speaker = f"({passage.link}: {passage.beside})" if passage.link else ""
    place = f"[{passage.line.span.start}–{passage.line.span.end}]" if passage.line.mark else ""
    where = ", ".join(filter(None, (passage.line.title, passage.date)))
    return "\t".join(filter(None, (f"{passage.line.hit} {speaker}".strip(), f"{where} {place}".strip())))
