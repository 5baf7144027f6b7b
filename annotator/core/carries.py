"""What a format can hold of marks, and of what is said about them and their articles."""

from __future__ import annotations

from typing import NamedTuple


class Carries(NamedTuple):
    """What a format can hold beside texts and marks that lie side by side."""

    nested: bool = False  # marks within marks, or on the same words
    crossing: bool = False  # marks that overlap others and go on
    discontinuous: bool = False
    links: bool = False
    attributes: bool = False  # of marks
    link_attributes: bool = False
    notes: bool = False  # on marks
    answers: bool = False  # in the article's form
    people: bool = False  # whose mark, link or answer it is
    zones: bool = False
    statuses: bool = False
    facts: bool = False  # metadata


EVERYTHING = Carries(*[True] * len(Carries._fields))
