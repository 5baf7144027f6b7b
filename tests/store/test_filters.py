import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.span import Span
from annotator.store.listing import DocumentFilter
from annotator.store.project import Project
from annotator.templates import template

DATES = ["2016-10-31", "2016-11", "2016", "31 October 2016", "", "2017-01-01T09:00:00Z"]


@pytest.fixture(scope="module")
def project():
    with Project(template("news")) as made:
        made.work_as("Amina")
        made.import_documents(
            AnnotatedDocument(
                text=f"Article {number} of Marsa.",
                metadata={"publication": ["Herald", "Daily", ""][number % 3], "published": DATES[number % len(DATES)]},
            )
            for number in range(24)
        )
        labels = {label.name: label for label in made.scheme.labels}
        for number, key in enumerate(made.document_ids()):
            made.work_as("Amina" if number % 2 else "Bassam")
            edits = Edits(key, made.scheme, made.annotator)
            if number % 4 == 0:
                made.apply(edits.add(edits.new_annotation(labels["GPE"], [Span(0, 7)])))
            if number % 5 == 0:
                made.apply(edits.add(edits.new_annotation(labels["ORG"], [Span(0, 7)])))
            if number % 6 == 0:
                made.apply(edits.set_status(None, "finished"))
        made.work_as("Amina")
        made.index_documents()
        yield made


def fits(document, wanted):
    published = document.metadata.get("published", "")
    dated = published[:4].isdigit()
    checks = [
        wanted.label in ("", "none") or any(mark.label.id == wanted.label for mark in document.annotations),
        wanted.label != "none" or not document.annotations,
        all(word in re.findall(r"\w+", document.text.lower()) for word in wanted.text.split()),
        not wanted.publication or document.metadata.get("publication") == wanted.publication,
        not wanted.marked_by or any(mark.annotator == wanted.marked_by for mark in document.annotations),
        not wanted.since or (dated and published >= wanted.since),
        not wanted.until or (dated and published[: len(wanted.until)] <= wanted.until),
    ]
    return all(checks)


@settings(max_examples=150)
@given(st.data())
def test_the_list_holds_what_fits_and_nothing_else(project, data):
    labels = ["", "none", *(label.id for label in project.scheme.labels if label.name in ("GPE", "ORG", "DATE"))]
    dates = st.sampled_from(["", "2016", "2016-10", "2016-10-31", "2016-11", "2017", "2018"])
    wanted = DocumentFilter(
        text=data.draw(st.sampled_from(["", "marsa", "article 7", "12", "absent", " "])),
        label=data.draw(st.sampled_from(labels)),
        publication=data.draw(st.sampled_from(["", "Herald", "Daily", "Nobody’s"])),
        marked_by=data.draw(st.sampled_from(["", *(person.id for person in project.annotators())])),
        since=data.draw(dates),
        until=data.draw(dates),
    )
    expected = [number for number, one in enumerate(project.annotated_documents(), 1) if fits(one, wanted)]
    assert project.document_numbers(wanted) == expected


def test_what_is_finished_and_where_articles_come_from_is_counted(project):
    finished = {person.name: project.finished_count(person.id) for person in project.annotators()}
    assert (finished["Amina"], finished["Bassam"]) == (0, 4)
    ids = {person.name: person.id for person in project.annotators()}
    assert project.finished_among([1, 2, 7, 8, 13], ids["Bassam"]) == {1, 7, 13}
    assert project.finished_among([1, 2, 7, 8, 13], ids["Amina"]) == frozenset()
    assert project.publications() == [("Daily", 8), ("Herald", 8)]
    assert (project.finished_count("nobody"), project.document_count()) == (0, 24)
