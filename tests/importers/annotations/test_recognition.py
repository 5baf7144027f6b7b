"""Every shared file is taken for what it is: no format takes a file of another."""

from pathlib import PurePath

import pytest

from annotator.importers import ASKED_LAST, SUREST_OF_THEM
from annotator.importers.beginnings import HEAD, beginning
from annotator.importers.walking import recognised
from tests.importers.annotations.corpora import CORPORA, here
from tests.importers.annotations.references import FOLDER
from tests.importers.sources import source

FORMATS = (  # the first that fits a file's place says what it is
    ("brat/*/*/*.ann", "brat"),
    ("brat/*/*.ann", "brat"),
    ("brat/*/*/*.conf", "brat"),
    ("conll/europeana/*.bio", "conll"),
    ("conll/wnut17/*.conll", "conll"),
    ("conll/wojood-sample/test.txt", "conll"),
    ("peers/doccano/*/*.conll", "conll"),
    ("peers/doccano/label_types/*", None),
    ("peers/doccano/*/*.jsonl", "doccano"),
    ("peers/doccano/*/*.json", "doccano"),
    ("news/dna/*.dna", "dna"),
    ("peers/refi-qda/*.qd*", "refi-qda"),
    ("tei/*/*.xml", "tei"),
    ("peers/dkpro-cassis/*/*.xmi", "uima-xmi"),
    ("peers/dkpro-cassis/*/*/*/*/*.xmi", "uima-xmi"),
    ("peers/dkpro-cassis/*/*/*/*/*.json", "uima-json"),
    ("peers/inception/*/*.xmi", "uima-xmi"),
    ("peers/inception/*/*/*.xmi", "uima-xmi"),
    ("peers/inception/bioc/*.xml", "bioc"),
    ("peers/recogito/*.json", "web-annotation"),
    ("peers/w3c-web-annotation/correct/*.json", "web-annotation"),
    ("quotes/journalismai-schema/stub_data/*.json", "news-quotes"),
    ("quotes/litbank-quotations/3268*.ann", "brat"),  # empty: there is nothing to tell them by
    ("quotes/litbank-quotations/78*.ann", "brat"),
    ("quotes/litbank-quotations/*.ann", "litbank-quotes"),
    ("peers/label-studio/*/label_config*", None),
    ("peers/label-studio/*/*.json", "label-studio"),
    ("corpora/gum/conllu/*.conllu", "conllu"),
    ("tei/*/*.conllu", "conllu"),
    ("corpora/gum/tsv-*/*.tsv", "webanno-tsv"),
    ("peers/inception/*/*.tsv", "webanno-tsv"),
    ("peers/inception/*/*/*.tsv", "webanno-tsv"),
)


def expected(name):
    return next((kind for pattern, kind in FORMATS if PurePath(name).match(pattern)), None)


def files():
    names = sorted(path.relative_to(CORPORA).as_posix() for path in CORPORA.rglob("*")) if CORPORA else []
    return [name for name in names if expected(name)]


@here
@pytest.mark.parametrize("name", files())
def test_a_file_is_taken_for_its_own_format(name):
    found = recognised((CORPORA / name).read_bytes()[:HEAD], name)
    assert (found.name if found else "") == expected(name)


OURS = [
    path for folder in (FOLDER, FOLDER.parent / "sources", FOLDER.parent / "exports") for path in folder.rglob("*.*")
]


@pytest.mark.parametrize("path", [path for path in OURS if path.is_file()], ids=lambda path: path.name)
def test_those_that_are_asked_last_would_not_have_been_surer(path):
    head = path.read_bytes()[:HEAD]
    sure = {importer.name: importer.recognises(head, path.name) for importer in ASKED_LAST}
    assert max(sure.values()) <= SUREST_OF_THEM, sure


@pytest.mark.parametrize("rest", ['"label": [[0, 3, "X"]]}', '"spans": [], "answer": "accept", "_input_hash": 1}'])
def test_a_record_is_known_by_what_stands_behind_a_long_text(rest):
    data = '{"text": "' + "word " * 30_000 + f'", {rest}\n'
    expected = "doccano" if "label" in rest else "prodigy"
    assert recognised(beginning(source(data, "x.jsonl")), "x.jsonl").name == expected


def test_the_beginning_of_anything_else_is_as_it_stands():
    for data in (b"T1\tX 0 3\tabc\n" * 9000, b'{"text": "A"}\n' * 9000, b'{"a": "\\'):
        assert beginning(source(data)) == data[:HEAD]
