"""REFI-QDA projects and TEI."""

import hashlib
import zipfile

import pytest

from annotator.core.imports import Header
from annotator.importers.annotations.refi_qda import RefiQdaImporter
from annotator.importers.annotations.tei import TeiImporter
from annotator.importers.walking import items
from tests.importers.annotations.corpora import FACTS, documents, facts, failures, here, labels, notices, read
from tests.importers.annotations.references import FOLDER
from tests.importers.sources import source


@here
@pytest.mark.parametrize("name", ["peers/refi-qda/Project.qde", "peers/refi-qda/TestProject.qdpx"])
def test_codes_become_labels_and_texts_that_are_missing_are_named(name):
    found, counted = read(name), FACTS[name]
    (header,) = [item for item in found if isinstance(item, Header)]
    assert [label.name for label in header.scheme.labels] == counted["codes"]
    told = " ".join(failure.reason for failure in failures(found))
    assert all(each["name"] in told for each in counted["sources"])
    assert len(documents(found)) == counted["tags"]["Transcript"]  # their texts stand in the file itself


def test_a_project_unpacked_is_read_as_one_that_is_packed(tmp_path):
    with zipfile.ZipFile(FOLDER / "ports.qdpx") as archive:
        archive.extractall(tmp_path)
    packed = documents(list(items([FOLDER / "ports.qdpx"])))
    unpacked = documents(list(items([tmp_path / "project.qde"])))
    assert [document.text for document in packed] == [document.text for document in unpacked]
    assert [len(document.annotations) for document in unpacked] == [4, 1]
    assert len(documents(list(items([tmp_path])))) == 2  # the texts of the project are not documents of their own again


def test_a_project_whose_file_stands_last_is_known_by_its_name(tmp_path):
    path = tmp_path / "late.qdpx"
    with zipfile.ZipFile(FOLDER / "ports.qdpx") as archive, zipfile.ZipFile(path, "w") as turned:
        for name in reversed(archive.namelist()):
            turned.writestr(name, archive.read(name))
    assert len(documents(list(items([path])))) == 2


@here
@pytest.mark.parametrize("name", facts("tei/parla-clarin", ".xml"))
def test_every_letter_and_name_of_tei_comes_in(name):
    found, counted = read(name), FACTS[name]
    (document,) = documents(found)
    whole = "".join(document.text.split())
    assert len(whole) == counted["text_chars_nows"]
    assert hashlib.sha256(whole.encode()).hexdigest() == counted["text_nows_sha256"]
    assert document.title in counted["titles"] and document.language == counted["lang"]
    named = {key[5:]: count for key, count in counted["text_elements"].items() if key.startswith("name:")}
    assert all(labels(found)[label] == count for label, count in named.items())
    assert not notices(found) and not failures(found)


@here
def test_words_of_tei_are_joined_as_the_same_text_in_conllu_has_them():
    (tei,) = documents(read("tei/parla-clarin/KPZONOJFSPD-Redna-021-1998-11-25-ana.xml"))
    (conllu,) = documents(read("tei/parla-clarin/KPZONOJFSPD-Redna-021-1998-11-25-ana.conllu"))
    squeezed = " ".join(tei.text.split())
    paragraphs = [" ".join(line.split()) for line in conllu.text.split("\n")]
    assert paragraphs and sum(line in squeezed for line in paragraphs) > len(paragraphs) * 0.8


def test_other_files_are_not_taken_for_them():
    assert TeiImporter().recognises(b"<html xmlns='http://www.w3.org/1999/xhtml'>", "x.xml") == 0
    assert RefiQdaImporter().recognises(b"PK\x03\x04word/document.xml", "x.docx") == 0


def test_a_broken_tei_file_says_where():
    (failure,) = failures(list(tei_items('<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text><p>Cut off')))
    assert "line 2" in failure.reason


def tei_items(text):
    from annotator.importers.walking import read_source

    return read_source(source(text, "x.xml"), TeiImporter())
