"""What can be chosen about CoNLL: tags by a decoder of our own, columns, words and breaks, and that all reads back."""

import tempfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.exporters.tagging import tags_of
from annotator.importers.walking import items
from tests.exporters.references import contents, key, label, mark
from tests.exporters.test_other_programs import contents as random_contents
from tests.exporters.test_other_programs import documents as random_documents
from tests.exporters.test_other_programs import unlike

CONLL = exporter_named("conll")
TEXT = "Ann Lee of Old Marsa port met Bo. Bo left Marsa."


def decoded(tags, kind):
    """Runs as (name, first, last), by the rules of each scheme; raises where a tag may not stand where it stands."""
    found, before = [], "O"
    for number, tag in enumerate(tags):
        prefix, _, name = tag.partition("-")
        last_prefix, _, last_name = before.partition("-")
        going_on = last_prefix in ("B", "I") and last_name == name
        if kind == "bioes":
            assert (prefix in ("I", "E")) == (last_prefix in ("B", "I")), (before, tag)
            assert prefix not in ("I", "E") or going_on
            starts = prefix in ("B", "S")
        elif kind == "iob2":
            assert prefix != "I" or going_on, (before, tag)
            starts = prefix == "B"
        else:
            assert prefix != "B" or going_on, (before, tag)  # only where two of one name meet
            starts = prefix == "B" or (prefix == "I" and not going_on)
        if starts:
            found.append([name, number, number])
        elif prefix != "O":
            found[-1][2] = number
        before = tag
    assert kind != "bioes" or before[0] not in "BI"
    return [tuple(run) for run in found]


@st.composite
def runs(draw):
    """Words of one letter and runs of them that lie side by side."""
    cuts = sorted(draw(st.sets(st.integers(0, 12), max_size=8)))
    found = [pair for pair in pairwise(cuts) if draw(st.booleans())]
    return [(start, end, draw(st.sampled_from(["PER", "ORG-X"]))) for start, end in found]


@pytest.mark.parametrize("kind", ["iob2", "iob1", "bioes"])
@given(found=runs())
def test_tags_say_where_marks_begin_and_end(kind, found):
    tags = tags_of([Span(place, place + 1) for place in range(12)], found, kind)
    assert decoded(tags, kind) == [(name, start, end - 1) for start, end, name in found]


def document(*marks, text=TEXT):
    return AnnotatedDocument(text=text, id=key(1), annotations=marks)


def words(number, name, words, after=0):
    start = TEXT.index(words, after)
    return mark(number, name, Span(start, start + len(words)))


def export(tmp_path, held, **options):
    every = replace(contents(), documents=lambda: iter(held), options=options)
    out = tmp_path / "out.conll"
    report = CONLL.export(every, out)
    assert report.verified
    return out, report


def rows(out):
    lines = out.read_text(encoding="utf-8").split("\n")
    return [line.split(" ") for line in lines if line and not line.startswith("-DOCSTART-")]


def back(out):
    return [item for item in items([out]) if isinstance(item, AnnotatedDocument)]


def found_in(document):
    return Counter((mark.label.name, mark.covered(document.text).replace(" ", "")) for mark in document.annotations)


SIDE_BY_SIDE = (words(2, "PERSON", "Ann Lee"), words(3, "GPE", "Marsa"), words(4, "PERSON", "Bo"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("iob2", ["B-PERSON", "I-PERSON", "O", "O", "B-GPE", "O", "O", "B-PERSON"]),
        ("iob1", ["I-PERSON", "I-PERSON", "O", "O", "I-GPE", "O", "O", "I-PERSON"]),
        ("bioes", ["B-PERSON", "E-PERSON", "O", "O", "S-GPE", "O", "O", "S-PERSON"]),
    ],
)
def test_each_kind_of_tags_reads_back(tmp_path, kind, expected):
    out, _ = export(tmp_path, [document(*SIDE_BY_SIDE)], tags=kind)
    assert [row[-1] for row in rows(out)][:8] == expected
    (read,) = back(out)
    assert found_in(read) == {("PERSON", "AnnLee"): 1, ("GPE", "Marsa"): 1, ("PERSON", "Bo"): 1}


def test_two_marks_of_one_label_that_meet_stay_two_in_iob1(tmp_path):
    out, _ = export(tmp_path, [document(words(2, "PERSON", "Ann"), words(3, "PERSON", "Lee"))], tags="iob1")
    assert [row[-1] for row in rows(out)][:3] == ["I-PERSON", "B-PERSON", "O"]
    assert found_in(back(out)[0]) == {("PERSON", "Ann"): 1, ("PERSON", "Lee"): 1}


NESTED = (words(2, "SOURCE", "Ann Lee of Old Marsa port"), words(3, "GPE", "Old Marsa"), words(4, "GPE", "Marsa"),
          words(5, "CLAIM", "port met"))  # fmt: skip


@pytest.mark.parametrize("kind", ["iob2", "iob1", "bioes"])
def test_a_column_for_each_level_holds_marks_that_overlap(tmp_path, kind):
    out, report = export(tmp_path, [document(*NESTED), document(text="No mark.")], nested="columns", tags=kind)
    assert report.annotations == 4 and not report.lost
    assert {len(row) for row in rows(out)} == {6}
    assert decoded([row[3] for row in rows(out)][:6], kind) == [("SOURCE", 0, 5)]
    first, second = back(out)
    assert found_in(first) == Counter({("SOURCE", "AnnLeeofOldMarsaport"): 1, ("GPE", "OldMarsa"): 1,
                                       ("GPE", "Marsa"): 1, ("CLAIM", "portmet"): 1})  # fmt: skip
    assert not second.annotations


def test_marks_of_one_label_that_cross_keep_their_columns(tmp_path):
    marks = (words(2, "CLAIM", "Ann Lee of"), words(3, "CLAIM", "of Old Marsa"))
    out, _ = export(tmp_path, [document(*marks)], nested="columns")
    assert found_in(back(out)[0]) == {("CLAIM", "AnnLeeof"): 1, ("CLAIM", "ofOldMarsa"): 1}


def test_without_columns_the_longest_stays_and_the_report_names_the_others(tmp_path):
    _, report = export(tmp_path, [document(*NESTED)])
    assert report.annotations == 1
    assert {loss.what: loss.count for loss in report.lost} == {"marks within longer ones": 2, "crossing marks": 1}


def test_a_column_for_each_layer_in_the_order_of_the_scheme(tmp_path):
    out, report = export(tmp_path, [document(*NESTED)], layers="yes")
    layers = [layer.name for layer in contents().scheme.layers]
    used = sorted({label("GPE").layer, label("SOURCE").layer, label("CLAIM").layer}, key=layers.index)
    assert {len(row) for row in rows(out)} == {3 + len(used)}
    assert {row[3 + used.index(label("GPE").layer)] for row in rows(out)} == {"O", "B-GPE", "I-GPE"}
    assert report.annotations >= 2 and sum(found_in(back(out)[0]).values()) == report.annotations


def test_words_may_be_characters_or_what_stands_between_spaces(tmp_path):
    held = [document(mark(2, "GPE", Span(0, 2)), text="北京 e\u0301tait-là.")]
    out, _ = export(tmp_path, held, tokeniser="characters")
    assert [row[0] for row in rows(out)] == ["北", "京", "e\u0301", "t", "a", "i", "t", "-", "l", "à", "."]
    out, _ = export(tmp_path, held, tokeniser="spaces")
    assert [row[0] for row in rows(out)] == ["北京", "e\u0301tait-là."]
    assert [row[-1] for row in rows(out)] == ["B-GPE", "O"]


def test_without_breaks_there_is_no_docstart_and_the_file_is_still_compared(tmp_path):
    out, _ = export(tmp_path, [document(*SIDE_BY_SIDE), document(), document(text="Last.")], breaks="no")
    assert b"DOCSTART" not in out.read_bytes() and len(back(out)) == 1


@given(
    found=st.lists(random_documents(), max_size=3).map(unlike),
    tags=st.sampled_from(["iob2", "iob1", "bioes"]),
    layers=st.sampled_from(["yes", "no"]),
    tokeniser=st.sampled_from(["words", "spaces", "characters"]),
    breaks=st.sampled_from(["yes", "no"]),
)
@settings(max_examples=60, deadline=None)
def test_in_columns_no_mark_of_one_piece_is_lost(found, tags, layers, tokeniser, breaks):
    chosen = dict(tags=tags, layers=layers, tokeniser=tokeniser, breaks=breaks, nested="columns")
    with tempfile.TemporaryDirectory() as folder:
        report = CONLL.export(replace(random_contents(found), options=chosen), Path(folder) / "out.conll")
    gone = {loss.what: loss.count for loss in report.lost}
    kept = report.annotations + gone.get("marks of several pieces", 0) + gone.get("marks of white space", 0)
    assert report.verified and kept == sum(len(each.annotations) for each in found)
