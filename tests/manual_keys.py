"""The manual's page of keys, made from the tables that the program itself reads: `python -m tests.manual_keys`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotator import resources
from annotator.gui.actions import ACTIONS, ActionSpec
from annotator.gui.dialogs.keys import IN_A_FORM, IN_THE_TEXT
from annotator.templates import template

_HEAD = """\
# Keys

The program shows this list, with the labels of your own scheme, under **Help ▸ Keys** (`F1`). On macOS, `Ctrl` is the
command key.

This page is made from the program's own tables by `python -m tests.manual_keys`; a test fails when it is out of date.
"""


def page() -> str:
    """The page as it should be."""
    labels = [label for label in template("news").labels if label.shortcut and label.enabled]
    parts = [_HEAD, "## In the text\n", _table(("key", "does"), IN_THE_TEXT)]
    parts += ["## In a form\n", _table(("key", "does"), IN_A_FORM)]
    parts += ["## Labels of the news scheme\n", _table(("key", "label"), ((f"`{x.shortcut}`", x.name) for x in labels))]
    for menu in dict.fromkeys(_menu(spec) for spec in ACTIONS):
        rows = ((_shown(spec), _key(spec)) for spec in ACTIONS if _menu(spec) == menu)
        parts += [f"## {menu}\n", _table(("action", "key"), rows)]
    return "\n".join(parts)


def page_path() -> Path:
    """Where the page is kept."""
    return resources.path("manual") / "keys.md"


def _menu(spec: ActionSpec) -> str:
    return spec.menu.replace("&", "").replace("/", " ▸ ")


def _shown(spec: ActionSpec) -> str:
    return spec.text.replace("&", "")


def _key(spec: ActionSpec) -> str:
    return f"`{spec.shortcut}`" if spec.shortcut else ""


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [heads, ("---", "---"), *rows]
    return "".join(f"| {first} | {second} |\n" for first, second in lines)


if __name__ == "__main__":
    page_path().write_text(page(), encoding="utf-8")
