"""What MODS, or Dublin Core in its place, says of an issue or an article."""

from __future__ import annotations

from dataclasses import dataclass, fields

from annotator.importers.markup import Element, below, first, name_of, words


@dataclass(frozen=True, slots=True)
class Description:
    """A description; what is not said is empty."""

    title: str = ""
    date: str = ""
    language: str = ""
    author: str = ""
    number: str = ""
    publisher: str = ""

    def filled_from(self, other: Description) -> Description:
        """This one, its gaps filled from `other`."""
        return Description(*(getattr(self, each.name) or getattr(other, each.name) for each in fields(self)))


def description_of(part: Element) -> Description:
    """What a `dmdSec` says."""
    titles = [_title(info) for info in below(part, "titleinfo") if not _is_of_other(info)]
    if not titles:
        titles = [words(each) for each in below(part, "title")][:1]
    date = words(first(part, "dateissued")) or words(first(part, "date", "issued"))
    return Description(
        title=" ".join(dict.fromkeys(filter(None, titles))),
        date=date,
        language=words(first(part, "languageterm", "language")),
        author="; ".join(filter(None, (_name(each) for each in below(part, "name")))) or words(first(part, "creator")),
        number=_number(part),
        publisher=words(first(part, "publisher")),
    )


def _title(info: Element) -> str:
    return " ".join(words(each) for each in info if name_of(each) in ("nonsort", "title", "subtitle"))


def _is_of_other(info: Element) -> bool:
    return any(name_of(above) in ("relateditem", "subject") for above in info.iterancestors())


def _name(name: Element) -> str:
    if any(name_of(above) in ("relateditem", "subject") for above in name.iterancestors()):
        return ""
    parts = {part.get("type") or "": words(part) for part in below(name, "namepart")}
    return " ".join(filter(None, (parts.get("given"), parts.get("family"), parts.get(""))))


def _number(part: Element) -> str:
    detail = next((each for each in below(part, "detail") if each.get("type") in ("issue", "number")), None)
    return words(first(detail, "number")) if detail is not None else ""
