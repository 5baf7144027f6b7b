import json

import pytest

from annotator.importers import AGENCIES, DATABASES, OFFICE, REST, SCANS, TABLES
from annotator.importers.previewing import previews
from tests.importers.references import expected_file, made_of, paths


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.name)
def test_a_source_becomes_what_its_reference_says(path):
    assert made_of(path) == json.loads(expected_file(path).read_text(encoding="utf-8"))


def test_every_importer_has_a_reference_file():
    read = {preview.format for path in paths() for preview in previews([path])}
    groups = (DATABASES, AGENCIES, SCANS, TABLES, OFFICE, REST)
    assert {importer.name for group in groups for importer in group} - read == {"text"}
