"""How each zone of an article is set: headline, caption, boilerplate and the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat

from annotator.core.span import Span
from annotator.gui.theme import INTERFACE_FAMILIES, TEXT_FAMILIES, Theme, text_font

MEASURE = "the reader of a long page keeps her place in a column of even width and does not lose the line "


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """A zone of the text: which part of the page it is."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """How the article is set. `pixels` is the height of the body's type, `leading` the pitch of its lines in heights
    of the font, `column` the widest line in characters, `families` the fonts in order of preference."""

    theme: Theme
    pixels: int = 18
    leading: float = 1.55
    column: int = 66
    families: tuple[str, ...] = TEXT_FAMILIES


@dataclass(frozen=True, slots=True)
class Setting:
    """How one kind of zone differs from the body. Spaces are in pixels at a body of 18, and grow with it."""

    scale: float = 1.0
    leading: float = 0.0  # pitch of lines in heights of the font; 0 is the reader's own
    bold: bool = False
    italic: bool = False
    faint: bool = False
    interface: bool = False  # the window's font, not the article's
    spacing: float = 0.0  # between letters, in per cent of their width
    before: float = 0.0
    behind: float = 0.0
    gap: float = 1.0  # a blank line behind it, as a part of the usual gap
    indent: float = 0.0
    bar: bool = False  # a hairline along its leading side
    inline: bool = False  # stands within a line of another zone and takes its place from it


BODY = Setting()
SETTINGS = {
    "HEADLINE": Setting(scale=1.75, leading=0.98, bold=True, before=4, behind=8, gap=0.4),
    "DEK": Setting(scale=1.15, leading=1.12, faint=True, before=6, behind=6),
    "BYLINE": Setting(scale=0.78, leading=1.4, interface=True, faint=True),
    "DATELINE": Setting(scale=0.86, faint=True, spacing=6, inline=True),
    "BODY": BODY,
    "CAPTION": Setting(scale=0.86, leading=1.28, italic=True, faint=True, indent=18, bar=True, before=2, behind=4),
    "CREDIT": Setting(scale=0.72, leading=1.3, faint=True, interface=True, inline=True),
    "BOILERPLATE": Setting(scale=0.7, leading=1.35, faint=True, interface=True, gap=0.3),
    "RELATED": Setting(scale=0.8, leading=1.4, faint=True, interface=True, gap=0.5),
}
GAP = 0.6  # of a line of the body, for a blank line


class Zones:
    """Which zone each part of a text is in; where zones overlap, the one that starts last."""

    def __init__(self, zones: Sequence[ZoneSpan] = ()) -> None:
        self._starts: list[int] = []
        self._labels: list[str] = []
        for start, label in _changes(zones):
            self._starts.append(start)
            self._labels.append(label)

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The parts of `[start, end)`: from, up to, and the label of each."""
        number = bisect_right(self._starts, start)
        while start < end:
            stop = min(end, self._starts[number]) if number < len(self._starts) else end
            yield start, stop, self._labels[number - 1] if number else ""
            start, number = stop, number + 1

    def edges(self) -> list[int]:
        """Where a zone that is set apart meets another."""
        settings = [SETTINGS.get(label, BODY) for label in ["", *self._labels]]
        return [
            start
            for start, before, after in zip(self._starts, settings[:-1], settings[1:], strict=True)
            if before is not after and not (before.inline or after.inline)
        ]


def _changes(zones: Sequence[ZoneSpan]) -> Iterator[tuple[int, str]]:
    """Where the innermost zone changes, and to which label, in order."""
    waiting = sorted(zones, key=lambda zone: (zone.span.start, -zone.span.end))
    bounds = sorted({bound for zone in zones for bound in (zone.span.start, zone.span.end)})
    open_zones: list[ZoneSpan] = []
    arrived = 0
    for bound in bounds:
        while arrived < len(waiting) and waiting[arrived].span.start <= bound:
            open_zones.append(waiting[arrived])
            arrived += 1
        open_zones = [zone for zone in open_zones if zone.span.end > bound]
        yield bound, open_zones[-1].label if open_zones else ""


class ZoneFace:
    """A zone's setting, made ready in one reading style: font, format, and measures in pixels."""

    __slots__ = ("ascent", "bar", "before", "behind", "faint", "font", "format", "gap", "indent", "inline", "pitch")

    def __init__(self, setting: Setting, style: ReadingStyle) -> None:
        unit = style.pixels / 18
        self.font = _font(setting, style)
        metrics = QFontMetricsF(self.font)
        self.ascent = metrics.ascent()
        self.pitch = round(metrics.height() * (setting.leading or style.leading))  # whole, or lines blur in scrolling
        self.before, self.behind = round(setting.before * unit), round(setting.behind * unit)
        self.indent = round(setting.indent * unit)
        self.gap, self.bar, self.inline, self.faint = setting.gap, setting.bar, setting.inline, setting.faint
        self.format = QTextCharFormat()
        self.format.setFont(self.font)
        self.format.setForeground(QColor(style.theme.faint if setting.faint else style.theme.ink))


class Faces:
    """The faces of all zones in one reading style."""

    def __init__(self, style: ReadingStyle) -> None:
        self.style = style
        self.body = ZoneFace(BODY, style)
        self.gap = round(GAP * self.body.pitch)
        self._faces = {label: ZoneFace(setting, style) for label, setting in SETTINGS.items() if setting is not BODY}
        self.column = QFontMetricsF(self.body.font).horizontalAdvance(MEASURE) / len(MEASURE) * style.column

    def of(self, label: str) -> ZoneFace:
        """The face of the zones with that label; the body's for any other."""
        return self._faces.get(label, self.body)


def _font(setting: Setting, style: ReadingStyle) -> QFont:
    families = INTERFACE_FAMILIES if setting.interface else style.families
    font = text_font(max(1, round(style.pixels * setting.scale)), families)
    font.setBold(setting.bold)
    font.setItalic(setting.italic)
    if setting.spacing:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + setting.spacing)
    return font
