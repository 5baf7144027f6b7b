"""Real files of other tools, where they are at hand, and what was counted in them independently."""

import json
from collections import Counter
from pathlib import Path

import pytest

from annotator.core.annotation import AnnotatedDocument
from annotator.core.imports import Failure, Notice
from annotator.importers.walking import items

ROOT = Path(__file__).resolve().parents[3]
PLACES = [place / "shared" / "corpora" for place in (ROOT.parent, ROOT.parent.parent)]
CORPORA = next((place for place in PLACES if place.is_dir()), None)
FACTS = json.loads((CORPORA / "FACTS.json").read_text(encoding="utf-8")) if CORPORA else {}

here = pytest.mark.skipif(CORPORA is None, reason="the shared files are not in the repository")


def facts(beginning, ending=""):
    """Names of counted files, for parameters of a test."""
    return sorted(name for name in FACTS if name.startswith(beginning) and name.endswith(ending))


def read(*names):
    """All that some files of the corpora give."""
    return list(items([CORPORA / name for name in names]))


def documents(found):
    return [item for item in found if isinstance(item, AnnotatedDocument)]


def failures(found):
    return [item for item in found if isinstance(item, Failure)]


def notices(found):
    return [item.text for item in found if isinstance(item, Notice)]


def labels(found):
    return Counter(mark.label.name for document in documents(found) for mark in document.annotations)


def links(found):
    return Counter(link.type.name for document in documents(found) for link in document.relations)
