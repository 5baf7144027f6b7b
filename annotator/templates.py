"""The scheme templates that are shipped with the program, for the window and the command line alike."""

from __future__ import annotations

import json
from pathlib import Path

from annotator import resources
from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json

DEFAULT = "news"


def names() -> list[str]:
    """The templates there are."""
    return sorted(path.stem for path in resources.path("schemes").glob("*.json"))


def template(name: str) -> Scheme:
    """The shipped scheme of that name. Raises KnownError, naming those there are, when there is none."""
    if name not in names():
        raise KnownError(f"There is no scheme “{name}”. There are: {', '.join(names())}; or give a file.")
    return scheme_file(resources.path(f"schemes/{name}.json"))


def scheme_file(path: Path) -> Scheme:
    """The scheme that the JSON file at `path` describes: a scheme alone, or a JSON export that holds one.

    Raises KnownError when it cannot be read or is of another form.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnownError(f"The scheme {path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise KnownError(f"{path} is no scheme: it is no JSON ({error}).") from error
    if isinstance(data, dict) and isinstance(data.get("scheme"), dict):
        data = data["scheme"]
    return scheme_from_json(data)
