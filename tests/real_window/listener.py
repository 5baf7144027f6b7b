"""Listens to the window as a screen reader does, and writes what it hears, a JSON object a line.

Runs under the system's Python, which has the bindings to the accessibility bus: `python3 listener.py`. The first line
is the article as it is found in the tree of widgets; each further line is what the program says.
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


def tell(**heard):
    """Write a line."""
    print(json.dumps(heard), flush=True)


if __name__ == "__main__":
    listener = Atspi.EventListener.new(hear)
    listener.register("object:announcement")
    GLib.timeout_add(LOOK, look)
    Atspi.event_main()
