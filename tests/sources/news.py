"""What the shared downloads of newspaper databases, agencies and digitised papers give, beside what was counted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Count, Failure
from annotator.importers.dates import iso_date
from annotator.importers.walking import items

WITHOUT_TITLES = {"nexis/lexisnexis_test_copyright_error.html"}  # a table, and a page that says sorry
_TEXTS = ("LISTING_1_", "LISTING_2_", "LISTING_22_", "LISTING_25_")  # NewsML-G2 with an article in it


@dataclass(frozen=True, slots=True)
class Download:
    """One file: its articles as they were counted, and what came of it."""

    name: str
    counted: int
    documents: int
    titles: tuple[int, int]  # right, of those that are known
    dates: tuple[int, int]
    claimed: int | None  # articles that the file says it has
    failures: tuple[str, ...]

    def line(self) -> str:
        """The counts, for a person."""
        claim = "" if self.claimed is None else f"  the file says {self.claimed}"
        titles, dates = (f"{right:>3} of {known:<3}" for right, known in (self.titles, self.dates))
        return f"{self.name:<73} {self.documents:>3} of {self.counted:<3} titles {titles} days {dates}{claim}"


def downloads(folder: Path) -> Iterator[Download]:
    """Every file of the folder whose articles were counted."""
    facts = json.loads((folder / "FACTS.json").read_text(encoding="utf-8"))
    for name, fact in facts.items():
        counted = _counted(name, fact) if isinstance(fact, dict) else None
        if counted is not None:
            yield _download(folder, name, fact, counted)


def _download(folder: Path, name: str, fact: Mapping[str, Any], counted: int) -> Download:
    found = list(items([folder / name]))
    documents = [item for item in found if isinstance(item, AnnotatedDocument)]
    titles = [] if name in WITHOUT_TITLES else list(zip(_titles(fact), documents, strict=False))
    dates = list(zip(_dates(fact), documents, strict=False))
    return Download(
        name,
        counted,
        len(documents),
        _right([any(_same(title, ours.title) for title in known) for known, ours in titles if any(known)]),
        _right([day[:10] == ours.metadata.get("published", "")[:10] for day, ours in dates if day]),
        next((item.claimed for item in found if isinstance(item, Count)), None),
        tuple(item.reason for item in found if isinstance(item, Failure)),
    )


def _right(answers: list[bool]) -> tuple[int, int]:
    return sum(answers), len(answers)


def _counted(name: str, fact: Mapping[str, Any]) -> int | None:
    if name.startswith("newsml-g2/"):
        return int(any(f"/{text}" in name for text in _TEXTS))
    if name.startswith("ninjs/"):
        return int(bool(fact.get("body_fields")))
    counted = fact.get("n_articles", fact.get("n_article_divs"))
    return counted if isinstance(counted, int) else None


def _titles(fact: Mapping[str, Any]) -> list[list[str]]:
    """For each article the titles that it may have."""
    if "headlines" in fact:
        return [fact["headlines"]]
    named = fact.get("titles") or fact.get("article_labels")
    alone = fact.get("title") or fact.get("headline") or []
    return [[title or ""] for title in named] if named else [alone if isinstance(alone, list) else [alone]]


def _dates(fact: Mapping[str, Any]) -> list[str]:
    raw = [iso_date(each) for each in fact.get("dates_raw", ())]
    listed = [each for each in fact.get("dates", ()) if isinstance(each, str)]
    said = [iso_date(date) for kind, date in fact.get("dates", ()) if kind == "versionCreated"] if not listed else []
    alone = fact.get("date") or (fact.get("version_created") if fact.get("body_fields") else None)
    return raw or listed or said or ([str(alone)] if alone else [])


def _same(title: str, ours: str) -> bool:
    one, two = ("".join(each.split()).casefold() for each in (title, ours))
    return two.startswith(one[:60])
