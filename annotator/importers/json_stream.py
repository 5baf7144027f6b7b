"""A large JSON file, one value at a time: the ends of values are found in its bytes before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

import orjson

from annotator.core.errors import KnownError
from annotator.importers.json_values import ValueRefusedError, parsed, written_alike

CHUNK = 1 << 20  # bytes read at a time
LIMIT = 64_000_000  # bytes of one value
LINE = 4 * CHUNK  # bytes within which a line end is looked for: some programs write a whole file in one line

# Up to the next bracket that stands outside strings, or the next string that has a backslash or is not closed yet. The
# group is neither possessive (up to Python 3.11.4, `re` then takes more than it says) nor without end (it would hold
# every turn in memory).
_TO_BRACKET = re.compile(rb'[^{}\[\]"]*+(?:"[^"\\]*+"[^{}\[\]"]*+){0,1000}')
_BACKSLASH = ord("\\")
_SCALAR = re.compile(rb"[^\s,\]}]+")
_SPACE = re.compile(rb"[ \t\r\n]*")


class BrokenJsonError(KnownError):
    """The file is no JSON from here on, so that nothing after it can be found."""


class JsonStream:
    """Reads the values of one JSON file in order; holds no more of it than the value that is being read.

    Every method raises BrokenJsonError where the file ends too early, or a bracket or comma is wrong.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = b""
        self._at = 0  # where in the buffer reading goes on
        self._searched = 0  # up to where in the buffer there is no line end
        self._ended = False
        self._more()
        if self._buffer.startswith(b"\xef\xbb\xbf"):
            self._at = 3

    def peek(self) -> bytes:
        """The next byte that is no space; nothing at the end of the file."""
        while True:
            found = _SPACE.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer) or not self._more():
                return self._buffer[self._at : self._at + 1]

    def members(self) -> Iterator[str]:
        """The names in the object that starts here; the caller reads each one's value before asking for the next."""
        self._take(b"{")
        seen: set[str] = set()
        if self.peek() == b"}":
            self._at += 1
            return
        while True:
            if self.peek() != b'"':
                self._broken("a name in quotation marks is missing")
            key = str(parsed(self.value()))
            if key in seen:
                self._broken(f"it says “{key[:40]}” twice")
            seen.add(key)
            self._take(b":")
            yield key
            if not self._goes_on(b"}"):
                return

    def elements(self) -> Iterator[Any]:
        """The values of the list that starts here, parsed; a ValueRefusedError, saying why, for one that cannot be."""
        for _ in self._list():
            yield self._element()

    def pass_over(self) -> None:
        """Read past the list that starts here."""
        for _ in self._list():
            self.value()

    def value(self) -> bytes:
        """The bytes of the value that starts here."""
        first = self.peek()
        if first in (b"{", b"["):
            end = self._end_of_brackets()
        elif first == b'"':
            end = self._end_of_string()
        else:
            end = self._end_of_scalar()
        found = self._buffer[self._at : end]
        self._at = end
        return found

    def _list(self) -> Iterator[None]:
        self._take(b"[")
        if self.peek() == b"]":
            self._at += 1
            return
        while True:
            yield
            if not self._goes_on(b"]"):
                return

    def _element(self) -> Any:
        value = self._line() if self.peek() == b"{" else None
        if value is not None:
            return value
        try:
            return parsed(self.value())
        except ValueRefusedError as error:
            return error

    def _line(self) -> Any:
        """The object that takes the rest of its line, as this program writes them; None where it does not.

        What parses as a whole is the object, wherever else it might have seemed to end; and to parse it is many
        times faster than to look for its brackets first.
        """
        while (newline := self._buffer.find(b"\n", max(self._at, self._searched))) < 0:
            self._searched = len(self._buffer)
            if len(self._buffer) - self._at >= LINE or not self._more():
                return None
        if newline == self._at + 1:
            return None
        end = newline - (self._buffer[newline - 1 : newline] == b",")
        data = self._buffer[self._at : end]
        try:
            value = orjson.loads(data)
        except orjson.JSONDecodeError:
            return None
        if not written_alike(value, data):  # laid out in another way, or a name stands twice: look closer
            return None
        self._at = end
        return value

    def _take(self, expected: bytes) -> None:
        if self.peek() != expected:
            self._broken(f"“{expected.decode()}” is missing")
        self._at += 1

    def _goes_on(self, closing: bytes) -> bool:
        found = self.peek()
        if found not in (b",", closing):
            self._broken(f"“,” or “{closing.decode()}” is missing")
        self._at += 1
        return found == b","

    def _end_of_brackets(self) -> int:
        position, depth = self._at, 0
        while True:
            start = self._at
            found = _TO_BRACKET.match(self._buffer, position)
            position = found.end() if found else position
            bracket = self._buffer[position : position + 1]
            if bracket == b'"' and (end := _end_of_string(self._buffer, position)):
                position = end
                continue
            if bracket in (b"", b'"'):
                if not self._more():
                    self._broken("the file ends within a value")
                position -= start - self._at
                continue
            depth += 1 if bracket in (b"{", b"[") else -1
            position += 1
            if depth == 0:
                return position

    def _end_of_string(self) -> int:
        while not (end := _end_of_string(self._buffer, self._at)):
            if not self._more():
                self._broken("a quotation mark is not closed")
        return end

    def _end_of_scalar(self) -> int:
        while True:
            found = _SCALAR.match(self._buffer, self._at)
            if found and (found.end() < len(self._buffer) or self._ended):
                return found.end()
            if not self._more():
                if found:
                    return found.end()
                self._broken("a value is missing")

    def _more(self) -> bool:
        """Read on, and forget what was read before. False at the end of the file."""
        waiting = len(self._buffer) - self._at
        if waiting > LIMIT:
            self._broken(f"a value is larger than {LIMIT // 1_000_000} MB, or not closed")
        # As much again as waits, so that a long value is not copied once for every small piece of it.
        piece = b"" if self._ended else self._stream.read(max(CHUNK, waiting))
        self._ended = not piece
        self._buffer = self._buffer[self._at :] + piece
        self._searched = max(0, self._searched - self._at)
        self._at = 0
        return bool(piece)

    def _broken(self, problem: str) -> NoReturn:
        raise BrokenJsonError(f"It is no whole JSON: {problem}.")


def _end_of_string(buffer: bytes, start: int) -> int:
    """Where the string whose quotation mark is at `start` ends; 0 when it is not closed."""
    quote = start
    while (quote := buffer.find(b'"', quote + 1)) >= 0:
        before = quote
        while buffer[before - 1] == _BACKSLASH:
            before -= 1
        if (quote - before) % 2 == 0:
            return quote + 1
    return 0
