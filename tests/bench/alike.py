"""How long finding near-duplicates takes: articles of 500 words, every seventh a copy of another with changes."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from annotator.core.common_lines import CommonLines
from annotator.core.folding import folded
from annotator.core.near_duplicates import NearDuplicates
from tests.bench.runs import Figure, child, tell, timed


def figures(home: Path, documents: int) -> Iterator[Figure]:
    """Lines counted, signatures made, groups found; and the same texts only cut into words."""
    ours = child("alike", "groups", documents, home=home)
    floor = child("alike", "words", documents, home=home)
    size = f"near-duplicates of {documents:,} articles, cpu"
    seconds = [[each / 1000 for each in found["cpu"]] for found in (ours, floor)]
    yield Figure(size, "s", *seconds, "the same texts folded and cut into words", ours["peak"], floor["peak"])


def _texts(documents: int) -> list[str]:
    chance = random.Random(1)
    words = [f"word{number}" for number in range(20_000)]
    texts: list[str] = []
    for number in range(documents):
        if number % 7 == 6:
            copied = texts[number - 1 - chance.randrange(5)].split(" ")
            texts.append(" ".join([chance.choice(words) if chance.random() < 0.05 else word for word in copied]))
        else:
            texts.append(" ".join(words[int(chance.paretovariate(0.7)) % 20_000] for _ in range(500)))
    return texts


def groups(documents: int) -> None:
    """All of it, as a split does it."""
    texts = _texts(documents)

    def work() -> None:
        lines, alike = CommonLines(), NearDuplicates()
        for text in texts:
            lines.add(text)
        for number, text in enumerate(texts):
            alike.add(f"{number:064x}", lines.without(text))
        if not documents / 8 < len(alike.groups()) < documents / 6:
            raise RuntimeError("the copies were not found")

    tell([timed(work)])


def words(documents: int) -> None:
    """The least that must be done."""
    texts = _texts(documents)
    tell([timed(lambda: [re.findall(r"\w+", folded(text).lower()) for text in texts])])


if __name__ == "__main__":
    {"groups": groups, "words": words}[sys.argv[1]](int(sys.argv[2]))
