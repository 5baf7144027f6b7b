"""The kinds of attributes and of registry entries, in words."""

from __future__ import annotations

from annotator.gui.texts import tr

KINDS = (
    ("choice", "Choice"),
    ("tree", "Tree of values"),
    ("scale", "Scale"),
    ("yes_no", "Yes or no"),
    ("number", "Number"),
    ("date", "Date"),
    ("text", "Text"),
    ("entity", "Registry entry"),
)
WITH_VALUES = ("choice", "tree", "scale")
REGISTRIES = (
    ("", "Any entry"),
    ("person", "A person"),
    ("organisation", "An organisation"),
    ("place", "A place"),
    ("concept", "A concept"),
)


def kind_words(kind: str) -> str:
    """How a kind of attribute is called."""
    return tr(dict(KINDS)[kind])
