import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.errors import KnownError
from annotator.core.problems import apply_fix
from annotator.core.registry import added, new_entry
from annotator.core.span import Span
from annotator.store import project as project_module
from annotator.store.problem_fixes import fixes_of, rules_off, switch_rules_off
from annotator.store.problems import corpus_problems
from annotator.store.project import Project
from annotator.templates import template


def test_a_name_with_two_labels_is_found_through_all_documents_and_relabelled():
    with Project(template("news")) as project:
        project.import_documents([AnnotatedDocument(text=f"Beirut {n}", title=str(n)) for n in range(3)])
        keys = project.document_ids()
        labels = {label.name: label for label in project.scheme.labels}
        for key, name in zip(keys, ("GPE", "PERSON", "GPE"), strict=True):
            edits = Edits(key, project.scheme, project.annotator)
            project.apply(edits.add(edits.new_annotation(labels[name], [Span(0, 6)])))
        read = []
        ((number, key, title, problem, words),) = corpus_problems(project, progress=read.append)
        assert (number, key, title, problem.rule, words, read) == (2, keys[1], "1", "two_labels", "Beirut", [1, 2, 3])
        assert list(corpus_problems(project, off=["two_labels"])) == []
        assert list(corpus_problems(project, stop=lambda: True)) == []
        edits = Edits(key, project.scheme, project.annotator)
        project.apply(apply_fix(edits, project.annotated(key), project.scheme, problem.fixes[0]))
        assert list(corpus_problems(project)) == []


def news():
    return Project(template("news"))


def marked(project, key, label, start, end, **attributes):
    labels = {label.name: label for label in project.scheme.labels}
    edits = Edits(key, project.scheme, project.annotator)
    made = edits.new_annotation(labels[label], [Span(start, end)], attributes)
    project.apply(edits.add(made))
    return made


def words(project, key):
    document = project.annotated(key)
    return [(mark.label.name, mark.covered(document.text)) for mark in document.annotations]


def test_chosen_problems_of_many_documents_are_fixed_in_one_step():
    with news() as project:
        project.import_documents([AnnotatedDocument(text=f"In Beirut, again {n}", title=str(n)) for n in range(3)])
        keys = project.document_ids()
        for key, label in zip(keys, ("GPE", "GPE", "PERSON"), strict=True):
            marked(project, key, label, 3, 10)
        marked(project, keys[0], "QUOTE", 3, 10, quote="direct")
        before = [words(project, key) for key in keys]
        rows = [row for row in corpus_problems(project) if row[3].rule != "missing_part"]
        assert sorted(row[3].rule for row in rows) == ["edge"] * 4 + ["not_quoted", "two_labels"]
        fixes = fixes_of(project, project.annotator, rows)
        assert (len(fixes.parts), fixes.problems, fixes.stale) == (3, 6, 0)
        project.apply_all(fixes.name, fixes.parts)
        assert {name for key in keys for name in words(project, key)} == {("GPE", "Beirut"), ("QUOTE", "Beirut")}
        assert {row[3].rule for row in corpus_problems(project)} == {"missing_part"}
        assert fixes_of(project, project.annotator, rows) == ((), 0, 6)  # what was done is stale, and not done again
        project.undo()
        assert [words(project, key) for key in keys] == before


def test_what_has_changed_since_is_left_alone():
    with news() as project:
        project.import_documents([AnnotatedDocument(text="In Beirut, again")])
        (key,) = project.document_ids()
        mark = marked(project, key, "GPE", 3, 10)
        (row,) = corpus_problems(project)
        edits = Edits(key, project.scheme, project.annotator)
        project.apply(edits.set_fragments(mark, [Span(11, 16)]))
        assert fixes_of(project, project.annotator, [row]) == ((), 0, 1)
        project.undo()
        assert fixes_of(project, project.annotator, [row]).problems == 1
        assert fixes_of(project, project.annotator, [row], stop=lambda: True).problems == 0
        project.undo()
        gone = row._replace(document="no such document")
        assert fixes_of(project, project.annotator, [row, gone]).stale == 2


def test_rules_are_switched_off_for_the_project(tmp_path, monkeypatch):
    path = tmp_path / "a.annotator"
    with Project.create(path, template("news")) as project:
        assert rules_off(project) == frozenset()
        switch_rules_off(project, ["edge", "mixed"])
    with Project.open(path) as project:
        assert rules_off(project) == {"edge", "mixed"}
        project.write_meta("rules_off", '["edge", "of another version"]')
        assert rules_off(project) == {"edge"}
        project.write_meta("rules_off", "{")
        assert rules_off(project) == frozenset()
    monkeypatch.setattr(project_module, "writable", lambda path: False)
    with Project.open(path) as project, pytest.raises(KnownError):
        switch_rules_off(project, [])


def test_registry_entries_that_look_alike_come_last():
    with news() as project:
        entries = [new_entry("Salim Haddad", "person"), new_entry("Haddad, Salim", "person"), new_entry("Valletta")]
        project.apply(added(*entries))
        (row,) = corpus_problems(project)
        assert {row.problem.annotation, row.problem.other} == {entry.id for entry in entries[:2]}
        assert (row.number, row.document, row.problem.rule) == (0, "", "look_alike")
        assert "Salim Haddad" in row.words and "Haddad, Salim" in row.words
        assert list(corpus_problems(project, off=["look_alike"])) == []
        assert fixes_of(project, project.annotator, [row]) == ((), 0, 0)
