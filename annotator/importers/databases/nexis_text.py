"""Nexis, as text files were until 2019: articles parted by lines such as “3 of 27 DOCUMENTS”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article, joined_lines
from annotator.importers.base import Source
from annotator.importers.databases.nexis_article import Paragraph, nexis_article
from annotator.importers.databases.nexis_labels import HEADER, TRAILER, is_written_as_label, label_of
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_OF = r"(?:of|von|de|van|di|sur|из|av)"
MARKER = re.compile(
    rf"^[ \t]*(?:FOCUS\s*-\s*)?(?:(?P<n>\d[\d.,]*)\s+{_OF}\s+(?P<all>\d[\d.,]*)\s+"
    rf"(?:DOCUMENTS?|DOKUMENTE?N?|DOCUMENTOS?|DOCUMENTI|DOCUMENTO|DOCUMENTEN)"
    rf"|(?:DOCUMENT|DOKUMENT|DOCUMENTO)\s+(?P<n2>\d[\d.,]*)\s+{_OF}\s+(?P<all2>\d[\d.,]*))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SELECTED = re.compile(
    r"^[^\n:]{3,30}:[^\n]{0,30}?(?:Items|Dokumente|Documents|Elementos|items)\s*:\s*([\d\s,;\-]+)$", re.M
)
_CENTRED = 8  # spaces before a line in the middle of the page
_FRONT = 3  # paragraphs before the text where there are no labels: publication, date and title


class NexisTextImporter:
    """Takes every article of such a file in, its fields told apart from its text."""

    name = "nexis-text"
    title = "Nexis, text"
    suffixes: tuple[str, ...] = (".txt",)
    loses = "Bold and italic."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where a line counts the documents and labels of Nexis follow it."""
        text = head.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        marker = MARKER.search(text)
        if not marker or "<" in text[:200].lstrip()[:1]:
            return 0.0
        following = text[marker.end() : marker.end() + 4000].splitlines()
        return 0.98 if any(map(_is_labelled, following)) else 0.5

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its articles. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        markers = list(MARKER.finditer(text))
        if not markers:
            raise KnownError("No line such as “1 of 10 DOCUMENTS” is in it, so its articles cannot be told apart.")
        tally = Tally(source, _claimed(text, markers))
        ends = [marker.start() for marker in markers[1:]] + [len(text)]
        for number, (marker, end) in enumerate(zip(markers, ends, strict=True), 1):
            yield from tally.take_text(_article, text[marker.end() : end], f"article {number}")
        yield from tally.notices()


def _claimed(text: str, markers: list[re.Match[str]]) -> int | None:
    """How many articles the file says it holds: by what was selected, else by the numbers of its first article."""
    if selected := _SELECTED.search(text[: markers[0].start()]):
        ranges = re.findall(r"(\d{1,9})(?:\s*-\s*(\d{1,9}))?", selected[1])
        return sum(max(1, int(last or first) - int(first) + 1) for first, last in ranges)
    first = markers[0]
    number, count = _number(first["n"] or first["n2"]), _number(first["all"] or first["all2"])
    return count - number + 1 if 0 < number <= count else None


def _number(written: str) -> int:
    return int(re.sub(r"\D", "", written)[:9] or 0)


def _article(block: str) -> Article:
    return nexis_article(paragraphs_of(block))


def paragraphs_of(block: str) -> list[Paragraph]:
    """The paragraphs of hard-wrapped text; a labelled line begins one even where no blank line is before it."""
    groups = list(_groups(block.split("\n")))
    labelled = next((place for place, lines in enumerate(groups) if _is_labelled(lines[0])), _FRONT)
    found: list[Paragraph] = []
    for place, lines in enumerate(groups):
        if all(line.startswith(" " * _CENTRED) for line in lines):
            found.append(Paragraph("\n".join(line.strip() for line in lines), True))
        elif place < labelled:
            found.append(Paragraph("\n".join(line.strip() for line in lines)))
        else:
            found.extend(map(Paragraph, joined_lines(lines)))
    return found


def _is_labelled(line: str) -> bool:
    return is_written_as_label(line) and bool(label_of(line, HEADER) or label_of(line, TRAILER))


def _groups(lines: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for line in [*lines, ""]:
        if held and (not line.strip() or _is_labelled(line)):
            yield held
            held = []
        if line.strip():
            held.append(line)
