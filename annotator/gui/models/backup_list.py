"""The backups of a project as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QColor

from annotator.gui.models.whole_rows import Index, WholeRows
from annotator.gui.texts import plain_tip, tr
from annotator.store.backups import Backup, Why

NUMBER, MADE, WHY, ARTICLES, MARKS, SIZE, STATE = range(7)
GAP = "\u2002"  # between numbers, which stand at the right, and words
_NUMBERS = (NUMBER, ARTICLES, MARKS, SIZE)


def moment_of(made: str) -> str:
    """When a backup was made, by the clock of this place."""
    moment = QDateTime.fromString(made, Qt.DateFormat.ISODate).toLocalTime()
    return moment.toString("yyyy-MM-dd HH:mm")


def why_made(why: Why) -> str:
    """Why a backup was made, in words."""
    return {
        "idle": tr("during a pause"),
        "close": tr("when the project was closed"),
        "migration": tr("before a newer version"),
        "import": tr("before an import"),
        "bulk": tr("before a large change"),
        "asked": tr("asked for"),
        "restore": tr("before a backup took its place"),
    }[why]


def state_of(backup: Backup) -> str:
    """Whether a backup is good, in words."""
    if backup.facts is None:
        return tr("⚠ damaged")
    if backup.facts.lacks:
        return tr("⚠ lacks {count} marks", count=f"{backup.facts.lacks:,}")
    return tr("✓ checked, needs no. {number}", number=backup.facts.base) if backup.facts.base else tr("✓ checked")


def size_in_words(size: int) -> str:
    """Bytes, for a person."""
    return QLocale().formattedDataSize(size, 1)


class BackupModel(WholeRows[Backup]):
    """A row a backup, the newest first."""

    COLUMNS = STATE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("No."), tr("Made"), tr("Why"), tr("Articles"), tr("Marks"), tr("Size"), GAP + tr("State"))[
                section
            ]
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        backup, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cells(backup)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(backup.fault or str(backup.path))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            wrong = column == STATE and (backup.facts is None or backup.facts.lacks)
            return QColor(self._theme.warning if wrong else self._theme.ink if column == MADE else self._theme.faint)
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cells(backup: Backup) -> tuple[str, ...]:
    facts = backup.facts
    if facts is None:
        return (str(backup.number), GAP, backup.path.name, "", "", size_in_words(backup.size), GAP + state_of(backup))
    made = GAP + moment_of(facts.made)
    told = (str(facts.number), made, why_made(facts.why), f"{facts.documents:,}", f"{facts.marks:,}")
    return (*told, size_in_words(backup.size), GAP + state_of(backup))
