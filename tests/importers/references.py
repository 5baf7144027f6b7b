"""Reference files: what a source of each kind looks like, and what is made of it.

`python -m tests.importers.references` writes what the program makes of each now; look at the difference before you
keep it.
"""

import json
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Notice
from annotator.core.standing_off import StandOff
from annotator.importers.walking import items

SOURCES = Path(__file__).parents[1] / "data" / "sources"
EXPECTED = SOURCES / "expected"


def paths():
    """Each file, and the folders that are read as a whole."""
    return sorted(path for path in SOURCES.iterdir() if path != EXPECTED)


def made_of(path):
    """What becomes of a source, as a reference file holds it."""
    found = list(items([path]))
    names = (str(path), str(SOURCES))
    standing_off = [_standing_off(item) for item in found if isinstance(item, StandOff)]
    return ({"standing_off": standing_off} if standing_off else {}) | {
        "documents": [_document(item) for item in found if isinstance(item, AnnotatedDocument)],
        "notices": [_short(item.text, names) for item in found if isinstance(item, Notice)],
        "failures": [_short(f"{item.path}: {item.reason}", names) for item in found if isinstance(item, Failure)],
    }


def _standing_off(item):
    marks = item.about.annotations
    return {
        "text": item.about.text,
        "also": dict(item.also),
        "marks": [[mark.label.name, mark.start, mark.end, dict(mark.attributes), mark.annotator] for mark in marks],
        "words": [expected.words for expected in item.expected],
    }


def _document(document):
    return {
        "title": document.title,
        "language": document.language,
        "metadata": dict(sorted(document.metadata.items())),
        "zones": [[zone.label, document.text[zone.span.start : zone.span.end]] for zone in document.zones],
    }


def _short(text, names):
    path, folder = names
    return text.replace(path, Path(path).name).replace(folder, "")


def expected_file(path):
    """Where what is expected of a source stands."""
    return EXPECTED / f"{path.name}.json"


if __name__ == "__main__":
    for each in paths():
        data = json.dumps(made_of(each), ensure_ascii=False, indent=1)
        expected_file(each).write_text(data + "\n", encoding="utf-8")
