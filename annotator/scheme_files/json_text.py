"""Reading the JSON of scheme files, with sentences for what is wrong."""

from __future__ import annotations

import json
from typing import Any

from annotator.core.errors import KnownError
from annotator.scheme_files.base import SchemeText


def read_json(file: SchemeText, *, strict: bool = True) -> Any:
    """The value that the file holds; None where it is no JSON and not `strict`, else KnownError with the line."""
    if not strict and file.text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(file.text)
    except (ValueError, RecursionError) as error:
        if not strict:
            return None
        place = f", line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise KnownError(f"{file.name}{place}: this is no JSON ({why}). Nothing was changed.") from error


def records(value: Any) -> list[dict[str, Any]]:
    """The objects among the items of a list; none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def word(value: Any) -> str:
    """A string or a number as text without space around it; empty for anything else."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
