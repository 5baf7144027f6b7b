from annotator.core.annotation import AnnotatedDocument
from annotator.core.edits import Edits
from annotator.core.problems import apply_fix
from annotator.core.span import Span
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
        ((number, key, title, problem),) = corpus_problems(project, progress=read.append)
        assert (number, key, title, problem.rule, read) == (2, keys[1], "1", "two_labels", [1, 2, 3])
        assert list(corpus_problems(project, off=["two_labels"])) == []
        assert list(corpus_problems(project, stop=lambda: True)) == []
        edits = Edits(key, project.scheme, project.annotator)
        project.apply(apply_fix(edits, project.annotated(key), project.scheme, problem.fixes[0]))
        assert list(corpus_problems(project)) == []
