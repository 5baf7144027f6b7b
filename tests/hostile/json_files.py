"""JSON that is deep, huge, of two meanings, or about impossible places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.hostile.files import SENTENCE, Hostile, file


def cases() -> Iterator[Hostile]:
    """Values first, then what a project's own JSON may claim."""
    yield from _values()
    yield from _lines()
    yield from _documents()


def _values() -> Iterator[Hostile]:
    good = json.dumps({"text": SENTENCE})
    yield file("deep list.json", "[" * 200_000 + "]" * 200_000)
    yield file("deep objects.json", '{"a":' * 100_000 + "1" + "}" * 100_000, False)
    yield file("deep text.json", '{"text": ' + "[" * 100_000 + "]" * 100_000 + "}", False)
    yield file("deep metadata.json", f'{{"text": "{SENTENCE}", "metadata": {{"a": ' + "[" * 900 + "]" * 900 + "}}")
    yield file("never closed.json", '{"documents": [' + "[" * 300_000, False)
    yield file("five million digits.json", '{"text": "x", "n": ' + "1" * 5_000_000 + "}", False, "too large")
    yield file("big number.json", f'[{good}, {{"text": "y", "n": 123456789012345678901234567890}}]', True, "Record 2")
    yield file("nan.json", f'[{{"text": "x", "n": NaN}}, {good}]', True, "NaN")
    yield file("infinite.json", f'[{{"text": "x", "n": 1e999}}, {good}]', True, "Record 1")
    yield file("twice.json", f'[{{"text": "x", "text": "y"}}, {good}]', True, "twice")
    yield file("surrogates.json", '{"text": "a\\ud800b\\udc00\\ud83d", "title": "\\udfff"}')
    yield file("nul.json", '{"text": "a\\u0000b ferry", "title": "\\u0000"}')
    yield file("comments.json", f"// no\n[{good}]", None)
    yield file("rest.json", good + " and more", None)
    yield file("truncated.json", f'[{good}, {{"text": "The fer', True, "JSON")
    yield file("one line.json", "[" + ",".join(json.dumps({"text": f"{SENTENCE}{n}"}) for n in range(8000)) + "]", True)
    yield file("escapes.json", '{"text": "' + "\\\\\\n" * 500_000 + '"}', None)
    yield file("backslashes.json", '{"text": "' + "\\" * 1_000_001, False)
    yield file("many names.json", "{" + ",".join(f'"k{n}": {n}' for n in range(50_000)) + ', "text": "ferry"}', None)
    yield file("long name.json", '{"' + "k" * 1_000_000 + '": 1, "text": "ferry"}', None)
    yield file("long string.json", '{"text": "' + "ferry " * 1_500_000 + '"}', True)
    yield file("brackets.json", '[{"a": "' + "[" * 2_000_000 + '"}]', None)
    yield file("colons.json", '{"text": "' + '": "' * 300_000, False)


def _lines() -> Iterator[Hostile]:
    good = json.dumps({"text": SENTENCE}) + "\n"
    other = json.dumps({"text": SENTENCE + "Two."}) + "\n"
    bad = ('{"text": ', '{"text": 5}', "[1]", "null", '{"text": "x", "text": "y"}', '{"text": ""}', "\0", '{"a": NaN}')
    for number, line in enumerate(bad):
        yield file(f"bad line {number}.jsonl", good + line + "\n" + other, True, "ine 2")
    yield file("deep line.jsonl", good + "[" * 100_000 + "]" * 100_000 + "\n" + other, True, "ine 2")
    yield file("giant line.jsonl", good + '{"text": "' + "a" * 40_000_000 + '"}\n' + other, True)
    yield file("blank lines.jsonl", good + "\n" * 300_000 + other, True)
    yield file("carriage returns.jsonl", (good + other).replace("\n", "\r"), None)


def _documents() -> Iterator[Hostile]:
    for name, more in _CLAIMS.items():
        yield file(f"{name}.json", _project(more), None)
    yield file("documents an object.json", '{"format": "annotator", "documents": {"a": 1}}', False)
    yield file("documents a text.json", '{"format": "annotator", "documents": "ferry"}', False)
    yield file(
        "newer.json", json.dumps({"format": "annotator", "version": 99, "documents": [{"text": SENTENCE}]}), True
    )
    yield file("many marks.json", _project({"annotations": [{"label": "x", "start": 0, "end": 3}] * 20_000}), True)


def _mark(**more: Any) -> dict[str, Any]:
    return {"id": "m", "layer": "entities", "label": "x", "start": 4, "end": 9} | more


_CLAIMS: dict[str, dict[str, Any]] = {
    "mark far away": {"annotations": [_mark(start=10**9, end=10**9 + 5)]},
    "mark backwards": {"annotations": [_mark(start=9, end=4)]},
    "mark below nought": {"annotations": [_mark(start=-5, end=-1)]},
    "mark at half": {"annotations": [_mark(start=1.5, end=2.5)]},
    "mark of texts": {"annotations": [_mark(start="4", end="9")]},
    "mark of truth": {"annotations": [_mark(start=True, end=True)]},
    "mark at the largest": {"annotations": [_mark(start=2**63, end=2**64 - 1)]},
    "marks of one id": {"annotations": [_mark(), _mark(start=0, end=3)]},
    "fragments crossing": {"annotations": [_mark(fragments=[[0, 5], [3, 9], [3, 9]])]},
    "fragments without end": {"annotations": [_mark(fragments=[[0, 1]] * 50_000)]},
    "fragments odd": {"annotations": [_mark(fragments=[[0], [1, 2, 3], "ab", None])]},
    "label an object": {"annotations": [_mark(label={"a": 1})]},
    "label huge": {"annotations": [_mark(label="x" * 1_000_000)]},
    "label of controls": {"annotations": [_mark(label="a\0b\u202e\n\x1b[31m")]},
    "attributes odd": {"annotations": [_mark(attributes={"": None, "a": {"b": 1}, "c": [1], "d" * 5000: "x"})]},
    "confidence odd": {"annotations": [_mark(confidence=-7e300), _mark(id="n", confidence="x")]},
    "dates odd": {"annotations": [_mark(created="yesterday", updated="9999999")]},
    "link to itself": {"annotations": [_mark()], "relations": [{"id": "r", "label": "says", "from": "m", "to": "m"}]},
    "link to nothing": {"annotations": [_mark()], "relations": [{"id": "r", "label": "says", "from": "m", "to": "q"}]},
    "links in a ring": {
        "annotations": [_mark(id="a"), _mark(id="b", start=0, end=3)],
        "relations": [{"label": "says", "from": "a", "to": "b"}, {"label": "says", "from": "b", "to": "a"}],
    },
    "zones outside": {"zones": [{"label": "BODY", "start": -1, "end": 10**12}, {"label": "", "start": 5, "end": 2}]},
    "status odd": {"status": {"Ann": "conquered", "": "new"}},
    "answers odd": {"labels": [{"name": "", "value": {}}, {"name": "x"}, 5, None]},
    "metadata odd": {"metadata": {"": "", "a" * 10_000: "b", "n": [[[]]], "o": {"p": None}}},
    "occurrences odd": {"occurrences": [{"uri": "javascript:alert(1)", "path": "../../etc/passwd"}, {}]},
    "hash wrong": {"sha256": "0" * 64},
    "hash no text": {"sha256": [1]},
    "language odd": {"language": "x" * 10_000, "direction": "up"},
    "title huge": {"title": "<table><tr><td>" * 50_000},
}


def _project(more: dict[str, Any]) -> str:
    scheme = {"layers": [{"name": "entities"}], "labels": [], "relations": [], "form": []}
    return json.dumps({"format": "annotator", "version": 1, "scheme": scheme, "documents": [{"text": SENTENCE} | more]})
