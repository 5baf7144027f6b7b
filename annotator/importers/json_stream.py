"""A large JSON file, one value at a time: the ends of values are found in its bytes before anything is parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

import orjson

from annotator.core.errors import KnownError
from annotator.importers.json_values import parsed

CHUNK = 1 << 20  # bytes read at a time
LIMIT = 64_000_000  # bytes of one value

# Everything up to the next bracket that stands outside strings. A string that is not closed yet stops it too.
_TO_BRACKET = re.compile(rb'[^{}\[\]"]*+(?:"(?:[^"\\]++|\\.)*+"[^{}\[\]"]*+)*+', re.DOTALL)
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
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

    def keys(self) -> Iterator[str]:
        """The keys of the object that starts here; the caller reads each one's value before asking for the next."""
        self._take(b"{")
        if self.peek() == b"}":
            self._at += 1
            return
        while True:
            if self.peek() != b'"':
                self._broken("a name in quotation marks is missing")
            key = str(parsed(self.value()))
            self._take(b":")
            yield key
            if not self._goes_on(b"}"):
                return

    def elements(self) -> Iterator[bytes]:
        """The values of the list that starts here, each as its bytes, not parsed yet."""
        self._take(b"[")
        if self.peek() == b"]":
            self._at += 1
            return
        while True:
            yield self.value()
            if not self._goes_on(b"]"):
                return

    def value(self) -> bytes:
        """The bytes of the value that starts here."""
        first = self.peek()
        if first in (b"{", b"["):
            end = self._end_of_line() or self._end_of_brackets()
        elif first == b'"':
            end = self._end_of(_STRING, "a quotation mark is not closed")
        else:
            end = self._end_of(_SCALAR, "a value is missing")
        found = self._buffer[self._at : end]
        self._at = end
        return found

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

    def _end_of_line(self) -> int:
        """The end of a value that takes the rest of its line, as this program writes them; 0 where it does not.

        What parses as a whole is the value, wherever else it might have ended; and parsing finds that out many
        times faster than looking at the brackets.
        """
        newline = self._buffer.find(b"\n", self._at)
        if newline < 0 or newline == self._at + 1:
            return 0
        end = newline - (self._buffer[newline - 1 : newline] == b",")
        try:
            orjson.loads(self._buffer[self._at : end])
        except orjson.JSONDecodeError:
            return 0
        return end

    def _end_of_brackets(self) -> int:
        position, depth = self._at, 0
        while True:
            start = self._at
            found = _TO_BRACKET.match(self._buffer, position)
            position = found.end() if found else position
            bracket = self._buffer[position : position + 1]
            if bracket in (b"", b'"'):
                if not self._more():
                    self._broken("the file ends within a value")
                position -= start - self._at
                continue
            depth += 1 if bracket in (b"{", b"[") else -1
            position += 1
            if depth == 0:
                return position

    def _end_of(self, pattern: re.Pattern[bytes], problem: str) -> int:
        while True:
            found = pattern.match(self._buffer, self._at)
            if found and (found.end() < len(self._buffer) or self._ended):
                return found.end()
            if not self._more():
                if found:
                    return found.end()
                self._broken(problem)

    def _more(self) -> bool:
        """Read on, and forget what was read before. False at the end of the file."""
        waiting = len(self._buffer) - self._at
        if waiting > LIMIT:
            self._broken(f"a value is larger than {LIMIT // 1_000_000} MB, or not closed")
        # As much again as waits, so that a long value is not copied once for every small piece of it.
        piece = b"" if self._ended else self._stream.read(max(CHUNK, waiting))
        self._ended = not piece
        self._buffer = self._buffer[self._at :] + piece
        self._at = 0
        return bool(piece)

    def _broken(self, problem: str) -> NoReturn:
        raise BrokenJsonError(f"It is no whole JSON: {problem}.")


def parsed_members(stream: JsonStream, skip: str) -> Iterator[tuple[str, Any]]:
    """The members of the object that starts here, parsed, but that called `skip`: its value is None and still unread.

    The caller reads that one with `elements` or `value` before it asks for the next.
    """
    for key in stream.keys():
        yield key, None if key == skip else parsed(stream.value())
