"""The scheme templates that are shipped with the program, for the window and the command line alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from annotator import resources
from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json

DEFAULT = "news"
LAST = "empty"  # of the list


class Template(NamedTuple):
    """A scheme to begin with, and what a person who chooses one wants to know."""

    name: str
    title: str
    description: str
    source: str  # where its labels and rules come from
    scheme: Scheme


def names() -> list[str]:
    """The templates there are."""
    return sorted(path.stem for path in resources.path("schemes").glob("*.json"))


def template(name: str) -> Scheme:
    """The shipped scheme of that name. Raises KnownError, naming those there are, when there is none."""
    if name not in names():
        raise KnownError(f"There is no scheme “{name}”. There are: {', '.join(names())}; or give a file.")
    return scheme_from_json(_data(name))


def templates() -> list[Template]:
    """All of them: the default first, then by title, the empty one last."""
    found = [_template(name) for name in names()]
    return sorted(found, key=lambda each: (each.name != DEFAULT, each.name == LAST, each.title))


def _template(name: str) -> Template:
    data = _data(name)
    title, description, source = (str(data.get(field, "")) for field in ("title", "description", "source"))
    return Template(name, title, description, source, scheme_from_json(data))


def _data(name: str) -> dict[str, Any]:
    path: Path = resources.path(f"schemes/{name}.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data
