"""Ways to spoil a file: bytes, tokens, lines, values of JSON and XML, and the members of what is packed."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from tests.sources_made import packed

TOKENS = (
    *(b"<", b">", b"</", b"/>", b"&", b"&#0;", b"&#xD800;", b"&x;", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<!--"),
    *(b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b"null", b"true", b"NaN", b"Infinity", b"{}", b"[]"),
    *(b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x9a\xa2", b"\xe2\x80\xae", b"\x85"),
    *(
        b"\r",
        b"\n",
        b"\n\n",
        b"\t",
        b"\x0b",
        b"\x0c",
        b"\x1c",
        b" ",
        b"|",
        b"*",
        b"_",
        b";",
        b":",
        b",",
        b"#",
        b"-",
        b"=",
    ),
    *(
        b"-1",
        b"0",
        b"1-1",
        b"[1]",
        b"T1",
        b"99999999999999999999",
        b"1e999",
        b"0000-00-00",
        b"9999-12-31",
        b"../",
        b"(",
        b")",
    ),
)
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483648",
    b"9223372036854775807",
    b"9223372036854775808",
    b"1e308",
    b"1.5",
    b"0x10",
    b"",
    b"9" * 5000,
    "²".encode(),
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**6, 2**63, "", "x", "-1", "\u202e", "\ud800", "a\0b", "99999999999999999999"),
    *([], {}, [[]], [None], {"": None}, ["x"] * 3, {"x": {"x": []}}, [0, -1], [5, 1]),
)
_NUMBER = re.compile(rb"-?\d+")
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:.-]+)="([^"<>]*)"')

Mutate = Callable[[bytes, Random], bytes]


def mutated(data: bytes, chance: Random, others: Sequence[bytes] = ()) -> bytes:
    """`data`, spoiled in some way; pieces of `others` may come into it."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.85:
        return _in_archive(data, chance)
    if data.startswith(b"\x1f\x8b") and chance.random() < 0.7:
        return _in_gzip(data, chance)
    ways = list(_PLAIN)
    if data[:1] in b"{[":
        ways += [_json] * 8
    if b"</" in data:
        ways += [_tags, _tags, _attributes, _attributes]
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        way = chance.choice(ways)
        data = (
            way(data, chance) if chance.random() < 0.95 or not others else _spliced(data, chance, chance.choice(others))
        )
    return data


def _place(data: bytes, chance: Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _piece(data: bytes, chance: Random, most: int = 200) -> slice:
    at = _place(data, chance)
    return slice(at, at + chance.randrange(1, most))


def _flip(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data or b"x")
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _byte(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]


def _cut_off(data: bytes, chance: Random) -> bytes:
    return data[: _place(data, chance)]


def _beheaded(data: bytes, chance: Random) -> bytes:
    return data[_place(data, chance) :]


def _without(data: bytes, chance: Random) -> bytes:
    gone = _piece(data, chance)
    return data[: gone.start] + data[gone.stop :]


def _token(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 1, 2, 50)) + data[at:]


def _twice(data: bytes, chance: Random) -> bytes:
    piece = _piece(data, chance)
    return data[: piece.stop] + data[piece] * chance.choice((1, 1, 2, 20)) + data[piece.stop :]


def _number(data: bytes, chance: Random) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return _token(data, chance)
    chosen = chance.choice(found)
    other = chance.choice((*NUMBERS, chance.choice(found)[0]))
    return data[: chosen.start()] + other + data[chosen.end() :]


def _lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            del lines[one]
        case 2:
            lines[one:one] = [lines[other]] * chance.choice((1, 3))
        case _:
            lines[one] = _fields(lines[one], chance)
    return b"\n".join(lines)


def _fields(line: bytes, chance: Random) -> bytes:
    fields = line.split(chance.choice((b"\t", b" ", b",", b";", b"|")))
    at = chance.randrange(len(fields))
    fields[at] = chance.choice((b"", b"_", b"*", fields[chance.randrange(len(fields))], chance.choice(TOKENS)))
    return b"\t".join(fields) if b"\t" in line else b" ".join(fields)


_PLAIN: tuple[Mutate, ...] = (
    *(_flip, _byte, _cut_off, _beheaded, _without, _token, _token, _twice, _number, _number, _lines, _lines),
)


def _spliced(data: bytes, chance: Random, other: bytes) -> bytes:
    at = _place(data, chance)
    return data[:at] + other[_piece(other, chance, 2000)] + data[at:]


def _tags(data: bytes, chance: Random) -> bytes:
    """An element's tag goes, comes twice, closes early, or takes the name of another."""
    found = list(_TAG.finditer(data))
    if not found:
        return _token(data, chance)
    chosen, other = chance.choice(found), chance.choice(found)
    new = chance.choice(
        (b"", chosen[0] * chance.choice((2, 2, 400)), other[0], b"<" + chosen[1] + other[2] + chosen[3] + b">")
    )
    return data[: chosen.start()] + new + data[chosen.end() :]


def _attributes(data: bytes, chance: Random) -> bytes:
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return _token(data, chance)
    chosen = chance.choice(found)
    value = chance.choice((chance.choice(found)[2], b"", chance.choice(NUMBERS), b"&#x202E;", b"x" * 300))
    new = chance.choice((b"", chosen[1] + b'="' + value + b'"'))
    return data[: chosen.start()] + new + data[chosen.end() :]


def _json(data: bytes, chance: Random) -> bytes:
    """A value somewhere in it becomes another, goes, comes twice, or changes places."""
    lines = data.split(b"\n") if _is_lines(data) else [data]
    at = chance.randrange(len(lines))
    try:
        root = [json.loads(lines[at])]
    except (ValueError, RecursionError):
        return _token(data, chance)
    _spoil(root, chance)
    lines[at] = json.dumps(root[0]).encode()
    return b"\n".join(lines)


def _is_lines(data: bytes) -> bool:
    first, _, rest = data.partition(b"\n")
    return first[-1:] == b"}" and rest[:1] == b"{"


def _spoil(root: list[Any], chance: Random) -> None:
    places = list(_places(root))
    held, key = chance.choice(places)
    other, name = chance.choice(places)
    way = chance.randrange(6)
    if way < 3:
        held[key] = chance.choice(VALUES)
    elif way == 3 and held is not root:
        del held[key]
    elif way == 4:
        held[key] = json.loads(json.dumps(other[name]))
    elif isinstance(held, list):
        held.insert(key, json.loads(json.dumps(held[key])))
    else:
        held[chance.choice(("", "x", "id", "text", "start"))] = held[key]


def _places(held: Any) -> list[tuple[Any, Any]]:
    found = []
    waiting = [held]
    while waiting:
        each = waiting.pop()
        keys = range(len(each)) if isinstance(each, list) else list(each)
        for key in keys:
            found.append((each, key))
            if isinstance(each[key], list | dict):
                waiting.append(each[key])
    return found


def _in_archive(data: bytes, chance: Random) -> bytes:
    """One member of a ZIP file is spoiled, goes, or comes twice; the rest is packed anew."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError, zlib.error):
        return _byte(data, chance)
    if not members:
        return _byte(data, chance)
    at = chance.randrange(len(members))
    name, held = members[at]
    match chance.randrange(12):
        case 0:
            del members[at]
        case 1:
            members.append((chance.choice(("../" + name, "/" + name, "C:\\" + name, name.upper())), held))
        case _:
            members[at] = (name, mutated(held, chance))
    return packed(*members, method=ZIP_STORED)


def _in_gzip(data: bytes, chance: Random) -> bytes:
    try:
        return gzip.compress(mutated(gzip.decompress(data), chance), 1, mtime=0)
    except (OSError, EOFError, zlib.error):
        return _byte(data, chance)
