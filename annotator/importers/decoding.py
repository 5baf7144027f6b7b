"""From bytes to text: what a file says it is, else UTF-8, else the best guess, else the place that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.core.errors import KnownError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
# In this order where two fit equally well: what occurs in Western and Arabic archives comes first.
_GUESSES = (
    *("windows-1252", "windows-1256", "iso-8859-6", "windows-1251", "windows-1250", "windows-1254"),
    *("windows-1253", "iso-8859-15"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROLS_ALLOWED = 1 / 200  # of all bytes: a stray one in a text is told and replaced; more, and it is no text
_SOUND = 0.6  # the mean score from which a guess is believed
_SAMPLE = 20_000  # characters outside ASCII that a guess is judged by

_QUOTES = frozenset("“”‘’„‚«»‹›–—…•\u00a0\u200c\u200d\u200e\u200f،؛؟")
_SIGNS = frozenset("£€©®°§½¼¾×±¡¿™")
_RARE = frozenset("ðþÐÞ¤¦¬¯¸¹²³ºª¨´·¶µ¢¥ƒˆ˜†‡‰")
_SELDOM = frozenset("đţĐŢ")  # what Turkish letters turn into in windows-1250


class Decoded(NamedTuple):
    """A text, and what its bytes were."""

    text: str
    encoding: str
    guessed: bool  # whether a person should be told


def decoded(data: bytes) -> Decoded:
    """The text that `data` is. Raises KnownError, naming the first wrong byte, when it is none that can be read."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, codec, name), name, False)
    controls = _CONTROL.findall(data)
    if len(controls) > len(data) * _CONTROLS_ALLOWED:
        first = _CONTROL.search(data)
        at = first.start() if first else 0
        raise KnownError(f"It is no text: byte {data[at]:#04x} at offset {at} and others like it stand in no text.")
    try:
        return Decoded(data.decode(), "UTF-8", False)
    except UnicodeDecodeError as error:
        return _guessed(data, error)


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise KnownError(f"It says it is {name}, but {_wrong(data, error)}. Save it anew, then try again.") from None


def _wrong(data: bytes, error: UnicodeDecodeError) -> str:
    dropped = len(data) - len(error.object)  # a mark at the beginning that the codec took away
    at = min(error.start + dropped, len(data) - 1)
    if error.end + dropped >= len(data) and ("end of data" in error.reason or "truncated" in error.reason):
        return f"it ends in the middle of a character, at byte offset {at}"
    return f"byte {data[at]:#04x} at offset {at} is wrong"


def _guessed(data: bytes, error: UnicodeDecodeError) -> Decoded:
    if not _mostly_utf8(data):
        scored = [(score, -place, name) for place, name in enumerate(_GUESSES) if (score := _score(data, name))]
        if scored and max(scored)[0] >= _SOUND:
            best = max(scored)[2]
            return Decoded(data.decode(best), best, True)
    raise KnownError(f"It is not UTF-8 ({_wrong(data, error)}), nor any other encoding this program can tell for sure.")


def _mostly_utf8(data: bytes) -> bool:
    """Whether most of what lies outside ASCII is right UTF-8: then the file is damaged, not in another encoding."""
    right = sum(character > "\x7f" for character in data.decode(errors="ignore"))
    wrong = data.decode(errors="replace").count("\ufffd")
    return right > wrong


def _score(data: bytes, encoding: str) -> float:
    """How much `data` looks like a text in `encoding`, at best 1; 0 when it is none."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    scores = list(_character_scores(text))
    return sum(scores) / len(scores) + _common_arabic(text) if scores else 0.0


def _character_scores(text: str) -> Iterator[float]:
    for count, match in enumerate(re.finditer(r"[^\x00-\x7f]", text)):
        if count == _SAMPLE:
            return
        at = match.start()
        yield _character_score(text[at - 1 : at] if at else "", match.group(), text[at + 1 : at + 2])


def _character_score(before: str, character: str, after: str) -> float:
    """How well `character` sits between its neighbours: letters among letters of their own script, of fitting case."""
    if character in _QUOTES:
        return 0.9
    if character in _SIGNS:
        return 0.6 if not (before.isalpha() and after.isalpha()) else -1.0
    if character in _RARE or not character.isalpha():
        return -1.0 if not _arabic_sign(character) else _letter_score("arabic", before, after)
    if character.isupper() and before.islower():
        return -1.0
    score = _letter_score(_script(character), before, after)
    return min(score, 0.5) if character in _SELDOM else score


def _letter_score(script: str, before: str, after: str) -> float:
    neighbours = [_script(other) for other in (before, after) if other.isalpha() or _arabic_sign(other)]
    if any(other not in (script, "ascii" if script == "latin" else script) for other in neighbours):
        return -1.0
    if script == "latin" and "ascii" not in neighbours:
        return 0.1 if not neighbours else -0.5
    return 1.0 if neighbours else 0.5


def _script(character: str) -> str:
    if character < "\x80":
        return "ascii"
    if "\u0600" <= character < "\u0700":
        return "arabic"
    if "\u0400" <= character < "\u0500":
        return "cyrillic"
    return "greek" if "\u0370" <= character < "\u0400" else "latin"


def _arabic_sign(character: str) -> bool:
    return bool(character) and "\u0640" <= character <= "\u0652"


def _common_arabic(text: str) -> float:
    """A little more where the Arabic article begins words: two encodings share half their letters, but not that."""
    letters = sum("\u0620" <= character <= "\u064a" for character in text[:_SAMPLE])
    return min(1.0, 10 * len(re.findall("\\bال", text[:_SAMPLE])) / letters) if letters else 0.0
