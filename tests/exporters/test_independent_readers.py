"""Other programs' own readers find in the exports what went in: each is skipped where it is not installed."""

import csv
import json
import re
import sys
from collections import Counter
from dataclasses import replace
from importlib import import_module

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.scheme_files.files import read_scheme_file
from tests.exporters.references import ARABIC, ENGLISH, contents, documents, key, mark, written
from tests.importers.annotations.corpora import CORPORA, here

TEXTS = [ENGLISH, ARABIC, "Nothing here."]
WORDS = {mark.id: mark.covered(document.text) for document in documents() for mark in document.annotations}


@pytest.fixture
def files(tmp_path):
    return lambda name: written(exporter_named(name), tmp_path)[0]


def lines(found):
    (data,) = found.values()
    return [json.loads(line) for line in data.decode().splitlines()]


def test_seqeval_finds_the_entities_of_conll(files):
    reader = pytest.importorskip("seqeval.metrics.sequence_labeling")
    (data,) = files("conll").values()
    sentences = [block.split("\n") for block in data.decode().split("\n\n") if block.strip()]
    found = []
    for rows in sentences:
        cells = [row.split(" ") for row in rows if row]
        for kind, first, last in reader.get_entities([row[-1] for row in cells]):
            found.append((kind, " ".join(row[0] for row in cells[first : last + 1])))
    assert found == [
        ("EVENT", "Ports 🚢 reopen"), ("SOURCE", "Salim Haddad of Marsa ’s port"), ("CUE", "said"),
        ("QUANTITY", "= 1 + 1"), ("PERSON", "الوزير"), ("CLAIM", "الممر مفتوح"),
    ]  # fmt: skip


def test_conllu_finds_sentences_words_and_brackets(files):
    reader = import_module("conllu")
    (data,) = files("conllu").values()
    found = reader.parse(data.decode())
    assert [each.metadata["text"] for each in found] == [
        "Ports 🚢 reopen",
        "“It stays open,” Salim Haddad of Marsa’s port said. “All week.”",
        "=1+1 \\ tab here.",
        ARABIC,
        "Nothing here.",
    ]
    assert [each.metadata["newdoc id"][-2:] for each in found if "newdoc id" in each.metadata] == ["21", "22", "23"]
    assert (
        len({each.metadata["sent_id"] for each in found}) == 5
        and found[0].metadata["meta::title"] == found[0].metadata["text"]
    )
    escapes = {"\\n": "\n", "\\t": "\t", "\\s": " "}
    texts, names = [], {}
    for sentence in found:
        if "newdoc id" in sentence.metadata:
            texts.append("")
        for word in sentence:
            misc = word["misc"] or {}
            behind = "" if misc.get("SpaceAfter") == "No" else misc.get("SpacesAfter", " ")
            texts[-1] += word["form"] + re.sub(r"\\.", lambda sign: escapes[sign[0]], behind)
            for entity, name in re.findall(r"\((e\d+)(?:\[\d/\d\])?-(\w+)-", misc.get("Entity") or ""):
                names[len(texts), entity] = name
    assert texts == TEXTS
    assert Counter(names.values()) == Counter(mark.label.name for each in documents() for mark in each.annotations)


def test_spacy_takes_the_spans_and_entities(files):
    spacy = import_module("spacy")
    training = import_module("spacy.training")
    blank = spacy.blank("xx")
    for found in lines(files("spacy")):
        document = blank.make_doc(found["text"])
        example = training.Example.from_dict(document, {"entities": [tuple(each) for each in found["entities"]]})
        assert document.text == found["text"] and len(example.reference.text) == len(found["text"])
        for span in found["spans"]:
            whole = document.char_span(span["start"], span["end"], span["label"], alignment_mode="expand")
            assert span["text"].strip() in whole.text


def test_spacy_learns_from_it(files):
    spacy = import_module("spacy")
    from spacy.training import Example

    spacy.util.fix_random_seed(1)
    model = spacy.blank("xx")
    model.add_pipe("ner")
    found = [(each["text"], {"entities": each["entities"]}) for each in lines(files("spacy"))]
    examples = [Example.from_dict(model.make_doc(text), said) for text, said in found]
    optimizer = model.initialize(lambda: examples)
    losses = [model.update(examples, sgd=optimizer)["ner"] for _ in range(40)]
    assert min(losses[-5:]) < losses[0] / 2


def test_without_spacy_the_docbin_says_so_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(KnownError, match=r"This format needs spaCy, which is not installed\. Nothing was written"):
        written(exporter_named("spacy-docbin"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_spacy_learns_from_the_docbin(files):
    spacy = import_module("spacy")
    from spacy.tokens import DocBin
    from spacy.training import Example

    spacy.util.fix_random_seed(1)
    model = spacy.blank("xx")
    model.add_pipe("ner")
    (data,) = files("spacy-docbin").values()
    docs = list(DocBin().from_bytes(data).get_docs(model.vocab))
    assert [doc.text for doc in docs] == TEXTS
    assert [span.text for span in docs[0].spans["sc"]][:2] == ["Ports 🚢 reopen", "Salim Haddad of Marsa’s port"]
    examples = [Example(model.make_doc(doc.text), doc) for doc in docs]
    optimizer = model.initialize(lambda: examples)
    losses = [model.update(examples, sgd=optimizer)["ner"] for _ in range(40)]
    assert min(losses[-5:]) < losses[0] / 2


def test_prodigys_tokens_make_a_document_of_spacy(files):
    import_module("spacy")
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    for task in lines(files("prodigy")):
        words, spaces = [each["text"] for each in task["tokens"]], [each["ws"] for each in task["tokens"]]
        document = Doc(Vocab(), words=words, spaces=spaces)
        assert document.text == task["text"]
        for span in task["spans"]:
            assert document[span["token_start"] : span["token_end"] + 1].text == span["text"]


def test_cassis_finds_every_piece_at_its_place(files):
    cassis = import_module("cassis")
    found = files("xmi")
    types = cassis.load_typesystem(found.pop("TypeSystem.xml").decode())
    pieces: dict[str, list[str]] = {}
    links = []
    for data, text in zip(found.values(), TEXTS, strict=True):
        cas = cassis.load_cas_from_xmi(data.decode(), typesystem=types)
        assert cas.sofa_string == text
        for each in cas.select("webanno.custom.Mark"):
            pieces.setdefault(each.mark, []).append(each.get_covered_text())
        for each in cas.select("webanno.custom.Link"):
            links.append((each.label, each.Governor.get_covered_text(), each.Dependent.get_covered_text()))
        tokens = [each.get_covered_text() for each in cas.select(f"{SEGMENT}.Token")]
        assert "".join(tokens) == "".join(text.split())
    assert {key: " ".join(each) for key, each in pieces.items()} == WORDS
    assert ("source", "“It stays open,”", "Salim Haddad of Marsa’s port") in links and len(links) == 4


def test_cassis_finds_the_same_in_json(files):
    cassis = import_module("cassis")
    pieces: dict[str, list[str]] = {}
    links, said = [], {}
    for data, text in zip(files("uima-json").values(), TEXTS, strict=True):
        cas = cassis.load_cas_from_json(data.decode())
        assert cas.sofa_string == text and cas.get_document_annotation() is not None
        for each in cas.select("webanno.custom.Mark"):
            pieces.setdefault(each.mark, []).append(each.get_covered_text())
            said[each.label] = each
        for each in cas.select("webanno.custom.Link"):
            links.append((each.label, each.Governor.get_covered_text(), each.Dependent.get_covered_text()))
    assert {key: " ".join(each) for key, each in pieces.items()} == WORDS
    assert ("source", "“It stays open,”", "Salim Haddad of Marsa’s port") in links and len(links) == 4
    assert said["CLAIM"].annotator == "Ann" and said["QUOTE"].attr_quote == "direct"


KINDS = {"hedge": True, "share": 0.5, "count": 3, "topics": ["a | b", "", "ج"], "own name <i>": "x", "quote": "yes"}


@pytest.mark.parametrize("name", ["xmi", "uima-json"])
def test_cassis_sees_the_kinds_of_values(name, tmp_path):
    cassis = import_module("cassis")
    marks = (mark(2, "CLAIM", Span(0, 3), **KINDS),)
    held = [AnnotatedDocument(text="One two.", id=key(1), annotations=marks)]
    report = exporter_named(name).export(replace(contents(), documents=lambda: iter(held)), tmp_path / "out")
    assert report.verified and not report.lost
    (data,) = (file.read_text("utf-8") for file in (tmp_path / "out").iterdir() if file.name != "TypeSystem.xml")
    if name == "xmi":
        types = cassis.load_typesystem((tmp_path / "out" / "TypeSystem.xml").read_text("utf-8"))
        cas = cassis.load_cas_from_xmi(data, typesystem=types)
    else:
        cas = cassis.load_cas_from_json(data)
    (found,) = cas.select("webanno.custom.Mark")
    assert (found.attr_hedge, found.attr_share, found.attr_count, found.attr_quote) == (True, 0.5, 3, "yes")
    assert [each or "" for each in found.attr_topics.elements] == KINDS["topics"]


SEGMENT = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"


@here
def test_the_schema_of_refi_finds_nothing_wrong(files):
    etree = import_module("lxml.etree")
    schema = etree.XMLSchema(etree.parse(CORPORA / "peers/refi-qda/openqda-schemas/Project.xsd"))
    project = etree.fromstring(files("refi-qda")["project.qde"])
    assert schema.validate(project), schema.error_log
    assert not schema.validate(etree.fromstring(b'<Project xmlns="urn:QDA-XML:project:1.0"/>'))


def test_a_processor_of_linked_data_expands_the_web_annotations(files):
    jsonld = import_module("pyld.jsonld")
    standard = {"@context": {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}}

    def load(url, options=None):
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"document": standard, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    found = files("w3c")
    for name, data in found.items():
        if name.endswith(".jsonld"):
            (page,) = jsonld.expand(json.loads(data), {"documentLoader": load, "base": "http://example.org/"})
            items = page.get("http://www.w3.org/ns/oa#items", [])
            assert len(items) == len(json.loads(data)["items"])
            assert all(item["@type"] == ["http://www.w3.org/ns/oa#Annotation"] for item in items)


def test_the_table_gives_the_words_in_each_unit(files):
    (data,) = files("csv").values()
    texts = {document.id: document.text for document in documents()}
    found = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert len(found) == len(WORDS)
    for row in found:
        text = texts[row["document"]]
        whole = text[int(row["start_code_point"]) : int(row["end_code_point"])]
        wide = text.encode("utf-16-le")[2 * int(row["start_utf16"]) : 2 * int(row["end_utf16"])].decode("utf-16-le")
        narrow = text.encode()[int(row["start_utf8_byte"]) : int(row["end_utf8_byte"])].decode()
        assert whole == wide == narrow
        pieces = [piece.split("-") for piece in row["pieces_code_points"].split(";")]
        assert (
            " ".join(text[int(a) : int(b)] for a, b in pieces) == row["quote"].removeprefix("'") == WORDS[row["mark"]]
        )
    cells = {row["mark"][-2:]: row for row in found}
    assert cells["04"]["attr_entity"] == "Haddad, Salim" and cells["04"]["attr_entity_id"].startswith("0193eeee")
    assert cells["08"]["quote"] == "'=1+1 "  # no spreadsheet works that out
    assert cells["02"]["link_source"] == "Salim Haddad of Marsa’s port"


def test_the_tables_of_statements_fit_together(files):
    found = {name: list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True)))
             for name, data in files("statements").items()}  # fmt: skip
    articles = {row["document"] for row in found["articles.csv"]}
    assert {row["document"] for row in found["statements.csv"]} < articles and len(articles) == 3
    columns = {row["column"] for row in found["codebook.csv"] if row["table"] == "statements"} - {"label"}
    assert columns <= set(found["statements.csv"][0])
    first = next(row for row in found["articles.csv"] if row["annotator"] == "Ann" and row["status"])
    assert (first["form_genre"], first["status"], first["meta_published"]) == ("news", "finished", "2016-11-02")


def test_brats_configuration_knows_every_type(files, tmp_path):
    found = files("brat")
    conf = found["annotation.conf"].decode()
    (tmp_path / "annotation.conf").write_text(conf, encoding="utf-8")
    scheme: Scheme = read_scheme_file(tmp_path / "annotation.conf").scheme
    types = {each.name for each in scheme.labels}
    links = {each.name for each in scheme.relations}
    for name, data in found.items():
        for line in data.decode().splitlines() if name.endswith(".ann") else ():
            cells = line.split("\t")
            if line[0] == "T":
                assert cells[1].split(" ")[0] in types
            if line[0] == "R":
                assert cells[1].split(" ")[0] in links
            if line[0] == "E":
                assert {part.split(":")[0] for part in cells[1].split(" ")[1:]} <= links
