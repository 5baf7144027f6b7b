"""Marks that come without their texts: looking for the articles that they are about, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from annotator.core.annotation import AnnotatedDocument, RegistryEntry
from annotator.core.ids import text_hash
from annotator.core.imports import Failure, Notice
from annotator.core.joining import Text, joined
from annotator.core.rows import written
from annotator.core.scheme import Scheme
from annotator.core.standing_off import StandOff
from annotator.core.untyped import Typing
from annotator.store.reading import Reader

_TEXTS = 1000  # that wait, or
_MARKS = 50_000
_PUT_OFF = 200_000  # marks that are kept for a second look when everything else is in

_KEYS: Mapping[str, str] = {
    "sha256": "SELECT t.sha256, d.number, d.id FROM texts t JOIN documents d USING (number) WHERE t.sha256",
    "id": "SELECT id, number, id FROM documents WHERE id",
    "uri": "SELECT o.uri, d.number, d.id FROM occurrences o JOIN documents d ON d.number = o.document WHERE o.uri",
    "path": "SELECT o.path, d.number, d.id FROM occurrences o JOIN documents d ON d.number = o.document WHERE o.path",
    "title": "SELECT title, number, id FROM documents WHERE title",
}  # surest first


@dataclass(slots=True)
class Waiting:
    """What is to be joined when the articles that came before it are in; and what found none, for a second look."""

    _now: list[StandOff] = field(default_factory=list)
    _later: list[StandOff] = field(default_factory=list)
    _marks: int = 0
    _marks_later: int = 0

    def put(self, found: StandOff) -> None:
        """Let one more wait."""
        self._now.append(found)
        self._marks += len(found.about.annotations) + 1

    @property
    def full(self) -> bool:
        """Whether so many wait that they should be joined."""
        return len(self._now) >= _TEXTS or self._marks >= _MARKS

    def taken(self) -> list[StandOff]:
        """All that wait; from then on none."""
        taken, self._now, self._marks = self._now, [], 0
        return taken

    def put_off(self, found: StandOff) -> bool:
        """Keep one whose article may come later; False where so many are kept already that it cannot be."""
        self._marks_later += len(found.about.annotations) + 1
        if self._marks_later > _PUT_OFF:
            return False
        self._later.append(found)
        return True

    def last(self) -> list[StandOff]:
        """What was put off."""
        taken, self._later = self._later, []
        return taken


class Joining(NamedTuple):
    """One of what was to be joined: the article with its marks, or why there is none; and what is to be said."""

    found: StandOff
    document: AnnotatedDocument | None
    said: Sequence[Failure | Notice]


class _Place(NamedTuple):
    number: int
    id: str


def joinings(reader: Reader, every: Sequence[StandOff], typing: Typing) -> Iterator[Joining]:
    """Each of `every` with its article, one text in memory at a time."""
    known = {key: _looked_up(reader, key, every) for key in _KEYS}
    for found in every:
        places = next((held for key in _KEYS if (held := known[key].get(_keys(found).get(key, "")))), set())
        text = _text(reader, *places) if len(places) == 1 else None
        if text is None or not _may_be(found, text):
            yield Joining(found, None, [_absent(found, len(places))])
        else:
            document, said = joined(typed(found, typing), text)
            yield Joining(found, document, said)


def joined_with_its_own(found: StandOff, typing: Typing) -> tuple[AnnotatedDocument, list[Failure | Notice]]:
    """What holds its text itself, as a document of its own."""
    about = found.about
    return joined(typed(found, typing), Text(about.text, text_hash(about.text), about.id, about.title))


def typed(found: StandOff, typing: Typing) -> StandOff:
    """`found` with answers as the scheme has them, where it is a table's."""
    return found if found.typed else replace(found, about=typing.document(found.about))


def typing_by(scheme: Scheme, registry: Iterable[RegistryEntry]) -> Typing:
    """How what a table says is read in a project with that scheme and registry."""
    names: dict[str, list[str]] = {}
    for entry in registry:
        names.setdefault(entry.name, []).append(entry.id)
    known = {key for ids in names.values() for key in ids}
    return Typing(scheme, {name: ids[0] for name, ids in names.items() if len(ids) == 1}, known)


def _keys(found: StandOff) -> dict[str, str]:
    return {"sha256": found.about.sha256, "id": found.about.id, **found.also}


def _looked_up(reader: Reader, key: str, every: Sequence[StandOff]) -> dict[str, set[_Place]]:
    """The articles that have a wanted value of `key`, by it."""
    wanted = {value for found in every if (value := _keys(found).get(key))}
    places: dict[str, set[_Place]] = {}
    if wanted:
        sql = f"{_KEYS[key]} IN (SELECT value FROM json_each(?))"
        for value, number, document in reader.rows(sql, (written(sorted(wanted)),)):
            places.setdefault(value, set()).add(_Place(number, document))
    return places


def _text(reader: Reader, place: _Place) -> Text:
    sql = "SELECT t.text, t.sha256, d.title FROM texts t JOIN documents d USING (number) WHERE number = ?"
    ((text, sha256, title),) = reader.rows(sql, (place.number,))
    return Text(text, sha256, place.id, title)


def _may_be(found: StandOff, text: Text) -> bool:
    """Whether a text can be the one: found by its hash or id, or as long as it must be."""
    sure = found.about.sha256 == text.sha256 or found.about.id == text.id
    return sure or found.length in (None, len(text.text))


def _absent(found: StandOff, places: int) -> Failure:
    name = f"{found.source}, {found.place}"
    marks = len(found.about.annotations)
    held = f"Its {marks} marks were" if marks > 1 else "Its mark was" if marks else "What it says was"
    if places > 1:
        return Failure(
            name, f"{held} left out: {places} articles of the project are the one it is about ({found.named}). Name it"
            " by its id or the hash of its text."
        )  # fmt: skip
    return Failure(
        name, f"{held} left out: the article is not in the project ({found.named}). Import the archive first, then this"
        " file again; what came in stays."
    )  # fmt: skip
