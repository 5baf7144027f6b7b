from collections import Counter
from io import BytesIO

import pytest

from annotator.core.imports import Header
from annotator.importers.annotations.brat import BratImporter
from annotator.importers.base import Source
from annotator.importers.walking import items
from annotator.store.project import Project
from annotator.templates import template
from tests.importers.annotations.corpora import FACTS, documents, failures, here, labels, links, notices, read


def folder(tmp_path, text, ann, **others):
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "one.txt").write_bytes(data)
    (tmp_path / "one.ann").write_text(ann, encoding="utf-8")
    for name, held in others.items():
        (tmp_path / f"{name}.conf").write_text(held, encoding="utf-8")
    return list(items([tmp_path]))


def only(found):
    (document,) = documents(found)
    return document


@here
@pytest.mark.parametrize("name", ["brat/brat-tutorials/news", "brat/brat-tutorials/bio", "brat/litbank-coref"])
def test_every_line_that_was_counted_comes_in(name):
    facts, found = FACTS[name]["totals"], read(name)
    came = [document for document in documents(found) if not document.metadata["path"].endswith(".md")]
    assert len(came) == facts["docs"] and not failures(found)
    assert sum(len(document.text) for document in came) == facts["chars"]
    assert labels(found) == FACTS[name]["labels"]
    chained = facts.get("equiv_members", 0) - facts.get("equiv", 0)
    hanging = [text for text in notices(found) if "a mark at its end is not there" in text]
    arguments = sum(FACTS[name].get("event_args", {}).values())
    assert links(found).total() == facts["R"] + chained + arguments - len(hanging)
    counted = Counter()
    for role, count in FACTS[name].get("event_args", {}).items():
        counted[role.rstrip("0123456789")] += count  # Org-Arg2 is the second Org-Arg of an event
    assert links(found) >= counted
    said = [mark for document in came for mark in (*document.annotations, *document.relations)]
    coded = Counter(
        (key if value is True else f"{key}={value}")
        for mark in said
        for key, value in mark.attributes.items()
        if key not in ("Reference", "Reference_name", "note")
    )
    assert coded == FACTS[name].get("attributes", {})
    assert sum("note" in each.attributes or bool(getattr(each, "note", "")) for each in said) == facts.get("notes", 0)


def test_a_mark_in_pieces_keeps_them(tmp_path):
    document = only(folder(tmp_path, "I stay, she said, for good.", "T1\tQuote 0 7;18 27\tI stay, for good.\n"))
    (mark,) = document.annotations
    assert [(span.start, span.end) for span in mark.fragments] == [(0, 7), (18, 27)]


def test_windows_line_ends_are_counted_as_the_file_has_them(tmp_path):
    found = folder(tmp_path, b"one\r\ntwo\r\nthree", "T1\tX 10 15\tthree\n")
    assert only(found).annotations[0].covered(only(found).text) == "three" and not notices(found)


def test_windows_line_ends_counted_as_one_are_found_out(tmp_path):
    found = folder(tmp_path, b"one\r\ntwo\r\nthree", "T1\tX 8 13\tthree\nT2\tX 4 7\ttwo\n")
    assert [mark.covered(only(found).text) for mark in only(found).annotations] == ["three", "two"]
    assert "line ends" in notices(found)[0]


def test_utf16_positions_are_told_and_mended(tmp_path):
    found = folder(tmp_path, "🚢🚢 Mira", "T1\tX 5 9\tMira\n")
    assert only(found).annotations[0].covered(only(found).text) == "Mira"
    assert "UTF-16" in notices(found)[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("T1\tX 0 99\tnowhere", "past the text"),
        ("T1\tX 2 2\t", "empty"),
        ("T1\tX 5 2\tnowhere", "backwards"),
        ("T1\tX -3 2\tnowhere", "below zero"),
        ("T1\tX one two\tabc", "cannot be read"),
        ("T1\tX 0 3\tnowhere", "do not stand at its place"),
        ("R1\tR Arg1:T8 Arg2:T9", "not there"),
        ("E1\tSay:T9", "its trigger T9 is not there"),
        ("A1\tSure T9", "T9, of which it speaks, is not there"),
        ("hello", "none of brat’s lines"),
        ("*\tSame T1", "two marks or more"),
    ],
)
def test_what_cannot_come_in_is_told_with_its_line_and_the_rest_goes_on(tmp_path, line, why):
    found = folder(tmp_path, "abc def ghi", f"T5\tX 4 7\tdef\n{line}\n")
    assert len(only(found).annotations) == 1 and not failures(found)
    (notice,) = notices(found)
    assert why in notice and "line 2" in notice and "one.ann" in notice


def test_without_its_text_a_file_fails(tmp_path):
    (tmp_path / "one.ann").write_text("T1\tX 0 3\tabc\n")
    assert "one.txt is missing" in failures(list(items([tmp_path])))[0].reason


def test_the_text_is_read_once_and_a_broken_scheme_is_told(tmp_path):
    found = folder(tmp_path, "abc", "T1\tX 0 3\tabc\n", annotation="[relations]\nWrong Arg1:Nobody\n")
    assert len(documents(found)) == 1 and not [item for item in found if isinstance(item, Header)]
    assert len(failures(found)) == 1 and "by their names alone" in notices(found)[0]


def test_taken_in_twice_it_adds_nothing(tmp_path):
    folder(tmp_path, "Ann met Bo.", "T1\tP 0 3\tAnn\nT2\tP 8 10\tBo\nR1\tmet Arg1:T1 Arg2:T2\nT3\tP 0 3\tAnn\n")
    with Project(None) as project:
        first = project.import_documents(items([tmp_path]))
        again = project.import_documents(items([tmp_path]))
    assert (first.annotations, first.relations) == (3, 1)
    assert (again.annotations, again.relations, again.duplicates) == (0, 0, 1)


def test_bionlp_pairs_are_one_document(tmp_path):
    (tmp_path / "one.txt").write_text("Ann met Bo.")
    (tmp_path / "one.a1").write_text("T1\tP 0 3\tAnn\nT2\tP 8 10\tBo\n")
    (tmp_path / "one.a2").write_text("T3\tMeet 4 7\tmet\nE1\tMeet:T3 Who:T1 Whom:T2\n")
    found = list(items([tmp_path]))
    assert labels(found) == {"P": 2, "Meet": 1} and links(found) == {"Who": 1, "Whom": 1}


def test_recognised_by_its_lines_not_by_its_name_alone():
    rows = b"QUOTE\tQ1\t2\t0\t2\t6\twords\n"
    assert BratImporter().recognises(rows, "x.ann") < BratImporter().recognises(b"T1\tX 0 3\tabc", "x.ann")
    alone = Source("x.ann", "x.ann", 0, lambda: BytesIO(b"T1\tX 0 3\tabc"))
    with pytest.raises(Exception, match="missing"):
        list(BratImporter().read(alone))


def test_roles_that_brat_numbers_are_one_link_where_the_configuration_knows_it(tmp_path):
    conf = "[entities]\nP\n[relations]\n[events]\nMeet\tWho*:P, Part2-*:P\n[attributes]\n"
    ann = "T1\tP 0 3\tAnn\nT2\tP 8 10\tBo\nT3\tMeet 4 7\tmet\nE1\tMeet:T3 Who:T1 Who2:T2 Part2-:T1 Else2:T2\n"
    found = folder(tmp_path, "Ann met Bo.", ann, annotation=conf)
    assert links(found) == {"Who": 2, "Part2": 1, "Else2": 1}


def test_answers_that_brat_has_no_attribute_for_come_back_from_notes(tmp_path):
    document = only(folder(tmp_path, "abc", "T1\tX 0 3\tabc\n#1\tAttribute T1\tage=3\n#2\tAttribute T1\tno answer\n"))
    assert document.annotations[0].attributes == {"age": "3"}
    assert document.annotations[0].note == "Attribute: no answer"


def test_own_files_make_no_twins_of_labels_in_other_layers(tmp_path):
    scheme = template("news")
    with Project(scheme) as project:
        project.import_documents(folder(tmp_path, "He said", "T1\tCUE 3 7\tsaid\nT2\tNew 0 2\tHe\n"))
        (document,) = project.annotated_documents()
        added = [label for label in project.scheme.labels if label.name in ("CUE", "New")]
    assert {mark.label.name: mark.label.layer for mark in document.annotations} == {"CUE": "quotes", "New": "entities"}
    assert len(added) == 2
