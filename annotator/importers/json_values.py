"""One JSON value from its bytes, strictly: what two programs would read in two ways is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson

from annotator.core.errors import KnownError
from annotator.core.text import REPLACEMENT

_SURROGATE = re.compile("[\ud800-\udfff]")
_SMALLEST, _LARGEST = -(1 << 63), 1 << 64
_DEPTH = 200  # values within each other: the writer of JSON that checks them gives up at 254


class ValueRefusedError(KnownError):
    """The value is no JSON, or not one that has a single meaning."""


def parsed(data: bytes) -> Any:
    """The value that `data` is. Raises ValueRefusedError, saying why, when it is none.

    Refused are a name that occurs twice in an object, NaN and infinities, integers beyond 64 bits and nesting
    deeper than any file of marks needs. Lone surrogates become U+FFFD, one for one.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return _by_the_strict_parser(data)
    # Written again it is the same bytes, unless a name occurred twice or it was laid out in another way.
    if not isinstance(value, dict | list) or written_alike(value, data):
        return value
    return _by_the_strict_parser(data)


def written_alike(value: Any, data: bytes) -> bool:
    """Whether `value`, written again, is `data` to the byte; not so where it is too deep to be written."""
    try:
        return orjson.dumps(value) == data
    except TypeError:
        return False


def _by_the_strict_parser(data: bytes) -> Any:
    try:
        text = data.decode()
        return _shallow(json.loads(text, object_pairs_hook=_members, parse_constant=_constant, parse_int=_integer))
    except UnicodeDecodeError as error:
        raise ValueRefusedError(f"its byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueRefusedError(f"it is no JSON ({error.msg} at character {error.pos})") from None
    except RecursionError:
        raise ValueRefusedError("it is nested too deeply") from None


def _shallow(value: Any) -> Any:
    """`value`, as it is stored. Raises ValueRefusedError where it is too deep for what is done with it later."""
    layer, depth = [value], 0
    while layer := [inner for each in layer if isinstance(each, dict | list) for inner in _inside(each)]:
        depth += 1
        if depth > _DEPTH:
            raise ValueRefusedError("it is nested too deeply")
    return _storable(value)


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = {_storable(name): _storable(value) for name, value in pairs}
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueRefusedError(f"it says “{twice[:40]}” twice")
    return found


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub(REPLACEMENT, value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        _constant("Infinity")
    return value


def _constant(name: str) -> NoReturn:
    raise ValueRefusedError(f"it holds {name}, which is no number")


def _integer(digits: str) -> int:
    if len(digits) > 20 or not _SMALLEST <= (value := int(digits)) < _LARGEST:
        raise ValueRefusedError(f"it holds the number {digits[:24]}, which is too large")
    return value
