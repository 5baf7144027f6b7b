"""What a command says: sentences for a person, or one JSON object for a program."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

SHOWN = 20  # failures and warnings that are printed one by one


def print_json(report: Any) -> None:
    """One JSON object on standard output."""
    import orjson

    stream = sys.stdout.buffer
    stream.write(orjson.dumps(report) + b"\n")
    stream.flush()


def say(as_json: bool, report: dict[str, Any], lines: Iterable[str]) -> None:
    """The report, for a program or for a person."""
    if as_json:
        print_json(report)
    else:
        for line in lines:
            click.echo(line)


def say_first(sentences: Sequence[str], more: str) -> None:
    """The first of these on standard error, and how many `more` there are."""
    for sentence in sentences[:SHOWN]:
        click.echo(sentence, err=True)
    if len(sentences) > SHOWN:
        click.echo(f"{len(sentences) - SHOWN} {more}; --json lists all.", err=True)


def counted(count: int, noun: str) -> str:
    """So many of something."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
