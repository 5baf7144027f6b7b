"""Answers that this program wrote as texts that say their kind."""

from __future__ import annotations

import json
from typing import NoReturn

from annotator.core.annotation import AttributeValue


def typed_value(text: str) -> AttributeValue:
    """The value that a text is as JSON: true, a number, a text in quotation marks, a list of texts; else the text."""
    try:
        held = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text
    if isinstance(held, list):
        return held if all(isinstance(each, str) for each in held) else text
    return held if isinstance(held, bool | int | float | str) else text


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
