"""A file dialog that lists the folder of an open project takes SQLite's locks on it from nobody."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QFileDialog

from annotator.gui.dialogs.files import NamesOnly, _dialog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks there belong to a handle, not to a process")

TRY = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # where SQLite's readers hold theirs
"""


def is_held(path):
    """Whether another process finds the project in use."""
    tried = subprocess.run([sys.executable, "-c", TRY, str(path)], capture_output=True, check=False)
    return tried.returncode != 0


def test_looking_into_a_file_would_give_the_locks_up(window, project_path):
    assert is_held(project_path)
    project_path.open("rb").close()
    assert not is_held(project_path)


@pytest.mark.parametrize("mode", [QFileDialog.FileMode.ExistingFiles, QFileDialog.FileMode.Directory])
def test_the_dialog_lists_the_project_and_the_locks_stay(window, qtbot, project_path, mode):
    window.mark("Valletta", "g")
    dialog = _dialog(window.window, "Import", str(project_path.parent), mode)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.wait(700)
    assert dialog.directory().absolutePath() == str(project_path.parent)
    assert is_held(project_path)
    dialog.close()
    assert is_held(project_path)


def test_a_file_is_told_by_its_name(qapp, tmp_path):
    names = NamesOnly()
    assert names.type(QFileInfo(str(tmp_path))) == "folder"
    assert names.type(QFileInfo(str(tmp_path / "gulf.annotator"))) == "annotator"
    assert not names.icon(QFileInfo(str(tmp_path / "gulf.annotator"))).isNull()
