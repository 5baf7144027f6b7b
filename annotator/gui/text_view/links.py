"""Links between marks: an arc where both ends are on one line, a bracket beside the column where they are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.gui.text_view.layout import OVERHANG
from annotator.gui.text_view.overlays import EmptyOverlay
from annotator.gui.text_view.places import Visible
from annotator.gui.text_view.view import TextView
from annotator.gui.theme import interface_font, label_color

LANE = 13.0  # pixels from one bracket to the next
MOST_LANES = 6
FOOT = 5.0  # pixels that a bracket's foot stands off the text
ROUND = 5.0  # pixels, the radius of a bracket's corners
HEAD = 4.5  # pixels, an arrow's head
NAME_GAP = 4.0  # pixels between a name and what is beside it
MANY = 400  # links on the screen, of which no more are drawn


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as it is drawn: from the mark `source` to `target`, called `name`, in the colour `#rrggbb`."""

    id: str
    source: str
    target: str
    name: str
    color: str


@dataclass(slots=True)
class Drawn:
    """A link with its place on the screen, in pixels of the viewport."""

    link: LinkLine
    path: QPainterPath
    arrow: QPainterPath
    text: str  # its name, with a sign where it leads out of sight
    name: QRectF | None  # where its name stands, if there is room for it
    far: str = ""  # the mark at the end that is out of sight; a click on the name goes there


class _Room:
    """What is taken already: stretches of the two margins, a list a lane, and the places of names."""

    def __init__(self) -> None:
        self._lanes: tuple[list[list[tuple[float, float]]], ...] = ([], [])
        self.names: list[QRectF] = []

    def lane(self, right: bool, top: float, bottom: float) -> int:
        """The first lane of a margin in which nothing stands between two heights; it is taken then."""
        lanes = self._lanes[int(right)]
        free = (n for n, lane in enumerate(lanes) if all(b + 3 < top or bottom < a - 3 for a, b in lane))
        number = next(free, len(lanes))
        if number == len(lanes):
            lanes.append([])
        lanes[number].append((top, bottom))
        return number

    def take(self, name: QRectF) -> bool:
        """Take the place for a name. Returns whether it was free."""
        if any(name.intersects(other) for other in self.names):
            return False
        self.names.append(name)
        return True


@dataclass(slots=True)
class _End:
    """Where a mark is: the band it begins with; above or below what can be seen, `out` is -1 or 1."""

    band: QRectF
    out: int = 0


class LinkOverlay(QObject, EmptyOverlay):
    """Draws the links of the chosen mark, or all of those on the screen."""

    followed = Signal(str)  # the id of the mark at the far end

    def __init__(self, view: TextView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._links: dict[str, LinkLine] = {}
        self._of_mark: defaultdict[str, list[LinkLine]] = defaultdict(list)
        self._shown = "chosen"
        self._chosen: str | None = None
        self._drawn: list[Drawn] = []

    def set_links(self, links: Sequence[LinkLine]) -> None:
        """Draw these links and no others."""
        self._links = {link.id: link for link in links}
        self._of_mark.clear()
        for link in links:
            self._of_mark[link.source].append(link)
            if link.target != link.source:
                self._of_mark[link.target].append(link)
        self._view.viewport().update()

    def set_shown(self, which: str) -> None:
        """Draw the links of the "chosen" mark, "all" links, or "none"."""
        self._shown = which
        self._view.viewport().update()

    def set_chosen(self, mark: str | None) -> None:
        """Which mark's links stand out."""
        if mark != self._chosen:
            self._chosen = mark
            if self._links:
                self._view.viewport().update()

    def drawn(self) -> list[Drawn]:
        """The links as they were last drawn, for tests and clicks."""
        return self._drawn

    def paint_above(self, painter: QPainter, visible: Sequence[Visible], area: QRect) -> None:
        self._drawn = self._lay_out(visible)
        for drawn in sorted(self._drawn, key=lambda one: self._is_chosen(one.link)):
            self._paint(painter, drawn)

    def press(self, point: QPointF) -> bool:
        for drawn in self._drawn:
            if drawn.name is not None and drawn.far and drawn.name.adjusted(-3, -3, 3, 3).contains(point):
                self.followed.emit(drawn.far)
                return True
        return False

    # Where they go

    def _is_chosen(self, link: LinkLine) -> bool:
        return self._chosen in (link.source, link.target)

    def _wanted(self, ends: dict[str, _End]) -> list[LinkLine]:
        if self._shown == "none" or not self._links:
            return []
        if self._shown == "chosen":
            return self._of_mark.get(self._chosen or "", [])
        found = {link.id: link for mark in ends for link in self._of_mark.get(mark, ())}
        return sorted(found.values(), key=self._is_chosen, reverse=True)[:MANY]

    def _lay_out(self, visible: Sequence[Visible]) -> list[Drawn]:
        if self._shown == "none" or not self._links or not visible:
            return []
        ends, room = _ends(visible), _Room()
        placed = (self._place(link, ends, visible, room) for link in self._wanted(ends))
        return [drawn for drawn in placed if drawn is not None]

    def _place(self, link: LinkLine, ends: dict[str, _End], visible: Sequence[Visible], room: _Room) -> Drawn | None:
        source, target = (self._end(mark, ends, visible) for mark in (link.source, link.target))
        if source is None or target is None or (source.out and target.out):
            return None
        if not source.out and not target.out and abs(source.band.top() - target.band.top()) < 2:
            return _arc(link, source.band, target.band, room)
        return self._bracket(link, source, target, room)

    def _end(self, mark: str, ends: dict[str, _End], visible: Sequence[Visible]) -> _End | None:
        """Where a mark is, or on which side of the screen it would be."""
        if mark in ends:
            return ends[mark]
        held = self._view.sheet.marks.get(mark)
        if held is None:
            return None
        first = self._view.sheet.pieces.starts[visible[0].block.blockNumber()]
        above = held.fragments[0].start < first or (bool(ends) and self._is_before(held.fragments[0].start, ends))
        y = -20.0 if above else self._view.viewport().height() + 20.0
        return _End(QRectF(0.0, y, 0.0, 0.0), -1 if above else 1)

    def _is_before(self, position: int, ends: dict[str, _End]) -> bool:
        seen = (self._view.sheet.marks.get(mark) for mark in ends)
        return position < min((mark.fragments[0].start for mark in seen if mark is not None), default=0)

    def _bracket(self, link: LinkLine, source: _End, target: _End, room: _Room) -> Drawn:
        """A bracket in the margin, from the height of one end to that of the other."""
        sheet, height = self._view.sheet, self._view.viewport().height()
        right = not self._right_to_left(source, target)
        sign = 1.0 if right else -1.0
        top, bottom = sorted((source.band.center().y(), target.band.center().y()))
        lane = min(room.lane(right, top, bottom), MOST_LANES - 1)
        edge = sheet.left + sheet.width + OVERHANG if right else sheet.left - OVERHANG
        x = edge + sign * (FOOT + LANE * lane)
        path, arrow = _bracket_path(source, target, x, sign)
        out = source.out or target.out
        text = link.name + {-1: " ↑", 0: "", 1: " ↓"}[out]
        middle = {-1: 14.0, 0: (top + bottom) / 2, 1: height - 14.0}[out]
        name = self._bracket_name(text, x, sign, middle, room)
        return Drawn(link, path, arrow, text, name, link.target if target.out else link.source if source.out else "")

    def _right_to_left(self, source: _End, target: _End) -> bool:
        """Whether the paragraph of the end that can be seen runs right to left: names stand at the other side then."""
        y = (target if source.out else source).band.center().y()
        blocks = (one for one in self._view.visible() if one.top <= y < one.top + one.laid.rect.height())
        return any(self._view.sheet.pieces.right_to_left(one.block.blockNumber()) for one in blocks)

    def _bracket_name(self, text: str, x: float, sign: float, middle: float, room: _Room) -> QRectF | None:
        """Where the name of a bracket stands, beside it; None where something stands there, or it would be cut off."""
        metrics = QFontMetricsF(_font())
        width = metrics.horizontalAdvance(text) + 2
        left = x + NAME_GAP if sign > 0 else x - NAME_GAP - width
        if not 0 <= left <= self._view.viewport().width() - width:
            return None
        name = QRectF(left, middle - metrics.height() / 2, width, metrics.height())
        up = -1.0 if middle > self._view.viewport().height() / 2 else 1.0
        for step in range(4):
            moved = name.translated(0.0, up * step * metrics.height())
            if room.take(moved):
                return moved
        return None

    # Drawing

    def _paint(self, painter: QPainter, drawn: Drawn) -> None:
        theme = self._view.theme
        color = label_color(drawn.link.color, theme)
        strong = self._is_chosen(drawn.link)
        if not strong:
            color.setAlphaF(0.45)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.5 if strong else 1.0))
        painter.drawPath(drawn.path)
        painter.fillPath(drawn.arrow, color)
        if drawn.name is not None:
            painter.setFont(_font())
            paper = QColor(theme.paper)
            painter.fillRect(drawn.name.adjusted(-2, 1, 2, -1), paper)
            painter.setPen(color if strong else QColor(theme.faint))
            painter.drawText(drawn.name, Qt.AlignmentFlag.AlignCenter, drawn.text)


def _font() -> QFont:
    return interface_font(11)


def _ends(visible: Sequence[Visible]) -> dict[str, _End]:
    """The first band of every mark on the screen."""
    ends: dict[str, _End] = {}
    for block in visible:
        for line in block.laid.lines:
            for strip in line.strips:
                if strip.mark.id not in ends:
                    ends[strip.mark.id] = _End(strip.band.translated(0.0, block.top))
    return ends


def _nearest_corners(source: QRectF, target: QRectF) -> tuple[float, float]:
    """Where an arc leaves one band and comes to the other."""
    gap = max(target.left() - source.right(), source.left() - target.right())
    within = 6.0 if gap > 12 else 18.0  # from each edge: side by side, they would leave no room for an arc
    out, into = min(within, source.width() / 2), min(within, target.width() / 2)
    if source.right() <= target.left():
        return source.right() - out, target.left() + into
    if target.right() <= source.left():
        return source.left() + out, target.right() - into
    return source.center().x(), target.center().x() + (8.0 if abs(source.center().x() - target.center().x()) < 8 else 0)


def _arc(link: LinkLine, source: QRectF, target: QRectF, room: _Room) -> Drawn:
    """An arc over the line, in the space above its letters."""
    start, end = _nearest_corners(source, target)
    top = source.top() - min(9.0, 4.0 + abs(end - start) / 60) + 2
    bend = min(ROUND, abs(end - start) / 2) * (1 if end > start else -1)
    path = QPainterPath(QPointF(start, source.top() + 1))
    path.quadTo(QPointF(start, top), QPointF(start + bend, top))
    path.lineTo(QPointF(end - bend, top))
    path.quadTo(QPointF(end, top), QPointF(end, source.top() + 1))
    metrics = QFontMetricsF(_font())
    width = metrics.horizontalAdvance(link.name) + 2
    name = QRectF((start + end - width) / 2, top - metrics.height() / 2, width, metrics.height())
    fits = abs(end - start) > width + 24 and room.take(name)
    return Drawn(link, path, _head(QPointF(end, source.top() + 1), 0.0, 1.0), link.name, name if fits else None)


def _bracket_path(source: _End, target: _End, x: float, sign: float) -> tuple[QPainterPath, QPainterPath]:
    """The line at `x` from the height of `source` to that of `target`, with feet towards the text, and its arrow."""
    y1, y2 = source.band.center().y(), target.band.center().y()
    turn = min(ROUND, abs(y2 - y1) / 2) * (1.0 if y2 > y1 else -1.0)
    foot = x - sign * (FOOT + 4.0)
    path = QPainterPath(QPointF(x if source.out else foot, y1))
    if not source.out:
        path.lineTo(QPointF(x - sign * ROUND, y1))
        path.quadTo(QPointF(x, y1), QPointF(x, y1 + turn))
    if target.out:
        path.lineTo(QPointF(x, y2))
        return path, QPainterPath()
    path.lineTo(QPointF(x, y2 - turn))
    path.quadTo(QPointF(x, y2), QPointF(x - sign * ROUND, y2))
    path.lineTo(QPointF(foot, y2))
    return path, _head(QPointF(foot, y2), -sign, 0.0)


def _head(tip: QPointF, dx: float, dy: float) -> QPainterPath:
    """An arrow's head with its tip at `tip`, pointing along (dx, dy)."""
    path = QPainterPath(tip)
    back = QPointF(tip.x() - dx * HEAD * 1.4, tip.y() - dy * HEAD * 1.4)
    path.lineTo(QPointF(back.x() - dy * HEAD * 0.7, back.y() + dx * HEAD * 0.7))
    path.lineTo(QPointF(back.x() + dy * HEAD * 0.7, back.y() - dx * HEAD * 0.7))
    path.closeSubpath()
    return path
