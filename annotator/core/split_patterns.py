"""How a text with many articles is split: patterns as data, which can be shown, changed and remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_PARSER = re._parser  # type: ignore[attr-defined]
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT"))
_LONGEST = 500  # characters of a pattern


@dataclass(frozen=True, slots=True)
class FieldPattern:
    """A line that holds a field: what it is (a target of core.column_mapping, or a name of one’s own), and its form.

    The first group of `pattern` is the value; without a group, the whole line is.
    """

    target: str
    pattern: str


@dataclass(frozen=True, slots=True)
class SplitPatterns:
    """Patterns are matched line by line, case ignored. Either `start` or `end` is needed."""

    name: str
    start: str = ""  # a line that begins an article
    end: str = ""  # a line that ends one
    fields: tuple[FieldPattern, ...] = ()
    drop: tuple[str, ...] = ()  # lines that are left out, such as a page’s head
    keep_start: bool = False  # whether the line that begins an article belongs to it
    keep_end: bool = False
    first_line_is_title: bool = True  # where no field is one
    day_first: bool = True

    def faults(self) -> list[str]:
        """What is wrong with the patterns, as sentences; nothing when they can be used."""
        found = [] if self.start or self.end else ["Say how an article begins, or how it ends."]
        named = [("start", self.start), ("end", self.end), *((each.target, each.pattern) for each in self.fields)]
        for name, pattern in [*named, *(("left-out lines", pattern) for pattern in self.drop)]:
            if pattern and (fault := pattern_fault(pattern)):
                found.append(f"The pattern for “{name}” {fault}")
        return found

    def to_json(self) -> dict[str, Any]:
        """As it is remembered."""
        return {
            "name": self.name,
            "start": self.start,
            "end": self.end,
            "fields": [{"target": each.target, "pattern": each.pattern} for each in self.fields],
            "drop": list(self.drop),
            "keep_start": self.keep_start,
            "keep_end": self.keep_end,
            "first_line_is_title": self.first_line_is_title,
            "day_first": self.day_first,
        }

    @classmethod
    def from_json(cls, data: Any) -> SplitPatterns:
        """What `to_json` gave; what is missing or no text is as when nothing was said."""
        held = data if isinstance(data, dict) else {}
        fields = [each for each in _list(held.get("fields")) if isinstance(each, dict)]
        return cls(
            name=_text(held.get("name")),
            start=_text(held.get("start")),
            end=_text(held.get("end")),
            fields=tuple(FieldPattern(_text(each.get("target")), _text(each.get("pattern"))) for each in fields),
            drop=tuple(filter(None, map(_text, _list(held.get("drop"))))),
            keep_start=held.get("keep_start") is True,
            keep_end=held.get("keep_end") is True,
            first_line_is_title=held.get("first_line_is_title") is not False,
            day_first=held.get("day_first") is not False,
        )


def pattern_fault(pattern: str) -> str:
    """Why a pattern cannot be used, as the end of a sentence; empty when it can.

    Refused is what a line can be made for on which it would never end: a repetition within a repetition.
    """
    if len(pattern) > _LONGEST:
        return f"is longer than {_LONGEST} characters."
    try:
        parsed = _PARSER.parse(pattern, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        return f"is not one ({error})."
    if _repeats_repeats(parsed, False):
        return "repeats what is itself repeated; on some lines that would take for ever."
    return ""


def _repeats_repeats(parsed: Iterable[Any], within: bool) -> bool:
    for operation, argument in parsed:
        name = str(operation)
        repeats = name in _REPEATS and argument[1] > 10
        if repeats and within:
            return True
        for inner in _inner(argument):
            if _repeats_repeats(inner, within or repeats):
                return True
    return False


def _inner(argument: Any) -> Iterable[Any]:
    """The patterns within a parsed one’s argument."""
    if isinstance(argument, _PARSER.SubPattern):
        yield argument
    elif isinstance(argument, list | tuple):
        for each in argument:
            yield from _inner(each)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
