"""Whatever the keyboard can reach says what it is: no field, button or list without a name and a role."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QApplication, QWidget

from annotator.core.imports import ImportReport
from annotator.gui.dialogs.import_report import ImportReportDialog

DIALOGS = ("concordance", "keywords", "preferences", "edit_scheme", "show_keys", "show_manual", "command_palette",
           "pick_label", "set_zone", "export_json", "registry",
           "export_formats")  # fmt: skip  # actions that open one, or a popup


def nameless(root):
    """The widgets below `root` that take the keyboard and tell a reader nothing of themselves."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        inside = widget is widget.window() or isinstance(widget.parentWidget(), QAbstractItemView | QAbstractSpinBox)
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible() or inside:
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if not face.text(QAccessible.Text.Name).strip() or face.role() == QAccessible.Role.NoRole:
            found.append(f"{type(widget).__name__} {widget.objectName()}".strip())
    return found


def test_everything_in_the_window_has_a_name(window):
    window.mark("“We hope our partners will come,”", "q")
    assert nameless(window.window) == []
    window.press(Qt.Key.Key_Escape)
    window.act("find")
    QTest.mouseClick(window.window.documents.filter, Qt.MouseButton.LeftButton)
    window.settle()
    opened = others(window)
    assert opened
    assert [nameless(each) for each in (window.window, *opened)] == [[]] * (1 + len(opened))
    for each in opened:
        each.close()


@pytest.mark.parametrize("action", DIALOGS)
def test_everything_in_a_dialog_has_a_name(window, action):
    window.mark("“We hope our partners will come,”", "q")
    window.drag("Salim Haddad")
    window.act(action)
    window.settle()
    opened = others(window)
    assert opened
    for each in opened:
        assert nameless(each) == []
        each.close()


def others(window):
    """What is open beside the main window."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window.window]


def test_a_report_has_names(window):
    dialog = ImportReportDialog(ImportReport(), window.window)
    dialog.show()
    assert nameless(dialog) == []
    dialog.close()
