"""What stands before and behind articles: headings, facts, the legend and the list of marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextOption

from annotator.core.offsets import Utf16Map
from annotator.core.text import direction_of
from annotator.exporters.page.book import Used
from annotator.exporters.page.told import Said, ToldArticle, ToldLink, ToldMark
from annotator.gui.printing.sheets import Sheets
from annotator.gui.theme import LIGHT, interface_font, label_color, text_font

_SMALL = 12  # pixels of the type of lists
_COLUMNS, _GUTTER, _BETWEEN = 2, 26.0, 6.0
_NUMBERS = 30.0  # pixels, for the numbers of articles
_HANGING = 27.0  # pixels, for the numbers of marks
_TURN = "\u2028"  # Qt begins a line behind it
_LONGEST = 240  # characters of the words of a mark in the list; the article has all of them
_UNSHOWABLE = dict.fromkeys(map(ord, "\r\n\t\u2028\u2029\ufdd0\ufdd1\ufffc\x00"), " ")


class _Run(NamedTuple):
    """A stretch of a line that looks the same."""

    start: int
    end: int
    color: str
    bold: bool
    serif: bool
    italic: bool


@dataclass(slots=True)
class Line:
    """A paragraph of small print, made of runs of text, each with its colour and weight. Nothing in it is markup."""

    pixels: int = _SMALL
    serif: bool = False
    _text: list[str] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)

    def add(
        self, words: str, color: str = LIGHT.ink, *, bold: bool = False, serif: bool = False, italic: bool = False
    ) -> Line:  # fmt: skip
        """Put `words` behind what there is, with a space between."""
        words = words.translate(_UNSHOWABLE)
        if self._text and words and self._text[-1] != _TURN:
            self._text.append(" ")
        start = sum(map(len, self._text))
        self._text.append(words)
        self._runs.append(_Run(start, start + len(words), color, bold, serif or self.serif, italic))
        return self

    def turn(self) -> Line:
        """Go on in a new line."""
        self._text.append(_TURN)
        return self

    def laid(self, width: float, *, leading: bool = False) -> tuple[QTextLayout, float]:
        """The paragraph broken into lines of that width, and how high it is.

        `leading` sets one that runs right to left against the right edge.
        """
        text = "".join(self._text)
        units = Utf16Map(text)
        layout = QTextLayout(text, self._font(bold=False, serif=self.serif))
        option = QTextOption()
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        rtl = direction_of(text) == "rtl"
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if rtl and leading else Qt.AlignmentFlag.AlignLeft)
        layout.setTextOption(option)
        layout.setFormats([self._format(units, run) for run in self._runs if run.start < run.end])
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() * 1.16
        layout.endLayout()
        return layout, y

    def _format(self, units: Utf16Map, run: _Run) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start = units.to_utf16(run.start)
        found.length = units.to_utf16(run.end) - found.start
        found.format = QTextCharFormat()
        font = self._font(bold=run.bold, serif=run.serif)
        font.setItalic(run.italic)
        found.format.setFont(font)
        found.format.setForeground(QColor(run.color))
        return found

    def _font(self, *, bold: bool, serif: bool) -> QFont:
        font = text_font(self.pixels) if serif else interface_font(self.pixels)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


class _Entry(NamedTuple):
    """What is said of a mark, ready to be drawn."""

    number: int
    layout: QTextLayout
    height: float


class ListPrinter:
    """Draws small print on pages."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._below = 0.0  # where the entry that was drawn last ends

    def paragraph(self, line: Line, *, before: float = 0.0, behind: float = 0.0) -> None:
        """A paragraph over the whole width; its lines stay together."""
        sheets = self._sheets
        layout, height = line.laid(sheets.width, leading=True)
        sheets.need(before + height)
        sheets.y += 0.0 if sheets.is_fresh() else before
        layout.draw(sheets.painter, QPointF(sheets.left, sheets.y))
        sheets.y += height + behind

    def rule(self) -> None:
        """A thin line across the page."""
        self._sheets.need(20)
        self._sheets.painter.fillRect(
            QRectF(self._sheets.left, self._sheets.y, self._sheets.width, 0.8), QColor(LIGHT.hairline)
        )
        self._sheets.y += 10

    def legend(self, used: Sequence[Used]) -> None:
        """The labels that are used, layer by layer, each in its colour."""
        for each in used:
            line = Line(13).add(each.layer, LIGHT.faint)
            for label, count in each.labels:
                line.add(f"  {label.shown.upper()}", label_color(label.color, LIGHT).name(), bold=True)
                line.add(str(count), LIGHT.faint)
            self.paragraph(line, behind=3)

    def titles(self, titles: Sequence[tuple[str, int]]) -> None:
        """The articles with their numbers, and with how many marks each has."""
        sheets = self._sheets
        for number, (title, marks) in enumerate(titles, 1):
            layout, height = Line(14, serif=True).add(title).laid(sheets.width - _NUMBERS)
            sheets.need(height)
            count = f"{marks} mark{'s' * (marks != 1)}" if marks else ""
            for words, x in ((str(number), 0.0), (count, _NUMBERS + layout.lineAt(0).naturalTextWidth() + 12)):
                small, _ = Line(11).add(words, LIGHT.faint).laid(sheets.width)
                drop = layout.lineAt(0).ascent() - small.lineAt(0).ascent()
                small.draw(sheets.painter, QPointF(sheets.left + x, sheets.y + drop))
            layout.draw(sheets.painter, QPointF(sheets.left + _NUMBERS, sheets.y))
            sheets.y += height + 2

    def facts(self, told: ToldArticle) -> None:
        """What is known of an article, and what its form says."""
        line = Line()
        for name, held in told.facts:
            line.add(name, LIGHT.faint).add(f"{held}  ")
        for name, held, who in told.answers:
            line.add(name, LIGHT.faint).add(f"{held}{f' ({who})' if who else ''}  ")
        for who, status in told.statuses:
            line.add(who, LIGHT.faint).add(f"{status}  ")
        if told.facts or told.answers or told.statuses:
            self.paragraph(line, behind=14)

    def marks(self, told: ToldArticle, *, people: bool) -> None:
        """All that is said of the marks, in two columns that are filled one after the other."""
        width = self._width() - _HANGING
        entries = [_Entry(mark.number, *_entry(mark, people=people).laid(width)) for mark in told.marks]
        while entries:
            self._sheets.need(60)
            self._fill_page(entries)
            if entries:
                self._sheets.turn()

    def _fill_page(self, entries: list[_Entry]) -> None:
        """Draw what fits on the page, in columns of about one height, and take it away from `entries`."""
        sheets = self._sheets
        top = lowest = sheets.y
        total = sum(entry.height + _BETWEEN for entry in entries)
        goal = min(sheets.room(), total / _COLUMNS + max(entry.height for entry in entries) / 2)
        for column in range(_COLUMNS):
            x, y = sheets.left + column * (self._width() + _GUTTER), top
            room = sheets.room() if column == _COLUMNS - 1 else goal
            while entries and (y == top or y + entries[0].height <= top + room):
                self._draw_entry(entries.pop(0), x, y)
                y = self._below
            lowest = max(lowest, y)
        sheets.y = min(lowest, sheets.bottom)

    def _draw_entry(self, entry: _Entry, x: float, y: float) -> None:
        number, _ = Line().add(str(entry.number), LIGHT.faint).laid(_HANGING)
        right = _HANGING - 7 - number.lineAt(0).naturalTextWidth()
        number.draw(self._sheets.painter, QPointF(x + right, y))
        entry.layout.draw(self._sheets.painter, QPointF(x + _HANGING, y))
        self._below = y + entry.height + _BETWEEN

    def _width(self) -> float:
        return float((self._sheets.width - _GUTTER * (_COLUMNS - 1)) / _COLUMNS)


def _entry(mark: ToldMark, *, people: bool) -> Line:
    """What is said of a mark: its label and words, its answers, each of its links, its note."""
    line = Line().add(mark.label.shown.upper(), label_color(mark.label.color, LIGHT).name(), bold=True)
    line.add(_short(mark.words, _LONGEST), serif=True)
    if people and mark.who:
        line.add(f"({mark.who})", LIGHT.faint)
    if mark.answers:
        _add_answers(line.turn(), mark.answers)
    for link in mark.links:
        _add_link(line.turn(), link, "→")
    for link in mark.linked:
        _add_link(line.turn(), link, "←")
    return line.turn().add(mark.note, serif=True, italic=True) if mark.note else line


def _add_link(line: Line, link: ToldLink, arrow: str) -> None:
    line.add(f"{arrow} {link.kind} {link.number}", LIGHT.faint).add(_short(link.words, 60), serif=True)
    if arrow == "→":
        _add_answers(line, link.answers)
        if link.who:
            line.add(f"({link.who})", LIGHT.faint)


def _add_answers(line: Line, answers: Said) -> None:
    for place, (name, held) in enumerate(answers):
        line.add(name, LIGHT.faint).add(f"{held}\u00a0·" if place + 1 < len(answers) else held)


def _short(words: str, longest: int) -> str:
    single = " ".join(words.split())
    return single if len(single) <= longest else f"{single[:longest].rstrip()} …"
