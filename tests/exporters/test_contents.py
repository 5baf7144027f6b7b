from dataclasses import replace

import pytest

from annotator.core.annotation import AnnotatedDocument, Annotation, Annotator, DocumentLabel, Relation
from annotator.core.errors import KnownError
from annotator.core.ids import text_hash
from annotator.core.scheme import Label, Layer, RelationType, Scheme
from annotator.core.span import Span
from annotator.exporters.base import Contents
from annotator.exporters.contents import contents_of
from annotator.exporters.json import JsonExporter
from annotator.importers.walking import read_file

ANN, BEN = Annotator("a" * 36, "Ann"), Annotator("b" * 36, "Ben")
PERSON, TYPE = Label("l" * 36, "entities", "PERSON"), RelationType("t" * 36, "of")


def mark(key, annotator, start=0, end=3):
    return Annotation(key * 36, PERSON, (Span(start, end),), {}, "", annotator.id, "manual", None, "", "")


def link(key, annotator, source, target):
    return Relation(key * 36, TYPE, source * 36, target * 36, {}, annotator.id, "", "")


DOCUMENTS = (
    AnnotatedDocument(
        text="One and two.",
        id="1" * 36,
        sha256=text_hash("One and two."),
        annotations=(mark("1", ANN), mark("2", BEN, 8, 11), mark("3", ANN, 4, 7)),
        relations=(link("4", ANN, "1", "3"), link("5", ANN, "1", "2"), link("6", BEN, "2", "1")),
        labels=(DocumentLabel("7" * 36, "genre", "wire", ANN.id), DocumentLabel("8" * 36, "genre", "brief", BEN.id)),
        statuses={ANN.id: "finished", BEN.id: "in_progress"},
    ),
    AnnotatedDocument(text="Three.", id="2" * 36, sha256=text_hash("Three."), statuses={BEN.id: "finished"}),
    AnnotatedDocument(text="Four.", id="3" * 36, sha256=text_hash("Four.")),
)


class Held:
    """A project for an exporter to see, without a file."""

    id, name, scheme = "p" * 36, "Gulf", Scheme("own")

    def __init__(self, documents=DOCUMENTS):
        self.documents = documents

    def annotators(self):
        return [ANN, BEN]

    def registry(self):
        return []

    def annotated_documents(self, keys=None):
        return (each for each in self.documents if keys is None or each.id in keys)


def chosen(**wanted):
    return [document.text for document in contents_of(Held(), **wanted).documents()]


def test_all_or_one():
    assert chosen() == ["One and two.", "Three.", "Four."]
    assert chosen(document="2" * 36) == ["Three."]


def test_documents_can_be_gone_through_again():
    contents = contents_of(Held())
    assert list(contents.documents()) == list(contents.documents()) == list(DOCUMENTS)


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        (dict(status="finished"), ["One and two.", "Three."]),
        (dict(status="in_progress"), ["One and two."]),
        (dict(status="new"), ["Four."]),
        (dict(status="finished", annotator="Ann"), ["One and two."]),
        (dict(status="new", annotator="Ann"), ["Three.", "Four."]),
        (dict(annotator="Ben"), ["One and two.", "Three.", "Four."]),
    ],
)
def test_documents_by_how_far_they_are(wanted, texts):
    assert chosen(**wanted) == texts


def test_one_annotators_work_and_what_hangs_on_it():
    contents = contents_of(Held(), annotator="Ann")
    first = next(iter(contents.documents()))
    assert [item.id[0] for item in first.annotations] == ["1", "3"] and [item.id[0] for item in first.relations] == [
        "4"
    ]
    assert [answer.value for answer in first.labels] == ["wire"] and first.statuses == {ANN.id: "finished"}
    assert contents.annotators == (ANN,)
    (loss,) = contents.lost
    assert (loss.what, loss.count, loss.annotations) == ("links to the marks of other annotators", 1, ("1" * 36,))


def test_what_is_lost_is_in_the_report(tmp_path):
    contents = contents_of(Held(), annotator=ANN.id, read_back=read_file)
    report = JsonExporter().export(contents, tmp_path / "a.json")
    assert report.to_json()["lost"] == [
        {"what": "links to the marks of other annotators", "count": 1, "annotations": ["1" * 36]}
    ]
    assert report.verified


def test_names_that_nobody_has():
    with pytest.raises(KnownError, match=r"Nobody called “Cem” annotates in this project. There are: Ann, Ben."):
        contents_of(Held(), annotator="Cem")
    with pytest.raises(KnownError, match=r"There is no status “half”. There are: new, in_progress, finished."):
        contents_of(Held(), status="half")


def test_a_mark_outside_its_text_is_left_out_with_its_links_and_told(tmp_path):
    bad = AnnotatedDocument(
        text="One.",
        id="1" * 36,
        annotations=(mark("1", ANN), mark("2", ANN, 2, 9)),
        relations=(link("4", ANN, "1", "2"),),
    )
    report = JsonExporter().export(contents_of(Held([bad]), read_back=read_file), tmp_path / "a.json")
    assert (report.documents, report.annotations, report.relations, report.verified) == (1, 1, 0, False)
    assert [(loss.what, loss.annotations) for loss in report.lost] == [("marks outside their text", ("2" * 36,))]


@pytest.mark.parametrize("damage", ["a word", "a number", "a document", "all"])
def test_what_was_written_wrong_is_not_called_right(tmp_path, damage):
    """A reader that finds something else than what was meant, as it would on a disk that lies."""

    def read_damaged(path, name):
        data = path.read_bytes()
        if damage == "a word":
            data = data.replace(b'"wire"', b'"wirf"')
        if damage == "a number":
            data = (
                data.replace(b'"start":8', b'"start":9')
                .replace(b'"text":"two"', b'"text":"wo"')
                .replace(b"[8,11]", b"[9,11]")
            )
        if damage == "a document":
            data = b"\n".join(line for line in data.splitlines() if b"Three." not in line)
        if damage == "all":
            data = data[:100]
        (tmp_path / "damaged").write_bytes(data)
        return read_file(tmp_path / "damaged", name)

    held = contents_of(Held())
    fields = {name: getattr(held, name) for name in Contents.__slots__} | {"read_back": read_damaged}
    assert not JsonExporter().export(Contents(**fields), tmp_path / "a.json").verified


def test_without_a_reader_nothing_is_called_right(tmp_path):
    assert not JsonExporter().export(contents_of(Held()), tmp_path / "a.json").verified


QUOTE = Label("q" * 36, "quotes", "QUOTE")


def test_only_the_marks_of_some_layers():
    quote = mark("9", ANN, 4, 7)._replace(label=QUOTE)
    first = DOCUMENTS[0]
    held = Held([replace(first, annotations=(*first.annotations, quote), relations=(link("4", ANN, "1", "9"),))])
    held.scheme = Scheme("own", (Layer("1", "entities"), Layer("2", "quotes", "Quotations")), (PERSON, QUOTE))
    contents = contents_of(held, layers=["entities"])
    (document,) = contents.documents()
    assert [each.id[0] for each in document.annotations] == ["1", "2", "3"] and document.relations == ()
    assert contents.scheme.labels == (PERSON,)
    (loss,) = contents.lost
    assert (loss.what, loss.count, loss.annotations) == ("links to the marks of other layers", 1, ("1" * 36,))
    (document,) = contents_of(held, layers=["Quotations"]).documents()
    assert [each.id[0] for each in document.annotations] == ["9"]
    assert len(next(iter(contents_of(held, layers=["quotes", "entities"]).documents())).annotations) == 4
    with pytest.raises(KnownError, match=r"There is no layer “names” in this project. There are: entities, quotes."):
        contents_of(held, layers=["names"])
