"""What is to be printed, and what was: the two things that a format and the window tell each other about a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from annotator.core.scheme import Label
from annotator.exporters.page.told import ToldArticle

PAPERS = ("a4", "letter")


class Used(NamedTuple):
    """The labels of a layer that are used, and how often."""

    layer: str  # as people read it
    labels: tuple[tuple[Label, int], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """Articles to be printed one behind the other."""

    title: str
    summary: str
    titles: tuple[tuple[str, int], ...]  # of the articles, with how many marks each has
    used: tuple[Used, ...]
    articles: Callable[[], Iterator[ToldArticle]]  # one at a time
    paper: str = "a4"  # one of PAPERS
    names: bool = True  # the labels’ names stand below the words
    list_of_marks: bool = True  # what is said of marks stands behind each article


class Printed(NamedTuple):
    """What came of it."""

    pages: int
    first_pages: tuple[int, ...]  # of each article, from 1
