"""Every action of the main window, in one table: menus, shortcuts and the manual read it. Add a row and a method.

The keys of labels are not here: they are the scheme's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from annotator.gui.texts import tr

Needs = Literal["nothing", "project", "document", "mark"]
LABELS = "labels"  # the id of the row whose place in the Mark menu the scheme's labels take


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: the window's method of that name, its menu, its words, its key, and what must be there for it."""

    id: str
    menu: str
    text: str
    shortcut: str = ""
    needs: Needs = "nothing"
    checkable: bool = False
    separated: bool = False  # a line above it in its menu


ACTIONS = (
    ActionSpec("new_project", "&File", "&New project…", "Ctrl+N"),
    ActionSpec("open_project", "&File", "&Open project…", "Ctrl+O"),
    ActionSpec("open_sample", "&File", "Open the &sample archive"),
    ActionSpec("close_project", "&File", "&Close project", "Ctrl+W", "project"),
    ActionSpec("import_files", "&File", "&Import files…", "Ctrl+I", "project", separated=True),
    ActionSpec("import_folder", "&File", "Import a &folder…", "Ctrl+Shift+I", "project"),
    ActionSpec("import_with_preview", "&File", "Import with a pre&view…", "", "project"),
    ActionSpec("export_json", "&File/&Export", "&JSON…", "Ctrl+E", "project"),
    ActionSpec("export_jsonl", "&File/&Export", "JSON &Lines…", "", "project"),
    ActionSpec("export_formats", "&File/&Export", "For &other programs…", "Ctrl+Shift+E", "project"),
    ActionSpec("show_backups", "&File", "&Backups…", "", "project", separated=True),
    ActionSpec("preferences", "&File", "&Preferences…", "Ctrl+,", separated=True),
    ActionSpec("quit", "&File", "&Quit", "Ctrl+Q", separated=True),
    ActionSpec("undo", "&Edit", "&Undo", "Ctrl+Z", "project"),
    ActionSpec("redo", "&Edit", "&Redo", "Ctrl+Shift+Z", "project"),
    ActionSpec("copy", "&Edit", "&Copy", "Ctrl+C", "document", separated=True),
    ActionSpec("copy_reference", "&Edit", "Copy the mark with its &reference", "Ctrl+Shift+C", "mark"),
    ActionSpec("select_all", "&Edit", "Select &all", "Ctrl+A", "document"),
    ActionSpec("find", "&Edit", "&Find in the article…", "Ctrl+F", "document", separated=True),
    ActionSpec("find_next", "&Edit", "Find &next", "F3", "document"),
    ActionSpec("find_previous", "&Edit", "Find &previous", "Shift+F3", "document"),
    ActionSpec("find_in_archive", "&Edit", "Search the &archive", "Ctrl+Shift+F", "project"),
    ActionSpec("concordance", "&Edit", "C&oncordance…", "Ctrl+K", "project"),
    ActionSpec("keywords", "&Edit", "&Keyword lists…", ""),
    ActionSpec("pick_label", "&Mark", "&Give a label…", "Ctrl+P", "document"),
    ActionSpec("brush", "&Mark", "&Paint with a label", "Ctrl+B", "document", checkable=True),
    ActionSpec("mark_everywhere", "&Mark", "Mark it e&verywhere in the article", "Ctrl+Shift+D", "mark"),
    ActionSpec("mark_occurrences", "&Mark", "All &occurrences…", "Ctrl+Shift+A", "document"),
    ActionSpec("same_again", "&Mark", "The &same again", "Ctrl+D", "mark"),
    ActionSpec("link_mark", "&Mark", "&Link to…", "Ctrl+L", "mark", separated=True),
    ActionSpec("add_fragment", "&Mark", "&Add the selection to the mark", "Ctrl+J", "mark"),
    ActionSpec("remove_fragment", "&Mark", "Take the &fragment away", "Ctrl+Shift+J", "mark"),
    ActionSpec("move_mark", "&Mark", "Move the mark to the selection", "Ctrl+Shift+M", "mark"),
    ActionSpec("edit_mark", "&Mark", "&Edit the mark", "Ctrl+M", "mark", separated=True),
    ActionSpec("copy_last_form", "&Mark", "&Copy the last form", "Ctrl+Shift+V", "document"),
    ActionSpec("article_form", "&Mark", "The art&icle’s form", "F9", "document"),
    ActionSpec("edit_note", "&Mark", "&Note…", "Ctrl+T", "mark"),
    ActionSpec("registry_entry", "&Mark", "&Registry entry of the mark…", "Ctrl+R", "mark"),
    ActionSpec("delete_mark", "&Mark", "&Delete the mark", "Del", "mark"),
    ActionSpec("fix_problem", "&Mark", "Fi&x what is wrong", "Ctrl+.", "document", separated=True),
    ActionSpec("make_example", "&Mark", "Make it an exam&ple of its label", "", "mark"),
    ActionSpec("set_zone", "&Mark", "&Zone of the selection…", "", "document", separated=True),
    ActionSpec("unchoose", "&Mark", "Let &go of the mark", "Esc", "document"),
    ActionSpec("edit_scheme", "&Project", "&Scheme…", "Ctrl+Shift+S", "project"),
    ActionSpec("registry", "&Project", "&Registry…", "Ctrl+Shift+R", "project"),
    ActionSpec("corpus_problems", "&Project", "&Problems in all articles…", "", "project"),
    ActionSpec("problem_rules", "&Project", "R&ules for problems…", "", "project"),
    ActionSpec("reread_pages", "&Project", "Read &kept pages again…", "", "project"),
    ActionSpec("check_project", "&Project", "&Check the project…", "", "project"),
    ActionSpec("import_scheme", "&Project", "&Import scheme…", "", "project", separated=True),
    ActionSpec("export_scheme", "&Project", "&Export scheme…", "", "project"),
    ActionSpec("next_mark", "&Go", "&Next mark", "Ctrl+]", "document"),
    ActionSpec("previous_mark", "&Go", "&Previous mark", "Ctrl+[", "document"),
    ActionSpec("next_alike", "&Go", "Next mark on the same &words", "Ctrl+PgDown", "mark"),
    ActionSpec("previous_alike", "&Go", "Previous mark on the &same words", "Ctrl+PgUp", "mark"),
    ActionSpec("next_problem", "&Go", "Next pr&oblem", "F8", "document"),
    ActionSpec("previous_problem", "&Go", "Pre&vious problem", "Shift+F8", "document"),
    ActionSpec("choose_by_letter", "&Go", "To a mark by its &letter", "Ctrl+G", "document"),
    ActionSpec("next_document", "&Go", "Next &article", "Alt+Down", "project", separated=True),
    ActionSpec("previous_document", "&Go", "Previous a&rticle", "Alt+Up", "project"),
    ActionSpec("go_back", "&Go", "&Back", "Alt+Left", "project"),
    ActionSpec("go_forward", "&Go", "&Forward", "Alt+Right", "project"),
    ActionSpec("next_unfinished", "&Go", "Next &unfinished article", "Alt+Shift+Down", "project"),
    ActionSpec("finish_document", "&Go", "&Finished", "Ctrl+Return", "document", checkable=True, separated=True),
    ActionSpec("go_to_list", "&Go", "To the &list", "F6", "project", separated=True),
    ActionSpec("go_to_text", "&Go", "To the &text", "F7", "document"),
    ActionSpec("command_palette", "&View", "All &commands…", "Ctrl+Shift+P"),
    ActionSpec("zoom_in", "&View", "&Larger text", "Ctrl++", separated=True),
    ActionSpec("zoom_out", "&View", "&Smaller text", "Ctrl+-"),
    ActionSpec("zoom_reset", "&View", "&Usual size", "Ctrl+0"),
    ActionSpec("theme_light", "&View", "L&ight", "", checkable=True, separated=True),
    ActionSpec("theme_dark", "&View", "&Dark", "", checkable=True),
    ActionSpec("theme_contrast", "&View", "&High contrast", "", checkable=True),
    ActionSpec("theme_system", "&View", "As the s&ystem", "", checkable=True),
    ActionSpec("links_chosen", "&View", "Links of the chosen &mark", "", checkable=True, separated=True),
    ActionSpec("links_all", "&View", "&All links", "", checkable=True),
    ActionSpec("links_none", "&View", "&No links", "", checkable=True),
    ActionSpec("toggle_list", "&View", "Articles", "Ctrl+1", checkable=True, separated=True),
    ActionSpec("toggle_side", "&View", "Labels and mark", "Ctrl+2", checkable=True),
    ActionSpec("toggle_marks", "&View", "List of marks", "Ctrl+3", checkable=True),
    ActionSpec("toggle_problems", "&View", "Problems", "Ctrl+4", checkable=True),
    ActionSpec("toggle_guideline", "&View", "Guideline", "Ctrl+5", checkable=True),
    ActionSpec("focus_mode", "&View", "The text alone", "F11", checkable=True),
    ActionSpec("show_manual", "&Help", "&Manual"),
    ActionSpec("show_keys", "&Help", "&Keys", "F1"),
    ActionSpec("about", "&Help", "&About Annotator"),
)


def add_actions(window: QMainWindow, commands: QObject) -> dict[str, QAction]:
    """Build the menus of `window`; each action calls the method of `commands` that bears its id."""
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for spec in ACTIONS:
        menu = _menu(window, menus, spec.menu)
        if spec.separated:
            menu.addSeparator()
        actions[spec.id] = action = menu.addAction(tr(spec.text))
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        action.setShortcut(QKeySequence(spec.shortcut))
        action.triggered.connect(getattr(commands, spec.id))
    return actions


def _menu(window: QMainWindow, menus: dict[str, QMenu], path: str) -> QMenu:
    if path not in menus:
        above, _, name = path.rpartition("/")
        bar = _menu(window, menus, above) if above else window.menuBar()
        menus[path] = bar.addMenu(tr(name))
    return menus[path]
