"""What the headline of a page is: the heading on it that the page itself names as its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.importers.html.alignment import letters
from annotator.importers.html.visible import Block

_PARTED = re.compile(r"\s+(?:[|–—·•»«:›‹/\\~-]|::|\|\||//)+\s+|\s*\|\s*|(?<=\w)\s*[»›]\s+|:\s+")
_HEADLINE = re.compile(
    r"headline|entry-?title|post-?title|article-?(?:title|head)|story-?title|page-?title|\bheadline\b|firstheading"
    r"|titulo|titre|titel|\bname headline\b",
)
_SITE = re.compile(r"\blogo|site-?(?:title|name|logo|head|brand)|\bbrand|masthead|blog-?title|navbar|widget|sidebar")
_RANKS = {"h1": 1.5, "h2": 0.7, "h3": 0.3, "h4": 0.1}
_ENOUGH = 1.7
_TRUSTED = 5  # words of a heading that is hardly something else
_SITE_WORDS = 3  # of what may be a site's name that nothing else names
_LONGEST = 400  # characters of a headline


class Headline(NamedTuple):
    """Which block of a page is its headline, -1 for none, and whether the page names that as its title."""

    place: int
    named: bool


def headline_among(blocks: Sequence[Block], clues: Iterable[str], site: str, body: int) -> Headline:
    """Which of `blocks` is the headline. `clues` are the titles that the page names, the surest first.

    `site` is the site's name; `body` the number of the first block of the article, or of all blocks.
    """
    own = letters(site).casefold()
    named = [clue for clue in clues if letters(clue).casefold() not in ("", own)]
    scored = [(_score(block, named, site, place, body), -place) for place, block in enumerate(blocks) if _may_be(block)]
    score, place = max(scored, default=(0.0, 0))
    if score < _ENOUGH:
        return Headline(-1, False)
    return Headline(-place, not named or _says_so(blocks[-place], named))


def _says_so(block: Block, clues: Sequence[str]) -> bool:
    """Whether a heading is the page's title, or is marked or long enough to be trusted before the page's `<title>`."""
    key = letters(block.text).casefold()
    marked = _HEADLINE.search(f"{block.place.hints} {block.hints}") is not None
    return marked or len(block.text.split()) >= _TRUSTED or any(_agrees(key, clue) > 0 for clue in clues)


def _may_be(block: Block) -> bool:
    heading = block.place.tag in _RANKS or _HEADLINE.search(f"{block.place.hints} {block.hints}") is not None
    return heading and len(block.text) <= _LONGEST and block.place.landmark not in ("nav", "footer", "aside")


def _score(block: Block, clues: Sequence[str], site: str, place: int, body: int) -> float:
    key = letters(block.text).casefold()
    if not key:
        return 0.0
    hints = f"{block.place.hints} {block.hints}"
    score = _RANKS.get(block.place.tag, 0.0) + 1.2 * (_HEADLINE.search(hints) is not None)
    outer = " ".join(inner.hints for inner in block.place.within())
    score -= 2.0 * (_SITE.search(outer) is not None)
    score -= 2.5 * (key == letters(site).casefold())
    score += max((_agrees(key, clue) - 0.2 * rank for rank, clue in enumerate(clues)), default=0.0)
    score += 0.5 if place <= body else -0.5
    return score - 0.01 * abs(body - place)


def _agrees(key: str, clue: str) -> float:
    """How well a heading fits a title that the page names: the whole of it best, or its first part."""
    whole = letters(clue).casefold()
    if key == whole:
        return 3.0
    parts = [letters(part).casefold() for part in _PARTED.split(clue)]
    if key == parts[0]:
        return 2.2
    if len(key) >= 12 and (whole.startswith(key) or key.startswith(whole)):
        return 2.0
    return 1.0 if key in parts[1:] else 0.0


def without_site(title: str, site: str, host: str) -> str:
    """`title` without the name of the site at its end or its beginning."""
    names = {letters(name).casefold() for name in (site, host, host.rpartition(".")[0])} - {""}
    pieces = [(part.start(), part.end()) for part in _PARTED.finditer(title)]
    if not pieces:
        return title
    last, first = title[pieces[-1][1] :], title[: pieces[0][0]]
    before = title[: pieces[-1][0]].strip()
    if letters(last).casefold() in names:
        return before
    if letters(first).casefold() in names:
        return title[pieces[0][1] :].strip()
    sign = title[pieces[-1][0] : pieces[-1][1]].strip()
    looks = not names and sign != ":" and len(last.split()) <= _SITE_WORDS and len(before.split()) > _SITE_WORDS
    return before if looks else title
