"""Lists: the keys that lead to their ends."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView

from annotator.gui.panels.row_table import RowTable


def test_home_and_end_lead_to_the_first_and_the_last_row(qtbot):
    table = RowTable(20, "Names")
    qtbot.addWidget(table)
    table.setModel(QStringListModel(["Amal", "Basma", "Chafik"]))
    table.show()
    table.selectRow(1)
    for key, row in ((Qt.Key.Key_End, 2), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(table, key)
        assert table.currentIndex().row() == row


def test_a_row_is_chosen_in_a_mirrored_window_too(qtbot):
    table = RowTable(20, "Names")
    qtbot.addWidget(table)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.setModel(QStringListModel(["Amal", "Basma"]))
    table.show()
    table.selectRow(1)
    assert table.currentIndex().row() == 1


def test_a_row_can_be_chosen_in_a_mirrored_table_of_several_columns(qtbot):
    table = RowTable(20, "Names")
    qtbot.addWidget(table)
    model = QStandardItemModel(3, 4)
    table.setModel(model)
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.resize(900, 200)
    table.show()
    table.selectRow(2)
    assert {index.row() for index in table.selectionModel().selectedRows()} == {2}
    table.selectRow(9)
    assert table.currentIndex().row() == 2
