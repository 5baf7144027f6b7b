"""The layout of the article: a centred column, each zone in its own face, room for names below every line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QPlainTextDocumentLayout

from annotator.gui.text_view.geometry import MarkedLine, Part, Sides, mark_line, parts_by_line, room_for_one
from annotator.gui.text_view.marks import MarkIndex, PieceRange
from annotator.gui.text_view.pieces import Pieces
from annotator.gui.text_view.tags import Tags
from annotator.gui.text_view.zones import Faces, ZoneFace, Zones

MARGIN = 24.0  # pixels, the least beside the column
OVERHANG = 14.0  # pixels that a name may stand out beside the column
NEAR = 4.0  # pixels; lines that would need to grow by less for one row of names always have the room


@dataclass(slots=True)
class Sheet:
    """All that a layout needs to know of the article."""

    pieces: Pieces
    zones: Zones
    marks: MarkIndex
    faces: Faces
    tags: Tags
    left: float = MARGIN
    width: float = 600.0
    top: float = 0.0  # pixels above the first line
    bottom: float = 0.0  # pixels below the last
    spaced: bool = True  # blank lines part the paragraphs

    def place_column(self, viewport: float) -> None:
        """Centre the column in a viewport of that width, in pixels."""
        self.width = max(40.0, min(round(self.faces.column), viewport - 2 * MARGIN))
        self.left = float(max(0.0, (viewport - self.width) // 2))


@dataclass(slots=True)
class LaidPiece:
    """A block whose lines have their places. `lines` holds those that have marks; `bar` is the hairline beside it."""

    rect: QRectF
    face: ZoneFace
    lines: list[MarkedLine] = field(default_factory=list)
    bar: QRectF | None = None
    stale: bool = False


class ReadingLayout(QPlainTextDocumentLayout):
    """Breaks each block into lines when it is first asked for, and spaces the lines as their marks need."""

    def __init__(self, document: QTextDocument, sheet: Sheet) -> None:
        super().__init__(document)
        self.sheet = sheet
        self._laid: dict[int, LaidPiece] = {}
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.timeout.connect(self.tell_size)

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        if not block.isValid() or not block.isVisible():
            return QRectF()
        return self.laid(block).rect

    def documentChanged(self, position: int, removed: int, added: int) -> None:
        super().documentChanged(position, removed, added)
        first = self.document().findBlock(position).blockNumber()
        self._laid = {number: laid for number, laid in self._laid.items() if number < first}

    def laid(self, block: QTextBlock) -> LaidPiece:
        """The block with all its lines in place."""
        number = block.blockNumber()
        laid = self._laid.get(number)
        if laid is None or not block.layout().lineCount():
            laid = self._laid[number] = self._lay(block, number)
        elif laid.stale:
            laid = self._laid[number] = self._space(block.layout(), number, laid.face)
        return laid

    def height(self) -> int:
        """The height of all blocks, in pixels; lays out every one."""
        height, block = 0.0, self.document().firstBlock()
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return int(height)

    def is_laid(self, number: int) -> bool:
        """Whether the lines of a block are known."""
        return number in self._laid

    def forget_all(self) -> None:
        """Break every line anew: the width or the faces changed."""
        self._laid.clear()

    def forget_marks(self, touched: Iterable[PieceRange]) -> None:
        """Place the marks of these blocks anew; their lines stay as they are."""
        for first, last in touched:
            within = range(first, last + 1) if last - first < len(self._laid) else list(self._laid)
            for number in within:
                if first <= number <= last and (laid := self._laid.get(number)):
                    laid.stale = True

    def estimated_lines(self, number: int) -> int:
        """About how many lines a block will have that is not laid out yet."""
        pieces = self.sheet.pieces
        return 1 + int((pieces.ends[number] - pieces.starts[number]) / self.sheet.faces.style.column)

    def _lay(self, block: QTextBlock, number: int) -> LaidPiece:
        face = self._face(number)
        layout = block.layout()
        layout.setTextOption(self._option(number))
        layout.setFormats(self._formats(number, face))
        self._break(layout, self.sheet.width - face.indent)
        lines = block.lineCount()
        laid = self._space(layout, number, face)
        if lines != layout.lineCount():
            block.setLineCount(layout.lineCount())
            self.tell_size_soon()
        return laid

    def _break(self, layout: QTextLayout, width: float) -> None:
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            line = layout.createLine()
        layout.endLayout()

    def _space(self, layout: QTextLayout, number: int, face: ZoneFace) -> LaidPiece:
        """Give each line its height: the pitch of its face, or more where its marks need more."""
        sheet, pieces = self.sheet, self.sheet.pieces
        reversed_ = pieces.right_to_left(number)
        left = sheet.left + (0.0 if reversed_ else face.indent)
        y = first = self._space_before(number, face)
        laid = LaidPiece(QRectF(), face)
        lines = list(_lines(layout))
        marked = self._parts(number, lines)
        mixed = bool(marked) and pieces.bidirectional(number)
        sides = Sides(sheet.left - OVERHANG, sheet.left + sheet.width + OVERHANG, reversed_, mixed)
        for n, line in enumerate(lines):
            place = line.position()
            place.setX(left)
            place.setY(y + max(0, round(face.ascent - line.ascent())))
            line.setPosition(place)
            bottom = line.y() + line.height()
            below = bottom
            if n in marked:
                laid.lines.append(mark_line(line, marked[n], bottom, sides, sheet.tags))
                below = laid.lines[-1].bottom
            y += max(self._pitch(line, face), below - y)
        if face.bar and not pieces.blank(number):
            x = sheet.left + (sheet.width - 3.0 if reversed_ else 0.0)
            laid.bar = QRectF(x, first, 3.0, y - first - face.pitch * 0.1)
        laid.rect = QRectF(0.0, 0.0, sheet.left + sheet.width, self._height(number, y, face))
        return laid

    def _pitch(self, line: QTextLine, face: ZoneFace) -> float:
        needed = line.height() + room_for_one(self.sheet.tags)
        return needed if face.pitch < needed < face.pitch + NEAR else face.pitch

    def _space_before(self, number: int, face: ZoneFace) -> float:
        if number == 0:
            return self.sheet.top
        return 0.0 if self.sheet.pieces.blank(number) else face.before

    def _height(self, number: int, below_lines: float, face: ZoneFace) -> float:
        sheet, pieces = self.sheet, self.sheet.pieces
        if number == len(pieces) - 1:
            return below_lines + sheet.bottom
        if pieces.blank(number):
            return (sheet.top if number == 0 else 0.0) + round(sheet.faces.gap * face.gap)
        if pieces.continues(number + 1):
            return below_lines + (face.behind if self._face(number + 1) is not face else 0.0)
        return below_lines + face.behind + (0.0 if sheet.spaced else round(sheet.faces.gap * face.gap))

    def _face(self, number: int) -> ZoneFace:
        """The face of a block; of a blank one, that of the block before it."""
        sheet, pieces = self.sheet, self.sheet.pieces
        while number > 0 and pieces.blank(number):
            number -= 1
        faces = [
            sheet.faces.of(label) for _, _, label in sheet.zones.within(pieces.starts[number], pieces.ends[number])
        ]
        return next((face for face in faces if not face.inline), faces[0] if faces else sheet.faces.body)

    def _option(self, number: int) -> QTextOption:
        option = QTextOption()
        reversed_ = self.sheet.pieces.right_to_left(number)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if reversed_ else Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignRight if reversed_ else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        return option

    def _formats(self, number: int, face: ZoneFace) -> list[QTextLayout.FormatRange]:
        sheet, pieces = self.sheet, self.sheet.pieces
        ranges = []
        for start, end, label in sheet.zones.within(pieces.starts[number], pieces.ends[number]):
            own = sheet.faces.of(label)
            shown = own if own.inline else face
            if shown is sheet.faces.body:
                continue
            part = QTextLayout.FormatRange()
            part.start = pieces.to_utf16(number, start)
            part.length = pieces.to_utf16(number, end) - part.start
            part.format = shown.format
            ranges.append(part)
        return ranges

    def _parts(self, number: int, lines: list[QTextLine]) -> dict[int, list[Part]]:
        """The marks of a block by line."""
        parts = list(self._parts_of_piece(number))
        if not parts:
            return {}
        end = lines[-1].textStart() + lines[-1].textLength()
        return parts_by_line([line.textStart() for line in lines], end, parts)

    def _parts_of_piece(self, number: int) -> Iterator[Part]:
        pieces = self.sheet.pieces
        start, end = pieces.starts[number], pieces.ends[number]
        for mark in self.sheet.marks.of_piece(number):
            for n, fragment in enumerate(mark.fragments):
                if fragment.start < end and start < fragment.end:
                    first, last = pieces.to_utf16(number, fragment.start), pieces.to_utf16(number, fragment.end)
                    yield Part(mark, first, last, fragment.start >= start, n == 0)

    def tell_size(self) -> None:
        """Have the view look at its scroll bar again."""
        self._resized.stop()
        self.documentSizeChanged.emit(self.documentSize())

    def tell_size_soon(self) -> None:
        """Have the view look at its scroll bar again, once for all blocks that changed."""
        if not self._resized.isActive():
            self._resized.start(0)


def _lines(layout: QTextLayout) -> Iterator[QTextLine]:
    for number in range(layout.lineCount()):
        yield layout.lineAt(number)
