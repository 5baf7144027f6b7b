"""The window's style sheet, made from a theme: hairlines instead of boxes, one sans-serif, focus always visible."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette

from annotator import resources
from annotator.gui.theme import Theme

_SHEET = Template("""
QMainWindow, QDialog, QWidget#side, QWidget#welcome { background: $background; }
QMenuBar { background: $background; color: $ink; padding: 2px 6px; border-bottom: 1px solid $hairline; }
QMenuBar::item { padding: 5px 9px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $paper; color: $ink; border: 1px solid $hairline; padding: 5px; }
QMenu::item { padding: 5px 28px 5px 14px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $hairline; margin: 5px 8px; }
QStatusBar { background: $background; border-top: 1px solid $hairline; color: $faint; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $hairline; }
QLineEdit, QPlainTextEdit#note, QTextEdit#note, QComboBox {
  background: $paper; color: $ink; border: 1px solid $hairline; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $paper; }
QLineEdit:focus, QPlainTextEdit#note:focus, QTextEdit#note:focus, QComboBox:focus {
  border: 1px solid $accent; }
QAbstractSpinBox { min-height: 26px; }
QComboBox::drop-down { border: none; width: 18px; }
QComboBox QAbstractItemView { background: $paper; color: $ink; border: 1px solid $hairline;
  selection-background-color: $chosen; selection-color: $ink; outline: none; }
QTableView, QListView { background: $background; border: none; outline: none; color: $ink;
  selection-background-color: $chosen; selection-color: $ink; }
QAbstractItemView#boxed { background: $paper; border: 1px solid $hairline; border-radius: 6px; padding: 2px; }
QAbstractItemView#boxed:focus { border: 1px solid $accent; }
QHeaderView { background: $background; border: none; }
QHeaderView::section { background: $background; color: $faint; border: none; border-bottom: 1px solid $hairline;
  padding: 5px 4px; }
QAbstractItemView#boxed QHeaderView, QAbstractItemView#boxed QHeaderView::section { background: $paper; }
QTableView QTableCornerButton::section { background: $background; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget { background: $background; border: none; }
QPlainTextEdit#article { background: $paper; border: none; color: $ink; }
QPushButton, QToolButton { background: transparent; color: $ink; border: 1px solid $hairline; border-radius: 6px;
  padding: 5px 12px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:focus, QToolButton:focus, QRadioButton:focus, QCheckBox:focus { border: 1px solid $accent; }
QPushButton:default { background: $accent; color: $paper; border-color: $accent; }
QPushButton:disabled { color: $faint; background: $background; border-color: $hairline; }
QFileDialog QToolButton { padding: 2px; }
QPushButton#chip { border-radius: 11px; padding: 2px 10px; color: $faint; }
QPushButton#chip:checked { background: $chosen; color: $accent; border-color: $chosen; }
QPushButton#chip:focus { border-color: $accent; }
QPushButton#segment { border-radius: 0; padding: 4px 7px; margin: 0; background: $paper; }
QPushButton#segment:checked { background: $accent; color: $paper; border-color: $accent; }
QPushButton#flat, QToolButton#flat { border: 1px solid transparent; padding: 3px 6px; color: $accent; }
QPushButton#flat:hover { background: $hover; }
QPushButton#flat:focus { border-color: $accent; }
QPushButton#tab { border: 1px solid transparent; border-bottom: 2px solid transparent; border-radius: 0;
  padding: 4px 5px; color: $faint; font-size: 11px; letter-spacing: 0.5px; }
QPushButton#tab:hover { background: $hover; }
QPushButton#tab:checked { color: $ink; border-bottom: 2px solid $accent; }
QPushButton#tab:focus { border: 1px solid $accent; border-bottom: 2px solid $accent; }
QTextEdit#guideline { background: $background; border: none; color: $ink; }
QPushButton#field { background: $paper; text-align: left; padding: 4px 8px; }
QPushButton#field:checked { border: 1px solid $accent; background: $chosen; }
QPushButton#label { border: 1px solid transparent; text-align: left; padding: 0; }
QPushButton#label:hover { background: $hover; }
QPushButton#label:focus { border-color: $accent; }
QPushButton#label[current="true"] { background: $chosen; }
QLabel { color: $ink; background: transparent; }
QLabel#faint, QLabel#section, QLabel#count { color: $faint; }
QLabel#section { letter-spacing: 0.5px; font-size: 11px; }
QLabel#key { color: $faint; border: 1px solid $hairline; border-radius: 4px; padding: 0 5px; font-size: 11px;
  background: $paper; }
QLabel#hint { color: $accent; font-weight: 600; }
QLabel#good { color: $good; }
QLabel#bad { color: $warning; }
QPushButton#status { border: none; border-radius: 4px; padding: 1px 8px; color: $warning; }
QPushButton#status:hover { background: $hover; }
QFrame#banner { background: $chosen; border: none; border-top: 1px solid $hairline; }
QFrame#popup { background: $background; border: 1px solid $faint; border-radius: 8px; }
QFrame#line { background: $hairline; max-height: 1px; border: none; }
QProgressBar { background: $hairline; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $hairline; border-radius: 4px; min-height: 36px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $hairline; border-radius: 4px; min-width: 36px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; height: 0; width: 0; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: $paper; color: $ink; border: 1px solid $hairline; padding: 4px; }
QCheckBox::indicator, QAbstractItemView::indicator, QRadioButton::indicator { width: 13px; height: 13px;
  border: 1px solid $faint; border-radius: 3px; background: $paper; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border-color: $accent;
  image: url("$tick"); }
QRadioButton::indicator:checked { width: 5px; height: 5px; border: 5px solid $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $hairline; }
QRadioButton, QCheckBox { color: $ink; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
""")


def style_sheet(theme: Theme) -> str:
    """The style sheet of the whole program in `theme`."""
    names = ("background", "paper", "ink", "faint", "hairline", "accent", "hover", "chosen", "good", "warning")
    tick = resources.path(f"pictures/tick-{'dark' if theme.dark else 'light'}.png").as_posix()
    return _SHEET.substitute({name: getattr(theme, name) for name in names}, tick=tick)


def palette(theme: Theme) -> QPalette:
    """The same colours for what a style sheet does not reach: the article, selections, place-holders."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.background,
        role.Base: theme.paper,
        role.AlternateBase: theme.background,
        role.Text: theme.ink,
        role.WindowText: theme.ink,
        role.ButtonText: theme.ink,
        role.Button: theme.background,
        role.PlaceholderText: theme.faint,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.paper,
        role.ToolTipBase: theme.paper,
        role.ToolTipText: theme.ink,
        role.Link: theme.accent,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    made.setColor(QPalette.ColorGroup.Disabled, role.Text, QColor(theme.faint))
    made.setColor(QPalette.ColorGroup.Disabled, role.ButtonText, QColor(theme.faint))
    return made
