"""Whatever is exported for another program reads back as it was promised, and nothing is lost that is not reported."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.scheme import Scheme
from annotator.exporters.base import Contents
from annotator.scheme_files.files import scheme_texts
from tests.exporters.references import OTHERS
from tests.exporters.test_round_trip import ENTRY, LABELS, NEWS, PEOPLE, TYPES, documents

SCHEME = Scheme("news", NEWS.layers, LABELS, TYPES, NEWS.form)
MARKS_LOST = ("marks within longer ones", "crossing marks", "marks of several pieces", "marks of white space")
LINKS_LOST = ("links", "links of marks that were left out", "links to the marks of other annotators")


def unlike(found):
    """The documents, each with an id of its own, and marks and links with theirs."""
    return [replace(document, id=f"{number:08d}-22ba-791d-8f3a-abcc8142c8ea") for number, document in enumerate(found)]


def contents(found):
    return Contents("p" * 36, "Gulf", SCHEME, PEOPLE, (ENTRY,), lambda: iter(found), scheme_texts=scheme_texts)


def export(exporter, found, folder):
    return exporter.export(contents(found), Path(folder) / f"out{exporter.suffix}")


def lost(report, names):
    return sum(loss.count for loss in report.lost if loss.what in names)


@pytest.mark.parametrize("exporter", OTHERS, ids=lambda each: each.name)
@given(found=st.lists(documents(), max_size=3).map(unlike))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_but_what_is_reported(exporter, found):
    with tempfile.TemporaryDirectory() as folder:
        report = export(exporter, found, folder)
    marks = sum(len(document.annotations) for document in found)
    links = sum(len(document.relations) for document in found)
    assert report.verified
    assert report.documents == len(found)
    assert report.annotations + lost(report, MARKS_LOST) == marks
    assert report.relations + lost(report, LINKS_LOST) == links
    known = {mark.id for document in found for mark in document.annotations}
    assert all(set(loss.annotations) <= known for loss in report.lost)
