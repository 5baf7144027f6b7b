"""What the menus do: each row of ACTIONS calls the method of its name, a group a menu."""

from __future__ import annotations

from annotator.gui.commands.checking import CheckingCommands
from annotator.gui.commands.editing import EditCommands
from annotator.gui.commands.files import FileCommands
from annotator.gui.commands.going import GoCommands
from annotator.gui.commands.marking import MarkCommands
from annotator.gui.commands.viewing import ViewCommands


class Commands(FileCommands, EditCommands, MarkCommands, GoCommands, ViewCommands, CheckingCommands):
    """Every action of a main window."""
