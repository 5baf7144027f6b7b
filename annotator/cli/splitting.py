"""What `annotator export --split` means, and how a split is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from annotator.cli.telling import counted
from annotator.core.errors import KnownError

if TYPE_CHECKING:
    from annotator.exporters.base import SplitCounts
    from annotator.exporters.placing import Split


class Asked(NamedTuple):
    """The options about splits, as they were given."""

    split: str
    fractions: str
    seed: int | None
    dates: str
    no_near_duplicates: bool


def split_options(command: click.decorators.FC) -> click.decorators.FC:
    """The options about splits, for `annotator export`."""
    for option in reversed((
        click.option("--split", default="", metavar="HOW", help="document, source, date, or an earlier split.json."),
        click.option("--fractions", default="", help="Of train, dev and test: 80,10,10 if not given."),
        click.option("--seed", type=int, help="Another number splits otherwise; 1 if not given."),
        click.option("--dates", default="", help="By date: the first days of dev and test: 2020-01-01,2021-01-01."),
        click.option("--no-near-duplicates", is_flag=True, help="Do not look for copies of the same story."),
    )):  # fmt: skip
        command = option(command)
    return command


def split_asked_for(asked: Asked) -> Split | None:
    """The split, or None for an export in one. Raises KnownError for what cannot be."""
    from annotator.exporters.placing import FRACTIONS, By, Split
    from annotator.exporters.split_file import read_split

    more = any((asked.fractions, asked.seed is not None, asked.dates, asked.no_near_duplicates))
    if not asked.split:
        if more:
            raise KnownError("--fractions, --seed, --dates and --no-near-duplicates say how --split is to be done.")
        return None
    way: By | None = next((way for way in get_args(By) if way == asked.split), None)
    if way is None:
        if not Path(asked.split).exists():
            raise KnownError(f"--split is document, source, date or a split.json; there is no file {asked.split}.")
        if more:
            raise KnownError("The split.json says how it was split: leave the other options about splits out.")
        return read_split(Path(asked.split))
    fractions = _numbers(asked.fractions) if asked.fractions else FRACTIONS
    dates = tuple(date.strip() for date in asked.dates.split(",")) if asked.dates else ()
    try:
        return Split(way, fractions, 1 if asked.seed is None else asked.seed, not asked.no_near_duplicates, dates)
    except ValueError as error:
        raise KnownError(f"So it cannot be split: {error}.") from None


def _numbers(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.replace("%", "").split(","))
    except ValueError:
        raise KnownError(f"“{text}” are no fractions. Write three numbers, as 80,10,10.") from None


def split_lines(split: SplitCounts) -> Iterator[str]:
    """What a split came to, as sentences."""
    from annotator.exporters.placing import NEVER

    yield "Split: " + ", ".join(f"{number} {part}" for part, number in split.parts.items()) + "."
    yield from (f"There is nothing in {part}." for part, number in split.parts.items() if not number)
    firsts = [f"{part} begins with {day}" for part, day in zip(("dev", "test"), split.dates, strict=False)]
    if firsts and max(split.dates) != NEVER:
        yield f"By date, {' and '.join(firsts)}."
    if split.groups:
        groups, largest = counted(split.groups, "group"), f"the largest of {split.largest}"
        yield f"{counted(split.near_duplicates, 'near-duplicate')} in {groups}, {largest}, each group on one side."
    if split.moved:
        yield f"{counted(split.moved, 'near-duplicate')} went to the side of an earlier part, where another was."
    if split.parted:
        yield f"{counted(split.parted, 'group')} of near-duplicates stayed on two sides, as the earlier split has it."
    if split.unknown:
        stays = "stands in train" if split.by == "date" else "was taken as a source of its own"
        yield f"{counted(split.unknown, 'document')} without a {split.by}: each {stays}."
