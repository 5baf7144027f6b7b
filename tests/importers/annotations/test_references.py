import json
from importlib.util import find_spec

import pytest

from annotator.importers import ANNOTATIONS
from annotator.importers.previewing import previews
from tests.importers.annotations.references import expected_file, made_of, paths


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.name)
def test_a_file_becomes_what_its_reference_says(path):
    if path.suffix == ".spacy" and find_spec("spacy") is None:
        pytest.skip("spaCy reads it, and is not installed")
    assert made_of(path) == json.loads(expected_file(path).read_text(encoding="utf-8"))


def test_every_importer_has_a_reference_file():
    read = {preview.format for path in paths() for preview in previews([path])}
    assert {importer.name for importer in ANNOTATIONS} <= read
