import json

import pytest

from annotator.core.errors import KnownError
from annotator.core.ids import document_id, text_hash
from annotator.core.imports import Header
from annotator.importers.annotator_json import AnnotatorJsonImporter
from annotator.importers.annotator_jsonl import AnnotatorJsonLinesImporter
from tests.importers.sources import documents, failures, notices, source

TEXT = "🚢 The ship of the harbour council left. “We are late,” Haddad said. The ship was late."
ID = "01935000-22ba-791d-8f3a-abcc8142c8ea"
OTHER = "01935000-22ba-791d-8f3a-abcc8142c8eb"


def mark(words, label="PERSON", **more):
    start = TEXT.index(words)
    place = {"id": ID, "layer": "entities", "label": label, "start": start, "end": start + len(words), "text": words}
    return place | {"attributes": {}, "note": "", "annotator": "", "origin": "", "created": "", "updated": ""} | more


def record(**more):
    return {"text": TEXT, "sha256": text_hash(TEXT), "zones": []} | more


def lines(*records):
    """What the records give as JSON Lines and, which must be the same, as a JSON list."""
    as_lines = "\n".join(json.dumps(each) for each in records)
    found = list(AnnotatorJsonLinesImporter().read(source(as_lines, "a.jsonl")))
    listed = list(AnnotatorJsonImporter().read(source(json.dumps(list(records), indent=1), "a.jsonl")))
    assert documents(listed) == documents(found)
    return found


def marks(*given, **more):
    """The marks that come in, and what is said of them."""
    found = lines(record(annotations=list(given), **more))
    (document,) = documents(found)
    return document.annotations, notices(found)


# Places


def test_a_mark_at_its_place_comes_in_without_a_word():
    ((found,), said) = marks(mark("Haddad"))
    assert found.covered(TEXT) == "Haddad" and found.label.layer == "entities" and said == []


def test_places_counted_in_utf16_are_converted_and_told():
    wrong = mark("Haddad")
    wrong |= {"start": wrong["start"] + 1, "end": wrong["end"] + 1}
    ((found,), said) = marks(wrong, mark("late", id=OTHER, start=0, end=0, text="council"))[0][:1], marks(wrong)[1]
    assert found.covered(TEXT) == "Haddad"
    assert said == ["In line 1 of a.jsonl, one mark was counted in UTF-16 units: the places were converted."]


def test_a_wrong_place_is_mended_where_the_words_stand_once():
    ((found,), said) = marks(mark("Haddad", start=3, end=9))
    assert found.covered(TEXT) == "Haddad"
    assert said == ["In line 1 of a.jsonl, one mark was at wrong places: their words, which stand once, were found."]


def test_a_mark_whose_words_stand_twice_or_nowhere_is_left_out_and_named():
    found, said = marks(mark("The ship", start=30, end=38), mark("Haddad", id=OTHER, text="Nobody"))
    assert found == ()
    assert said == [
        f"In line 1 of a.jsonl, a mark was left out: PERSON {place} (its words do not stand at its place)."
        for place in ("“The ship” at 30 to 38", "“Nobody” at 55 to 61")
    ]


def test_a_mark_in_pieces():
    pieces = [[TEXT.index("“We"), TEXT.index("late,”")], [TEXT.index("The ship was"), TEXT.index(" late.")]]
    words = " ".join(TEXT[start:end] for start, end in pieces)
    ((found,), said) = marks(mark("We", fragments=pieces, text=words))
    assert [(piece.start, piece.end) for piece in found.fragments] == [tuple(piece) for piece in pieces] and not said
    shifted = [[start + 1, end + 1] for start, end in pieces]
    ((found,), said) = marks(mark("We", fragments=shifted, text=words))
    assert found.covered(TEXT) == words and "UTF-16" in said[0]


def test_without_its_words_a_mark_is_where_it_says():
    ((found,), said) = marks({"start": 2, "end": 5, "label": "PERSON"})
    assert found.covered(TEXT) == "The" and found.label.layer == "entities" and said == []


def test_line_ends_that_are_stored_shorter_move_the_marks():
    text = "One.\r\n\r\nTwo 🚢 three.\r\n\r\nFour."
    start = text.index("Four")
    data = {"text": text, "annotations": [{"start": start, "end": start + 4, "label": "X", "text": "Four"}]}
    data["zones"] = [{"label": "BODY", "start": text.index("Two"), "end": len(text)}]
    (document,) = documents(lines(data))
    assert document.text == text.replace("\r\n", "\n")
    assert document.annotations[0].covered(document.text) == "Four"
    assert document.zones[0].span.covered(document.text) == "Two 🚢 three.\n\nFour."


def test_marks_beyond_the_text_empty_or_backwards_are_left_out():
    bad = [(5, 5), (9, 3), (-4, 2), (len(TEXT) - 2, len(TEXT) + 1), (10**18, 10**19)]
    found, said = marks(*({"start": start, "end": end, "label": "X"} for start, end in bad))
    assert found == () and len(said) == 5
    assert said[0].endswith("X at 5 to 5 (it is empty or ends past the text, which has 86 characters).")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"label": ""}, "it has no label"),
        ({"label": 5}, "its “label” is no text"),
        ({"start": "3"}, "its start or end is no whole number"),
        ({"start": True}, "its start or end is no whole number"),
        ({"start": 1.5}, "its start or end is no whole number"),
        ({"fragments": [[1, 2, 3]]}, "its fragments are no pairs of numbers"),
        ({"fragments": 7}, "its fragments are no pairs of numbers"),
        ({"note": 5}, "its “note” is no text"),
        ({"annotator": ["a"]}, "its “annotator” is no text"),
        ({"attributes": ["a"]}, "its attributes are no object"),
        ({"attributes": {"quote": {"a": 1}}}, "its attribute “quote” is neither text, number, yes or no, nor a list"),
        ({"attributes": {"topics": [1]}}, "its attribute “topics” is neither text, number, yes or no, nor a list of"),
        ({"confidence": "high"}, "its confidence is no number"),
    ],
)
def test_a_mark_of_wrong_types_is_left_out_and_the_rest_comes_in(changes, reason):
    found, said = marks(mark("Haddad", **changes), mark("council", id=OTHER))
    assert [item.covered(TEXT) for item in found] == ["council"]
    assert len(said) == 1 and reason in said[0]


def test_only_some_of_many_bad_marks_are_named():
    _, said = marks(*({"start": 5, "end": 5, "label": "X"} for _ in range(50)))
    assert len(said) == 11 and said[-1] == "In line 1 of a.jsonl, 40 more marks were left out."


def test_what_is_not_coded_is_absent():
    ((found,), _) = marks(mark("Haddad", attributes={"a": None, "b": False, "c": 0, "d": "", "e": []}))
    assert found.attributes == {"b": False, "c": 0, "d": "", "e": []}


def test_each_label_and_relation_is_one_object_however_often_it_is_named():
    links = [{"id": ID, "label": "source", "from": ID, "to": OTHER, "attributes": {}}] * 2
    found = lines(*[record(annotations=[mark("Haddad"), mark("council", id=OTHER)], relations=links)] * 2)
    held = [document for document in found if not isinstance(document, Header)]
    assert len({id(item.label) for document in held for item in document.annotations}) == 1
    assert len({id(link.type) for document in held for link in document.relations}) == 1


# Records of other programs


def test_a_record_with_little_more_than_a_text():
    data = {"headline": "Ship late", "text": TEXT, "url": "https://example.org/1", "date": "2016-11-02", "pages": 3}
    (document,) = documents(lines(data | {"meta": {"desk": "coast", "tags": ["a"]}}))
    assert document.title == "Ship late" and document.language == "en"
    assert document.metadata == {
        "uri": "https://example.org/1",
        "published": "2016-11-02",
        "pages": "3",
        "desk": "coast",
        "tags": '["a"]',
    }
    assert [(zone.label, zone.span.covered(TEXT)) for zone in document.zones] == [("BODY", TEXT)]


def test_foreign_ids_become_ids_that_are_the_same_at_every_import():
    data = {"id": "doc-17", "text": TEXT, "annotations": [mark("Haddad", id="T1"), mark("council", id="T2")]}
    data["relations"] = [{"id": "R1", "label": "of", "from": "T1", "to": "T2"}]
    (first,), (second,) = documents(lines(data)), documents(lines(data))
    assert first == second and first.id == "" and first.metadata["id"] == "doc-17"
    assert [len(item.id) for item in first.annotations] == [36, 36]
    (link,) = first.relations
    assert (link.source, link.target) == tuple(item.id for item in first.annotations)
    (elsewhere,) = documents(lines(data | {"text": TEXT + " "}))
    assert elsewhere.annotations[0].id != first.annotations[0].id


def test_own_ids_are_kept():
    (document,) = documents(lines(record(id=document_id(text_hash(TEXT)), annotations=[mark("Haddad")])))
    assert document.id == document_id(text_hash(TEXT)) and document.annotations[0].id == ID


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "it has no “text”"),
        ('{"text": 5}', "its “text” is no text"),
        ('{"text": ""}', "its “text” is empty"),
        ('{"text": "a", "annotations": {}}', "its “annotations” is no list"),
        ('{"text": "a", "annotations": [1], "title": 5}', "its “title” is no text"),
        ('{"text": "a", "metadata": []}', ""),
        ('{"text": "a", "metadata": [1]}', "its “metadata” is no object"),
        ('{"text": "a", "status": [1]}', "its “status” is no object"),
        ('{"text": "a", "occurrences": [1]}', "its “occurrences” are no objects"),
        ('["text"]', "it is no object with a “text”"),
        ("5", "it is no object with a “text”"),
        ('{"text": "a", "text": "b"}', "it says “text” twice"),
        ('{"text": "a", "x": NaN}', "it holds NaN, which is no number"),
        ('{"text": "a"', "it is no JSON (Expecting ',' delimiter at character 12)"),
        ('{"text": ' + "[" * 3000 + "]" * 3000 + "}", "it is nested too deeply"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_the_rest_comes_in(line, reason):
    found = list(
        AnnotatorJsonLinesImporter().read(source(f'{{"text": "One."}}\n\n{line}\n{{"text": "Two."}}', "a.jsonl"))
    )
    if reason:
        assert failures(found) == [f"Line 3 was left out: {reason}."]
    assert [document.text for document in documents(found)] == ["One.", *([] if reason else ["a"]), "Two."]


def test_a_line_that_is_too_long_is_left_out(monkeypatch):
    monkeypatch.setattr("annotator.importers.annotator_jsonl.LIMIT", 1_000_000)
    data = '{"text": "One."}\n{"text": "' + "x" * 1_500_000 + '"}\n{"text": "Two."}\n'
    found = list(AnnotatorJsonLinesImporter().read(source(data, "a.jsonl")))
    assert failures(found) == ["Line 2 was left out: it is longer than 1 MB."]
    assert [document.text for document in documents(found)] == ["One.", "Two."]


def test_a_text_that_is_not_the_one_that_was_hashed_is_told():
    found = lines(record(sha256="0" * 64))
    assert notices(found) == [
        "The text of line 1 of a.jsonl is not the one that its sha256 was made of; it was taken as it stands."
    ]
    assert documents(found)[0].sha256 == text_hash(TEXT)


def test_zones_labels_and_statuses_that_cannot_be_are_left_out_and_told():
    found = lines(
        record(
            zones=[
                {"label": "BODY", "start": 0, "end": 500},
                {"start": 0, "end": 5},
                {"label": "BODY", "start": 0, "end": 5},
            ],
            labels=[{"name": "genre"}, {"name": "genre", "value": "wire"}, 5],
            status={ID: "half done", OTHER: "finished"},
        )
    )
    (document,) = documents(found)
    assert len(document.zones) == 1 and len(document.labels) == 1 and document.statuses == {OTHER: "finished"}
    assert len(notices(found)) == 5


# The file around them


def project(**more):
    base = {"format": "annotator", "version": 1, "project": {"id": ID, "name": "Gulf", "exported": ""}}
    scheme = {
        "name": "own",
        "layers": [{"name": "entities", "labels": [{"id": OTHER, "name": "PERSON", "color": "#123456"}]}],
    }
    return base | {"scheme": scheme, "annotators": [{"id": ID, "name": "Ann"}], "registry": []} | more


def read_json(data):
    return list(AnnotatorJsonImporter().read(source(data if isinstance(data, bytes) else json.dumps(data), "p.json")))


def test_the_header_comes_first_and_its_labels_are_used():
    header, document = read_json(project(documents=[record(annotations=[mark("Haddad")])]))
    assert isinstance(header, Header) and header.project_id == ID and header.project_name == "Gulf"
    assert document.annotations[0].label is header.scheme.labels[0]


def test_a_scheme_that_stands_after_the_documents_is_found_first():
    data = project(documents=[record(annotations=[mark("Haddad")])])
    header, document = read_json(json.dumps(data, sort_keys=True).encode())
    assert header.annotators[0].name == "Ann" and document.annotations[0].label is header.scheme.labels[0]


def test_a_broken_scheme_is_told_and_labels_come_in_by_name():
    found = read_json(project(scheme={"layers": [{"labels": []}]}, documents=[record(annotations=[mark("Haddad")])]))
    assert notices(found) == ["In p.json, its scheme cannot be read: labels were taken in by their names alone."]
    assert documents(found)[0].annotations[0].label.name == "PERSON"


def test_a_newer_version_is_told():
    assert notices(read_json(project(version=2, documents=[record()]))) == [
        "In p.json, it was written by another version of the program: what this one does not know was left out."
    ]


def test_a_file_that_was_cut_gives_what_is_whole():
    data = json.dumps(project(documents=[record(), record(text="Two.")])).encode()
    reading = AnnotatorJsonImporter().read(source(data[:-20], "p.json"))
    assert isinstance(next(reading), Header) and next(reading).text == TEXT
    with pytest.raises(KnownError, match="It is no whole JSON: the file ends within a value"):
        next(reading)


def test_what_follows_the_end_is_told():
    assert failures(read_json(json.dumps(project(documents=[record()])).encode() + b"{}")) == [
        "What follows the end of its JSON was left out."
    ]


def test_a_single_record_is_a_document():
    (document,) = documents(read_json({"title": "One", "text": TEXT}))
    assert document.title == "One"


def test_recognition_of_json_and_json_lines():
    one, many = AnnotatorJsonImporter(), AnnotatorJsonLinesImporter()
    long = b'{"id": "x", "text": "' + b"x" * 70_000
    for data, best in [
        (b'{"text": "a"}\n{"text": "b"}\n', many),
        (b'{\n "format": "annotator",\n "documents": [', one),
        (b'{"format":"annotator","documents":[]}', one),
        (b'[{"text": "a"}]', one),
        (b'\xef\xbb\xbf{"text": "a"}', many),
        (long, many),
    ]:
        other = one if best is many else many
        assert best.recognises(data[:65536], "a") > other.recognises(data[:65536], "a")
    assert one.recognises(b"{wing brackets} in a text", "a") == many.recognises(b"{wing brackets} in a text", "a") == 0
    assert one.recognises(b"[1] A footnote", "a") == 0
