"""A scheme as one list: layers with their labels, links, attributes, and the questions of the articles' form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.matching import fit
from annotator.core.scheme import Attribute, Scheme
from annotator.gui.texts import plain_tip, tr

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole  # the Row
COUNT = Qt.ItemDataRole.UserRole + 1  # how many marks


class Row(NamedTuple):
    """One line of the list."""

    kind: str  # "layer", "label", "link", "attribute" or "question"; "links", "attributes" or "form" for a heading
    key: str = ""  # its id; empty for a heading
    name: str = ""
    color: str = ""
    shortcut: str = ""
    used: bool = True
    tip: str = ""

    @property
    def heads(self) -> bool:
        """Whether others stand under it."""
        return self.kind in ("layer", "links", "attributes", "form")


def outline(scheme: Scheme, attributes: Iterable[Attribute], typed: str = "") -> list[Row]:
    """The lines of `scheme`, and of all `attributes` of marks; of those, what `typed` finds, with their headings."""
    found: list[Row] = []
    for group in _groups(scheme, attributes):
        kept = [row for row in group[1:] if not typed or fit(typed, row.name) is not None]
        if kept or not typed or fit(typed, group[0].name) is not None:
            found += [group[0], *kept]
    return found


def _groups(scheme: Scheme, attributes: Iterable[Attribute]) -> Iterator[list[Row]]:
    labels: dict[str, list[Row]] = {}
    for label in scheme.labels:
        shown = label.name if label.shown == label.name else f"{label.name} · {label.title}"
        row = Row("label", label.id, shown, label.color, label.shortcut, label.enabled, label.guideline)
        labels.setdefault(label.layer, []).append(row)
    for layer in scheme.layers:
        yield [Row("layer", layer.id, layer.shown), *labels.get(layer.name, [])]
    yield [Row("links", "", tr("Links")), *(Row("link", kind.id, kind.shown) for kind in scheme.relations)]
    yield [Row("attributes", "", tr("Attributes of marks")), *(_asked("attribute", each) for each in attributes)]
    yield [Row("form", "", tr("Form of the article")), *(_asked("question", each) for each in scheme.form)]


def _asked(kind: str, attribute: Attribute) -> Row:
    return Row(kind, attribute.id, attribute.shown, used=not attribute.optional)


class SchemeOutline(QAbstractListModel):
    """The lines, with how many marks each label has."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._counts: Mapping[str, int] = {}

    def show(self, rows: Sequence[Row]) -> None:
        """Hold these lines."""
        if list(rows) != list(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many marks labels have, by id."""
        if counts != self._counts:
            self._counts = counts
            if self._rows:
                self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, place: int) -> Row | None:
        """The line at that place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, kind: str, key: str) -> int | None:
        """Where that thing stands."""
        return next((place for place, row in enumerate(self._rows) if (row.kind, row.key) == (kind, key)), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == COUNT:
            return self._counts.get(row.key, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(row.tip)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def _spoken(self, row: Row) -> str:
        if row.kind != "label":
            return row.name if row.used else f"{row.name}{tr(', ')}{tr('not in use')}"
        parts = [tr("{label}, {count} marks", label=row.name, count=self._counts.get(row.key, 0))]
        parts += [tr("key {key}", key=row.shortcut)] if row.shortcut else []
        parts += [] if row.used else [tr("not in use")]
        return tr(", ").join(parts)
