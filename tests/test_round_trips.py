"""What this program writes for other tools, it reads back: the sample archive out, and in again."""

import re
from collections import Counter

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure
from annotator.exporters import exporter_named
from annotator.exporters.contents import contents_of
from annotator.importers.walking import items, read_file
from annotator.sample import make_sample
from annotator.scheme_files.files import scheme_texts
from annotator.store.reading import Reader

WHOLE = ("brat", "conllu", "xmi", "uima-json", "refi-qda", "tei", "w3c", "huggingface", "jsonl", "json")
ONE_PIECE = ("webanno-tsv", "label-studio", "doccano", "labelbuddy", "prodigy", "spacy", "spacy-docbin")
LINKLESS = ("spacy", "spacy-docbin", "labelbuddy")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("sample") / "sample.annotator")


def marks(document, most=99):
    """Each mark by its label and the places of its pieces."""
    found = {mark.id: (mark.label.name, tuple((piece.start, piece.end) for piece in mark.fragments)) for mark in
             document.annotations}  # fmt: skip
    return {key: mark for key, mark in found.items() if len(mark[1]) <= most}


def held(documents, most=99):
    """By text, how often each mark and each link is there; TSV does not keep which white space parts sentences."""
    found = {}
    for document in documents:
        by_id = marks(document, most)
        links = (
            (link.type.name, by_id[link.source], by_id[link.target])
            for link in document.relations
            if {link.source, link.target} <= by_id.keys()
        )
        found[re.sub(r"\s", " ", document.text).strip()] = (Counter(by_id.values()), Counter(links))
    return found


@pytest.mark.parametrize("name", [*WHOLE, *ONE_PIECE])
def test_what_is_written_for_another_tool_comes_back(name, project, tmp_path):
    if name == "spacy-docbin":
        pytest.importorskip("spacy")
    exporter = exporter_named(name)
    most = 1 if name in ONE_PIECE else 99
    with Reader(project) as reader:
        wanted = held(reader.annotated_documents(), most)
        report = exporter.export(
            contents_of(reader, read_back=read_file, scheme_texts=scheme_texts), tmp_path / f"out{exporter.suffix}"
        )
    assert report.verified
    found = list(items([tmp_path / f"out{exporter.suffix}"]))
    assert [item for item in found if isinstance(item, Failure)] == []
    back = held(item for item in found if isinstance(item, AnnotatedDocument))
    assert set(back) == set(wanted)
    for text, (of_marks, of_links) in wanted.items():
        came_marks, came_links = back[text]
        assert of_marks == came_marks
        assert name in LINKLESS or of_links == came_links


def words_of(document):
    """Each mark of one piece by its label and its words, however they are spaced."""
    for mark in document.annotations:
        if len(mark.fragments) == 1:
            piece = mark.fragments[0]
            yield mark.label.name, "".join(document.text[piece.start : piece.end].split())


def test_words_keep_their_labels_where_the_text_is_made_of_words(project, tmp_path):
    """CoNLL holds words: labels come back on the same ones, though the spaces between them are others."""
    with Reader(project) as reader:
        contents = contents_of(reader, read_back=read_file, layers=("entities",))
        report = exporter_named("conll").export(contents, tmp_path / "out.conll")
        there = Counter(words for document in reader.annotated_documents() for words in words_of(document))
    found = [item for item in items([tmp_path / "out.conll"]) if isinstance(item, AnnotatedDocument)]
    back = Counter(words for document in found for words in words_of(document))
    assert back.total() == report.annotations > 50
    assert back <= there
