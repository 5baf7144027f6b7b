"""Which documents fit a filter, found on a thread of its own: the first of them at once, then all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QThreadPool, Signal

from annotator.core.errors import KnownError
from annotator.store.listing import DocumentFilter
from annotator.store.reading import Reader
from annotator.store.search import counted

FIRST = 200  # documents that are told before all are known: more than a window shows


class Found(NamedTuple):
    """A part of the answer."""

    numbers: Sequence[int] = ()
    first: bool = False  # whether they begin the answer
    whole: bool = False  # whether nothing more comes
    about: int = 0  # how many there will be, about; 0 where nobody knows


class Finder(QObject):
    """Answers one question at a time; a newer one breaks an older one off, and nothing is heard of that any more."""

    found = Signal(object)  # Found
    failed = Signal(str)  # a sentence
    _told = Signal(int, object)  # the number of the question, and Found or a sentence

    def __init__(self, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._path = path
        self._asked = 0
        self._reader: Reader | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._told.connect(self._on_told)

    def ask(self, wanted: DocumentFilter, after: int = 0) -> None:
        """Find the documents that fit `wanted` and come after number `after`."""
        self.forget()
        number = self._asked
        self._pool.start(lambda: self._answer(number, wanted, after))

    def forget(self) -> None:
        """Break off what is under way."""
        self._asked += 1
        self._pool.clear()
        reader = self._reader
        if reader is not None:
            reader.interrupt()

    def leave(self) -> None:
        """Break off, and give the file back."""
        self.forget()
        self._pool.waitForDone()

    def _answer(self, number: int, wanted: DocumentFilter, after: int) -> None:
        try:
            with Reader(self._path) as reader:
                self._reader = reader
                try:
                    self._read(reader, number, wanted, after)
                finally:
                    self._reader = None
        except KnownError as error:  # also that it was broken off, of which nobody hears
            self._told.emit(number, str(error))

    def _read(self, reader: Reader, number: int, wanted: DocumentFilter, after: int) -> None:
        numbers = reader.listed(wanted, after, FIRST)
        whole = len(numbers) < FIRST
        self._told.emit(number, Found(numbers, first=True, whole=whole))
        if whole or number != self._asked:
            return
        if wanted.only_words and not after:
            self._told.emit(number, Found(about=counted(reader, wanted.text).documents))
        if number == self._asked:
            self._told.emit(number, Found(reader.listed(wanted, numbers[-1]), whole=True))

    def _on_told(self, number: int, told: Found | str) -> None:
        if number == self._asked:
            self.failed.emit(told) if isinstance(told, str) else self.found.emit(told)
