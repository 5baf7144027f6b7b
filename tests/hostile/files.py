"""What a hostile file is: its bytes, and what must become of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

SENTENCE = "The ferry left the harbour on Tuesday. Mira Doren said no. "


class Hostile(NamedTuple):
    """One case: the files of a folder, and what is expected of importing them."""

    name: str  # of the case
    files: Mapping[str, bytes]  # by name within the folder
    comes_in: bool | None = None  # whether a document must come of it, or none may; None where both are right
    says: str = ""  # what one of the sentences about it must hold


def file(name: str, data: bytes | str, comes_in: bool | None = None, says: str = "", case: str = "") -> Hostile:
    """A case of one file."""
    held = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return Hostile(case or name, {name: held}, comes_in, says)


def prefixed(kind: str, cases: Iterator[Hostile]) -> Iterator[Hostile]:
    """`cases`, their names beginning with their kind."""
    return (case._replace(name=f"{kind}: {case.name}") for case in cases)
