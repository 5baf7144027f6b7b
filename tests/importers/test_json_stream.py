import json
from io import BytesIO

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.importers import json_stream
from annotator.importers.json_stream import BrokenJsonError, JsonStream
from annotator.importers.json_values import ValueRefusedError, parsed

strings = st.text(st.sampled_from('ab"\\{}[],:\n\té🚢\u00a0ق'), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | strings,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
    max_leaves=12,
)
layouts = st.sampled_from(
    [
        dict(),
        dict(indent=1),
        dict(indent=0),
        dict(indent="\t", ensure_ascii=False),
        dict(separators=(",", ":"), ensure_ascii=False),
    ]
)


class Dripping(BytesIO):
    """A stream that gives a few bytes at a time, as a slow disk may."""

    def __init__(self, data, step):
        super().__init__(data)
        self.step = step

    def read(self, size=-1):
        return super().read(self.step if size < 0 else min(size, self.step))


def members(data, step=1 << 20):
    """All that a file holds, read through the stream with a list called `documents` taken element by element."""
    stream, found = JsonStream(Dripping(data, step)), {}
    for name in stream.members():
        listed = name == "documents" and stream.peek() == b"["
        found[name] = list(stream.elements()) if listed else parsed(stream.value())
    return found


@example({"": ["]"]}, {}, 1)  # what failed with the `re` of Python 3.11.2
@example({"documents": {":": ""}}, {}, 7)
@example({"documents": {"[": None}}, {}, 1)
@given(st.dictionaries(strings | st.just("documents"), values, max_size=5), layouts, st.sampled_from([1, 2, 7, 4096]))
def test_reads_what_a_whole_parser_reads(value, layout, step):
    data = json.dumps(value, **layout).encode()
    assert members(data, step) == json.loads(data) == value


@given(st.lists(st.dictionaries(strings, values, max_size=4), max_size=5), st.sampled_from([1, 5, 4096]))
def test_reads_a_document_a_line(documents, step):
    lines = b",\n".join(map(orjson.dumps, documents))
    assert members(b'{"documents": [\n' + lines + b"\n]}\n", step)["documents"] == documents


@given(st.lists(values, min_size=1, max_size=4), st.data())
def test_a_file_that_was_cut_is_never_taken_for_a_whole_one(documents, data):
    whole = json.dumps({"documents": documents}).encode()
    with pytest.raises((BrokenJsonError, ValueRefusedError)):
        members(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.lists(values, max_size=4), values)
def test_a_list_can_be_passed_over(documents, after):
    stream = JsonStream(BytesIO(json.dumps([documents, after]).encode()))
    stream._take(b"[")
    stream.pass_over()
    stream._take(b",")
    assert parsed(stream.value()) == after


def test_a_bad_element_does_not_hide_the_next():
    first, second, third = members(b'{"documents": [{"a": 1, "a": 2}, {"b": NaN}, {"c": 3}]}')["documents"]
    assert str(first) == "it says “a” twice" and str(second) == "it holds NaN, which is no number"
    assert third == {"c": 3}


def test_also_on_lines_of_their_own():
    first, second = members(b'{"documents": [\n{"a":1,"a":2},\n{"c":3}\n]}')["documents"]
    assert isinstance(first, ValueRefusedError) and second == {"c": 3}


def test_a_value_that_never_ends_is_given_up(monkeypatch):
    monkeypatch.setattr(json_stream, "LIMIT", 3 << 20)
    with pytest.raises(BrokenJsonError, match="larger than 3 MB, or not closed"):
        members(b'{"documents": [{"text": "' + b"x" * (8 << 20))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'{"a" 1}', "“:” is missing"),
        (b'{"a": 1 "b": 2}', "“,” or “}” is missing"),
        (b"{1: 2}", "a name in quotation marks is missing"),
        (b'{"a": 1', "“,” or “}” is missing"),
        (b'{"a": "x', "a quotation mark is not closed"),
        (b'{"a": {"b": [1', "the file ends within a value"),
        (b'{"a": 1, "a": 2}', "it says “a” twice"),
    ],
)
def test_what_is_wrong_is_said(data, problem):
    with pytest.raises(BrokenJsonError) as caught:
        members(data)
    assert str(caught.value) == f"It is no whole JSON: {problem}."


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b'{"a": NaN}', "it holds NaN, which is no number"),
        (b'{"a": -Infinity}', "it holds -Infinity, which is no number"),
        (b'{"a": 1e999}', "it holds Infinity, which is no number"),
        (b'{"a": 123456789012345678901234567890}', "it holds the number 123456789012345678901234, which is too large"),
        (b'{"a": {"b": 1, "b": 1}}', "it says “b” twice"),
        (b'{"a": ' + b"[" * 3000 + b"]" * 3000 + b"}", "it is nested too deeply"),
        (b'{"a": "\xff"}', "its byte 7 is not UTF-8"),
        (b'{"a": "\x01"}', "it is no JSON (Invalid control character at at character 7)"),
        (b'{"a": tru}', "it is no JSON (Expecting value at character 6)"),
    ],
)
def test_values_that_two_programs_would_read_in_two_ways_are_refused(data, problem):
    with pytest.raises(ValueRefusedError) as caught:
        parsed(data)
    assert str(caught.value) == problem


def test_lone_surrogates_are_replaced_one_for_one():
    assert parsed(b'{"a\\ud800": ["\\udfffx", "\\ud83d\\udea2"]}') == {"a\ufffd": ["\ufffdx", "🚢"]}
    assert parsed(b'["\\ud800"]') == ["\ufffd"]


@given(values)
def test_parsed_is_what_was_written(value):
    assert parsed(orjson.dumps(value)) == value
    assert parsed(json.dumps(value, indent=2).encode()) == value


def test_of_a_list_in_one_long_line_no_more_is_held_than_it_takes():
    element = b'{"a": "' + b"x" * 1000 + b'"},'
    data = b"[" + element * 20_000 + b"{}]"
    stream = BytesIO(data)
    reading = JsonStream(stream)
    for number, _ in enumerate(reading.elements(), 1):
        assert stream.tell() <= number * len(element) + 2 * json_stream.LINE + json_stream.CHUNK
    assert number == 20_001 and stream.tell() == len(data)
