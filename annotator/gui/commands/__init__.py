"""What the menus do: each row of ACTIONS calls the method of its name, a group a menu."""

from __future__ import annotations

from annotator.gui.commands.checking import CheckingCommands
from annotator.gui.commands.editing import EditCommands
from annotator.gui.commands.files import FileCommands
from annotator.gui.commands.forms import FormCommands
from annotator.gui.commands.going import GoCommands
from annotator.gui.commands.marking import MarkCommands
from annotator.gui.commands.registry import RegistryCommands
from annotator.gui.commands.rereading import RereadingCommands
from annotator.gui.commands.safekeeping import SafekeepingCommands
from annotator.gui.commands.scheme import SchemeCommands
from annotator.gui.commands.schemes import SchemeFileCommands
from annotator.gui.commands.viewing import ViewCommands


class Commands(
    FileCommands,
    EditCommands,
    MarkCommands,
    FormCommands,
    SchemeCommands,
    RegistryCommands,
    SchemeFileCommands,
    CheckingCommands,
    RereadingCommands,
    SafekeepingCommands,
    GoCommands,
    ViewCommands,
):
    """Every action of a main window."""
