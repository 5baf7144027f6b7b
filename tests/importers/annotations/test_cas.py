import pytest

from annotator.importers.annotations.cas import annotator_in
from annotator.importers.annotations.uima_json import JsonCasImporter
from annotator.importers.annotations.uima_xmi import XmiImporter
from tests.importers.annotations.corpora import FACTS, documents, facts, failures, here, links, notices, read

XMI = [name for name in FACTS if FACTS[name].get("format") == "uima xmi" and FACTS[name]["text_utf16"]]
JSON = [name for name in FACTS if FACTS[name].get("format") == "uima json cas" and FACTS[name]["covered_text_utf16"]]
OF_THE_TEXT = (
    *("Token", "Sentence", "Paragraph", "Heading", "DocumentMetaData", "DocumentAnnotation", "Div"),
    *("TagsetDescription", "TagDescription", "XmlTextNode", "XmlElement", "XmlDocument"),
)


def xmi(name):
    return name.replace(".tsv", ".xmi")


def words(document):
    return sorted(mark.covered(document.text) for mark in document.annotations)


@here
@pytest.mark.parametrize("name", sorted(XMI))
def test_every_layer_that_was_counted_comes_in_or_is_told(name):
    found, facts = read(name), FACTS[name]
    (document,) = documents(found)
    assert not failures(found) and len(document.text) == facts["text_chars"][0]
    counted = {kind.rpartition("/")[2]: count for kind, count in facts["elements"].items()}
    came = {}
    for mark in document.annotations:
        came[mark.label.layer] = came.get(mark.label.layer, 0) + 1
    for layer, count in came.items():
        empty = sum("it is empty" in text for text in notices(found))
        assert layer == "Token" or count <= counted[layer] <= count + empty
    assert not set(came) & set(OF_THE_TEXT) - {"Token"}
    relations = [kind for kind in counted if kind in ("Relation", "Multivalrel", "ComplexRelation")]
    assert links(found).total() >= sum(counted[kind] for kind in relations)


@here
@pytest.mark.parametrize("name", sorted(JSON))
def test_positions_in_json_are_utf16_units(name):
    (document,) = documents(read(name))
    counted = [
        words for kind, _, _, words in FACTS[name]["covered_text_utf16"] if kind.rpartition(".")[2] not in OF_THE_TEXT
    ]
    assert words(document) == sorted(words for words in counted if words)


@here
def test_emoji_are_where_they_stand():
    folder = "peers/dkpro-cassis/json/fs_as_array/ser-ref/casWithEmojiUnicodeTextAndAnnotations/"
    (one,), (other,) = documents(read(f"{folder}data.json")), documents(read(f"{folder}debug.xmi"))
    assert one.text == other.text and words(one) == words(other)
    assert "🥳" in words(one) and "👻" in words(one) and "👳🏻\u200d♀️" in words(one)


@here
@pytest.mark.parametrize("name", [name for name in facts("peers/inception/tsv3-suite", ".tsv") if xmi(name) in FACTS])
def test_the_same_document_in_tsv_has_the_same_marks(name):
    (tsv,) = documents(read(name))
    (other,) = documents(read(xmi(name)))
    assert words(tsv) == sorted(word.strip() for word in words(other))  # TSV knows no spaces behind a word
    assert sorted(link.type.name for link in tsv.relations) == sorted(link.type.name for link in other.relations)


@pytest.mark.parametrize(
    ("path", "annotator"),
    [
        ("export.zip/annotation/port.txt/ann.xmi", "ann"),
        ("export/curation/port.txt/CURATION_USER.json", "CURATION_USER"),
        ("annotation/port.txt/INITIAL_CAS.xmi", ""),
        ("port.xmi", ""),
    ],
)
def test_who_annotated_stands_in_the_path_of_an_export(path, annotator):
    assert annotator_in(path) == annotator


def test_other_xml_and_json_is_not_taken_for_it():
    assert XmiImporter().recognises(b'<?xml version="1.0"?><rss><channel/></rss>', "x.xml") == 0
    assert JsonCasImporter().recognises(b'{"TYPES": {}}', "x.json") == 0
