"""What can be chosen about a format: each exporter names its options, and dialog, command line and manual show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from annotator.core.errors import KnownError

Kind = Literal["choice", "yes_no", "number", "text"]
YES, NO = "yes", "no"


class Option(NamedTuple):
    """One thing that can be chosen; values are texts, as the command line has them."""

    name: str  # as `annotator export --option NAME=VALUE` takes it
    title: str  # as people read it
    default: str
    choices: tuple[tuple[str, str], ...] = ()  # values and their titles, of a choice
    kind: Kind = "choice"
    explanation: str = ""  # a sentence


def yes_no(name: str, title: str, *, default: bool = False, explanation: str = "") -> Option:
    """An option that is on or off."""
    return Option(name, title, YES if default else NO, ((YES, "Yes"), (NO, "No")), "yes_no", explanation)


def chosen(options: Sequence[Option], given: Mapping[str, str]) -> dict[str, str]:
    """The value of every option: as `given`, or its default.

    Raises KnownError for a name or a value that there is not.
    """
    known = {option.name: option for option in options}
    for name, value in given.items():
        if name not in known:
            there = f"There are: {', '.join(known)}." if known else "It has none."
            raise KnownError(f"This format has no option “{name}”. {there}")
        _check(known[name], value)
    return {name: given.get(name, option.default) for name, option in known.items()}


def _check(option: Option, value: str) -> None:
    values = [each for each, _ in option.choices]
    if values and value not in values:
        raise KnownError(f"“{value}” is nothing that {option.name} can be. It can be: {', '.join(values)}.")
    if option.kind == "number" and not value.isdecimal():
        raise KnownError(f"{option.name} is a whole number, not “{value}”.")
