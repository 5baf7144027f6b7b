"""Kept pages read again: marks go over to the new text, what cannot stays where it was, and undo takes all back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, DocumentLabel, Zone
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.ids import document_id, text_hash
from annotator.core.raw_page import RawPage
from annotator.core.span import Span
from annotator.core.zones import with_zone
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.rereading import apply_rereading, documents_with_pages, plan_rereading
from annotator.store.search import search
from annotator.store.writing import StaleChangeError
from annotator.templates import template
from tests.store.examples import is_true, label, link, mark, relation_type, state

OLD = "Share this\nThe envoy of Marsa spoke on Tuesday.\n“We will go,” he said to everybody.\nThe ferry stays in port."
NEW = "The envoy of Marsa spoke on Tuesday.\n\n“We will go,” he said to everybody.\n\nMore: a ship"


def span(text, words):
    return Span(text.index(words), text.index(words) + len(words))


def marked(scheme, words, name="PERSON", key="", text=OLD, **rest):
    place = span(text, words)
    return mark(label(scheme, name), place.start, place.end, key, **rest)


def page_of(text):
    return RawPage.of(f"<p>{text}</p>".encode())


def article(text=OLD, *annotations, **rest):
    zones = (Zone("", "BODY", Span(0, 8)),)
    return AnnotatedDocument(
        text, "Ferry", annotations=annotations, **{"zones": zones, "raw": page_of(text), "metadata": META, **rest}
    )


META = {"uri": "http://archive.example/1", "publication": "The Marsa Times", "author": "Nobody"}


def reading(found, **rest):
    """What a page reads as now: the texts in `found`, by the old one."""

    def read(page, document):
        text = found.get(document.text, document.text)
        if isinstance(text, Exception):
            raise text
        known = {"zones": (Zone("", "BODY", Span(0, 8)),), "metadata": META, "title": "Ferry"}
        return AnnotatedDocument(text, **{**known, **rest})

    return read


@pytest.fixture
def project(path, news):
    with Project.create(path, news) as made:
        made.work_as("ana")
        yield made


def read_again(project, read=None, key=""):
    plan = plan_rereading(project, read or reading({OLD: NEW}), key)
    if not plan.changes_nothing:
        apply_rereading(project, plan)
        project.index_documents()
    assert is_true(project) and check(project) == []
    return plan


def back_and_forth(project, before):
    """Undo brings `before` back, and redo what is now; both true to the history."""
    after = state(project)
    assert project.undo() is not None
    assert state(project) == before and is_true(project) and check(project) == []
    assert project.redo() is not None
    assert state(project) == after and is_true(project) and check(project) == []


def test_everything_goes_over_to_the_new_text(project, news):
    quote = marked(news, "We will go", "QUOTE", "q")
    source = marked(news, "everybody", "SOURCE", "s", note="the envoy")
    links = (link(relation_type(news, "source"), "q", "s", "l"),)
    answers = (DocumentLabel("a", "salience", 3, ""),)
    project.import_documents(
        [article(OLD, quote, source, relations=links, labels=answers, statuses={"": "finished"}, note="Look again.")]
    )
    project.index_documents()
    (old,) = project.document_ids()
    before, page = state(project), project.page(old)
    plan = read_again(project)
    (new,) = project.document_ids()
    assert new == document_id(text_hash(NEW)) != old and plan.replaced == {old: new}
    assert (plan.renewed, plan.kept, plan.place, plan.left, plan.changed) == (1, 0, 2, [], [])
    found = project.annotated(new)
    assert {each.id: each.covered(NEW) for each in found.annotations} == {"q": "We will go", "s": "everybody"}
    assert [(each.id, each.source, each.target) for each in found.relations] == [("l", "q", "s")]
    assert [each.note for each in found.annotations] == ["", "the envoy"] and found.note == "Look again."
    assert len(found.labels) == 1 and found.statuses == {project.annotator: "finished"}
    assert [each.uri for each in found.occurrences] == [META["uri"]] and project.page(new) == page
    assert found.metadata == META and [zone.label for zone in found.zones] == ["BODY"]
    assert search(project, "everybody")[0] == 1 and search(project, "stays")[0] == 0
    assert project.undo_name == "Read kept pages again"
    back_and_forth(project, before)
    assert read_again(project, reading({})).changes_nothing


def test_what_cannot_be_moved_stays_with_the_old_article_which_stays(project, news):
    ferry, envoy = marked(news, "ferry", "PERSON", "f"), marked(news, "envoy", "PERSON", "e")
    project.import_documents([article(OLD, ferry, envoy, statuses={"": "finished"})])
    (old,) = project.document_ids()
    before = state(project)
    plan = read_again(project)
    new = plan.replaced[old]
    assert project.document_ids() == [old, new] and plan.kept == 1
    (left,) = plan.left
    assert (left.document, left.annotation, left.words, left.why) == (old, "f", "ferry", "gone")
    assert left.label == "PERSON" and left.span.covered(OLD) == "ferry"
    assert [each.id for each in project.annotations(old)] == ["f"]
    assert [each.id for each in project.annotations(new)] == ["e"]
    assert project.document(old).metadata["superseded_by"] == new
    assert project.document(new).metadata["supersedes"] == old
    assert project.status(old, project.annotator) == "finished"
    assert project.status(new, project.annotator) == "in_progress", "a mark is missing: it is not finished"
    assert project.page(old) is None and project.page(new) is not None
    back_and_forth(project, before)
    assert documents_with_pages(project) == [new]


def test_a_later_reading_tells_the_article_that_was_left_behind(project, news):
    project.import_documents([article(OLD, marked(news, "ferry", "PERSON", "f"), marked(news, "envoy", key="e"))])
    (old,) = project.document_ids()
    second = read_again(project).replaced[old]
    before = state(project)
    plan = read_again(project, reading({NEW: NEW.replace("More", "Also")}))
    third = plan.replaced[second]
    assert project.document_ids() == [old, third]
    assert project.document(old).metadata["superseded_by"] == third
    back_and_forth(project, before)


def test_a_page_that_reads_as_it_first_did_brings_all_together_again(project, news):
    project.import_documents([article(OLD, marked(news, "ferry", "PERSON", "f"), marked(news, "envoy", key="e"))])
    (old,) = project.document_ids()
    read_again(project)
    before = state(project)
    read_again(project, reading({NEW: OLD}))
    assert project.document_ids() == [old] and "superseded_by" not in project.document(old).metadata
    assert {each.id for each in project.annotations(old)} == {"e", "f"}
    back_and_forth(project, before)


def test_marks_that_are_linked_stay_together(project, news):
    quote, source = marked(news, "ferry stays", "QUOTE", "q"), marked(news, "envoy", "SOURCE", "s")
    alone = marked(news, "Marsa", "PERSON", "p")
    links = (link(relation_type(news, "source"), "q", "s", "l"),)
    project.import_documents([article(OLD, quote, source, alone, relations=links)])
    (old,) = project.document_ids()
    before = state(project)
    plan = read_again(project)
    assert {(each.annotation, each.why) for each in plan.left} == {("q", "gone"), ("s", "linked")}
    assert [each.id for each in project.relations(old)] == ["l"]
    assert [each.id for each in project.annotations(plan.replaced[old])] == ["p"]
    back_and_forth(project, before)


def test_a_mark_on_words_that_changed_a_little_moves_and_is_listed(project, news):
    project.import_documents([article(OLD, marked(news, "he said to everybody", "QUOTE", "q"))])
    (old,) = project.document_ids()
    new = OLD.replace("everybody", "everyone")
    plan = read_again(project, reading({OLD: new}))
    (changed,) = plan.changed
    assert (changed.before, changed.after) == ("he said to everybody", "he said to everyone")
    assert changed.moved.covered(new) == changed.after and changed.target == plan.replaced[old]
    assert changed.span.covered(OLD) == changed.before and changed.document == old


def test_two_pages_that_read_the_same_now_become_one_article(project, news):
    other = OLD.replace("Share this", "Print this")
    project.import_documents(
        [
            article(OLD, marked(news, "envoy", key="e"), note="One.", labels=(DocumentLabel("a", "salience", 3, ""),)),
            article(other, marked(news, "Marsa", key="m", text=other), note="Two.",
                    labels=(DocumentLabel("b", "salience", 1, ""),), metadata={**META, "uri": "http://b.example"}),
        ]
    )  # fmt: skip
    one, two = project.document_ids()
    before = state(project)
    plan = read_again(project, reading({OLD: NEW, other: NEW}))
    new = plan.replaced[one]
    assert plan.replaced == {one: new, two: new}
    found = project.annotated(new)
    assert [each.id for each in found.annotations] == ["e", "m"] and found.note == "One.\n\nTwo."
    assert [each.uri for each in found.occurrences] == [META["uri"], "http://b.example"]
    assert [(each.document, each.why, each.words) for each in plan.left] == [(two, "answered", "1")]
    assert project.document_ids() == [two, new], "the form of the second says otherwise: it is kept"
    back_and_forth(project, before)


def test_a_page_that_reads_as_another_article_gives_its_marks_to_that(project, news):
    project.import_documents([article(OLD, marked(news, "envoy", key="e")), article(NEW, raw=None, note="There.")])
    _, there = project.document_ids()
    before = state(project)
    read_again(project)
    assert project.document_ids() == [there]
    assert [each.covered(NEW) for each in project.annotations(there)] == ["envoy"]
    assert project.page(there) is not None and project.document(there).note == "There."
    back_and_forth(project, before)


def test_an_article_that_becomes_one_that_changes_as_well_waits(project, news):
    third = NEW + " and a harbour"
    project.import_documents([article(OLD, marked(news, "envoy", key="e")), article(NEW)])
    read = reading({OLD: NEW, NEW: third})
    plan = read_again(project, read)
    assert len(plan.failed) == 1 and "once more" in plan.failed[0].reason
    assert {document.text for document in project.annotated_documents()} == {OLD, third}
    assert read_again(project, reading({OLD: third})).failed == []
    assert [document.text for document in project.annotated_documents()] == [third]


def test_the_same_text_with_other_zones_and_data_stays_the_same_article(project, news):
    project.import_documents([article(OLD, marked(news, "envoy", key="e"))])
    (old,) = project.document_ids()
    before = state(project)
    better = {"zones": (Zone("", "HEADLINE", Span(0, 10)),), "metadata": {**META, "author": "Ana"}, "title": "Talks"}
    plan = read_again(project, reading({}, **better))
    assert (plan.described, plan.renewed) == (1, 0) and project.document_ids() == [old]
    found = project.document(old)
    assert found.title == "Talks" and found.metadata["author"] == "Ana"
    assert [(zone.label, zone.span) for zone in found.zones] == [("HEADLINE", Span(0, 10))]
    back_and_forth(project, before)
    assert read_again(project, reading({}, **better)).same == 1


@pytest.mark.parametrize("new", [OLD, NEW])
def test_a_zone_that_was_set_by_hand_stays(project, new):
    project.import_documents([article()])
    (old,) = project.document_ids()
    zones = project.document(old).zones
    step = Edits(old, project.scheme, project.annotator)
    project.apply(step.set_zones(zones, with_zone(zones, "CAPTION", span(OLD, "spoke on Tuesday"))))
    plan = read_again(project, reading({OLD: new}, zones=(Zone("", "HEADLINE", Span(0, 4)),)))
    found = project.document(plan.replaced.get(old, old))
    assert [(zone.label, zone.span.covered(new)) for zone in found.zones] == [
        ("HEADLINE", new[:4]),
        ("CAPTION", "spoke on Tuesday"),
    ]


def test_a_zone_set_by_hand_that_is_gone_is_told(project):
    project.import_documents([article()])
    (old,) = project.document_ids()
    zones = project.document(old).zones
    step = Edits(old, project.scheme, project.annotator)
    project.apply(step.set_zones(zones, with_zone(zones, "CAPTION", span(OLD, "ferry stays"))))
    plan = read_again(project)
    assert [(each.label, each.words, each.why) for each in plan.left] == [("CAPTION", "ferry stays", "zone")]
    assert plan.kept == 0 and len(project.document_ids()) == 1


def test_pages_that_cannot_be_read_are_told_and_the_others_are(project, news):
    broken, lost, refused = (f"{name}\n{OLD}" for name in ("broken", "lost", "refused"))
    project.import_documents([article(broken), article(lost), article(refused), article(OLD)])
    connection = project._writer
    connection.execute("UPDATE page_bytes SET packed = ? WHERE sha256 = ?", (b"x", page_of(broken).sha256))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM page_bytes WHERE sha256 = ?", (page_of(lost).sha256,))

    def read(page, document):
        try:
            assert page.data
        except ValueError:
            raise KnownError("The bytes are damaged.") from None
        return reading({OLD: NEW, refused: KnownError("No text.")})(page, document)

    plan = plan_rereading(project, read)
    assert plan.pages == 4 and plan.renewed == 1
    assert [failure.reason for failure in plan.failed] == [
        "The bytes are damaged. The article stays as it is.",
        "The page that it was found in is not kept, or its bytes are missing. The article stays as it is.",
        "No text. The article stays as it is.",
    ]


def test_one_article_alone(project):
    other = f"{OLD}\nAnd more."
    project.import_documents([article(OLD), article(other), article("No page.", raw=None)])
    one, _, none = project.document_ids()
    assert set(read_again(project, reading({OLD: NEW, other: f"{NEW}!"}), one).replaced) == {one}
    assert len(plan_rereading(project, reading({}), none).failed) == 1
    with pytest.raises(KnownError):
        plan_rereading(project, reading({}), "nobody")


def test_a_mark_made_in_the_meantime_is_not_lost(project, news):
    project.import_documents([article()])
    (old,) = project.document_ids()
    plan = plan_rereading(project, reading({OLD: NEW}))
    edits = Edits(old, project.scheme, project.annotator)
    project.apply(edits.add(edits.new_annotation(label(project.scheme, "PERSON"), [Span(0, 5)])))
    before = state(project)
    with pytest.raises(StaleChangeError):
        apply_rereading(project, plan)
    assert state(project) == before and is_true(project)


def test_it_can_be_stopped_and_says_how_far_it_is(project):
    project.import_documents([article(), article(f"{OLD} More.")])
    told = []
    assert plan_rereading(project, reading({OLD: NEW}), progress=told.append).renewed == 1 and told == [1, 2]
    plan = plan_rereading(project, reading({OLD: NEW}), stop=lambda: True)
    assert plan.cancelled and plan.changes_nothing and plan.to_json()["cancelled"]


def test_marks_of_several_people_move_alike(project, news):
    project.import_documents([article(OLD, marked(news, "envoy", key="e"))])
    (old,) = project.document_ids()
    ana = project.annotator
    project.work_as("ben")
    edits = Edits(old, project.scheme, project.annotator)
    project.apply(edits.add(edits.new_annotation(label(project.scheme, "PERSON"), [span(OLD, "Marsa")])))
    before = project.annotations(old)
    plan = read_again(project)
    after = project.annotations(plan.replaced[old])
    assert [each.annotator for each in after] == [ana, project.annotator]
    assert [each._replace(fragments=()) for each in after] == [each._replace(fragments=()) for each in before]


def test_an_article_with_thousands_of_marks(project, news):
    person = label(news, "PERSON")
    text = " ".join(f"word{number}" for number in range(5000))
    marks = [mark(person, at, at + 4) for at in range(0, len(text) - 10, 9)]
    project.import_documents([article(text, *marks)])
    before = state(project)
    plan = read_again(project, reading({text: f"First this.\n\n{text}"}))
    assert plan.place == len(marks) and plan.left == []
    back_and_forth(project, before)


LINES = (
    "The envoy spoke.",
    "“We will go,” he said.",
    "Share this",
    "The ferry stays in port.",
    "More: a ship",
    "The ferry",
)
pages = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=6), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(pages, st.data())
def test_no_mark_and_no_link_is_ever_lost(held, data):
    texts = list(dict.fromkeys("\n".join(lines) for lines in held))
    news = template("news")
    documents = []
    for number, text in enumerate(texts):
        marks = []
        for count in range(data.draw(st.integers(0, 6))):
            start = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(start + 1, len(text)))
            marks.append(mark(label(news, "QUOTE" if count % 2 == 0 else "SOURCE"), start, end, f"{number}.{count}"))
        pairs = list(zip(marks[::2], marks[1::2], strict=False))[: data.draw(st.integers(0, 3))]
        links = tuple(link(relation_type(news, "source"), one.id, two.id, f"l{one.id}") for one, two in pairs)
        documents.append(article(text, *marks, relations=links))
    found = {text: "\n".join(data.draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=6))) for text in texts}
    with Project(news) as project:
        project.work_as("ana")
        project.import_documents(documents)
        before, words = state(project), words_of(project)
        links = {each.id for document in project.annotated_documents() for each in document.relations}
        plan = read_again(project, reading(found, zones=()))
        after = words_of(project)
        assert after.keys() == words.keys() and len(plan.failed) + plan.same + plan.described + plan.renewed == len(
            texts
        )
        changed = {each.annotation for each in plan.changed}
        assert all("".join(after[key].split()) == "".join(words[key].split()) for key in words.keys() - changed)
        assert {each.id for document in project.annotated_documents() for each in document.relations} == links
        if not plan.changes_nothing:
            back_and_forth(project, before)


def words_of(project):
    """What every mark covers, by its id."""
    return {
        each.id: each.covered(document.text)
        for document in project.annotated_documents()
        for each in document.annotations
    }
