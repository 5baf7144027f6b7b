"""Listens to the window as a screen reader does, and writes what it hears, a JSON object a line.

Runs under the system's Python, which has the bindings to the accessibility bus: `python3 listener.py`. The first line
is the article as it is found in the tree of widgets; each further line is what the program says, where its caret went,
what is selected in it, or what got the keyboard.
"""

import json

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

ARTICLE, LOOK = "Article", 200  # its name; milliseconds between two looks


def find(node):
    """The article below `node`; None where it is not, or where the tree changes meanwhile."""
    try:
        if node.get_name() == ARTICLE and node.get_role_name() == "text":
            return node
        children = (node.get_child_at_index(number) for number in range(node.get_child_count()))
        return next((found for child in children if child is not None and (found := find(child))), None)
    except GLib.Error:
        return None


def look():
    """Write the article once it is there; whether to look again."""
    article = find(Atspi.get_desktop(0))
    if article is not None:
        tell(role=article.get_role_name(), text=Atspi.Text.get_text(article, 0, -1))
    return article is None


def hear(event):
    """Write what is said."""
    tell(said=str(event.any_data))


def follow(event):
    """Write where the caret went, in the positions of the accessible text."""
    tell(caret=event.detail1)


def read(event):
    """Write the words that are selected."""
    if Atspi.Text.get_n_selections(event.source):
        place = Atspi.Text.get_selection(event.source, 0)
        tell(selected=Atspi.Text.get_text(event.source, place.start_offset, place.end_offset))


def meet(event):
    """Write the name of what has the keyboard now: a field, or a row of a list."""
    if event.detail1:
        tell(met=event.source.get_name())


def tell(**heard):
    """Write a line."""
    print(json.dumps(heard), flush=True)


if __name__ == "__main__":
    said, selected, met, moved = (Atspi.EventListener.new(heard) for heard in (hear, read, meet, follow))
    said.register("object:announcement")
    selected.register("object:text-selection-changed")
    met.register("object:state-changed:focused")
    moved.register("object:text-caret-moved")
    GLib.timeout_add(LOOK, look)
    Atspi.event_main()
