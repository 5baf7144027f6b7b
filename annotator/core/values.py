"""The values of a choice or a tree: where each stands, and which a person means by what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.core.matching import fit
from annotator.core.scheme import Attribute, Value

STEP = " › "  # between the parts of a path
_LONGEST_SCALE = 11  # points that stand side by side


def path_of(value: Value, values: Sequence[Value]) -> list[Value]:
    """The values from the top of a tree down to `value`, which is the last; itself alone outside a tree."""
    by_name = {each.name: each for each in values}
    path = [value]
    while (above := by_name.get(path[0].parent)) is not None and above not in path:
        path.insert(0, above)
    return path


def shown_path(value: Value, values: Sequence[Value]) -> str:
    """A path as a person reads it: “Economy › Trade › Tariffs”."""
    return STEP.join(each.shown for each in path_of(value, values))


def in_tree_order(values: Sequence[Value]) -> list[tuple[Value, int]]:
    """Every value once, each under the one above it, with how deep it stands. What stands in a circle comes last."""
    known = {value.name for value in values}
    below: dict[str, list[Value]] = {}
    for value in values:
        below.setdefault(value.parent if value.parent in known else "", []).append(value)
    ordered = list(_below(below, "", 0))
    placed = {value.name for value, _ in ordered}
    return ordered + [(value, 0) for value in values if value.name not in placed]


def _below(below: dict[str, list[Value]], name: str, depth: int) -> Iterator[tuple[Value, int]]:
    for value in below.get(name, ()):
        yield value, depth
        if value.name:
            yield from _below(below, value.name, depth + 1)


def meant(typed: str, value: Value) -> int | None:
    """How well a value fits what was typed: its very code or name best, then beginnings, then inner words; or None."""
    wanted = typed.strip().casefold()
    if wanted and wanted in (value.code.casefold(), value.name.casefold(), value.shown.casefold()):
        return -1
    if wanted and value.code.casefold().startswith(wanted):
        return 0
    fits = [rank for text in {value.shown, value.name} if (rank := fit(typed, text)) is not None]
    return min(fits, default=None)


def best(typed: str, values: Sequence[Value]) -> Value | None:
    """The value that fits best what was typed, the first of those that fit alike."""
    fits = [(rank, place) for place, value in enumerate(values) if (rank := meant(typed, value)) is not None]
    return values[min(fits)[1]] if fits else None


def points(attribute: Attribute) -> tuple[Value, ...]:
    """The points of a scale: its values, else the whole numbers from its minimum to its maximum where they are few."""
    if attribute.values:
        return attribute.values
    low, high = attribute.minimum, attribute.maximum
    if low is None or high is None or not 0 < high - low < _LONGEST_SCALE or low != int(low):
        return ()
    return tuple(Value(str(number)) for number in range(int(low), int(high) + 1))
