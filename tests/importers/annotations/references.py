"""Reference files of annotations: a file of each tool, with an invented text, and what is made of it.

`python -m tests.importers.annotations.references` writes what the program makes of each now; look at the difference
before you keep it.
"""

import json
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Header, Notice
from annotator.importers.walking import items

FOLDER = Path(__file__).parents[2] / "data" / "annotations"
EXPECTED = FOLDER / "expected"


def paths():
    """Each file, and the folders that are read as a whole."""
    return sorted(path for path in FOLDER.iterdir() if path != EXPECTED)


def expected_file(path):
    return EXPECTED / f"{path.name}.json"


def made_of(path):
    """What becomes of a source, as a reference file holds it."""
    found = list(items([path]))
    return {
        "documents": [_document(item) for item in found if isinstance(item, AnnotatedDocument)],
        "schemes": [_scheme(item.scheme) for item in found if isinstance(item, Header)],
        "annotators": [[each.id, each.name] for item in found if isinstance(item, Header) for each in item.annotators],
        "notices": [_short(item.text) for item in found if isinstance(item, Notice)],
        "failures": [_short(f"{item.path}: {item.reason}") for item in found if isinstance(item, Failure)],
    }


def mark_of(document, annotation):
    """A mark in one line: its label, words and all that is said of it."""
    who = f" by {annotation.annotator}" if annotation.annotator else ""
    said = "".join(f" {name}={value!r}" for name, value in annotation.attributes.items())
    note = f" # {annotation.note}" if annotation.note else ""
    return f"{annotation.label.layer}/{annotation.label.name} “{annotation.covered(document.text)}”{said}{who}{note}"


def _document(document):
    marks = {annotation.id: annotation for annotation in document.annotations}
    return {
        "title": document.title,
        "characters": len(document.text),
        "language": document.language,
        "metadata": dict(sorted(document.metadata.items())),
        "marks": [mark_of(document, annotation) for annotation in document.annotations],
        "links": [_link(document, marks, relation) for relation in document.relations],
        "answers": [[answer.name, answer.value, answer.annotator] for answer in document.labels],
    }


def _link(document, marks, relation):
    ends = [marks[key].covered(document.text) for key in (relation.source, relation.target)]
    said = "".join(f" {name}={value!r}" for name, value in relation.attributes.items())
    return f"{relation.type.name}: “{ends[0]}” → “{ends[1]}”{said}"


def _scheme(scheme):
    return {
        "labels": [f"{label.layer}/{label.name} {label.color} {label.title}".rstrip() for label in scheme.labels],
        "links": [relation.name for relation in scheme.relations],
        "attributes": [f"{attribute.name}: {attribute.kind}" for attribute in scheme.attributes()],
    }


def _short(text):
    return text.replace(f"{FOLDER}/", "")


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for each in paths():
        data = json.dumps(made_of(each), ensure_ascii=False, indent=1)
        expected_file(each).write_text(data + "\n", encoding="utf-8")
