"""What an importer says that it takes in is what its files here show, no more and no less."""

import pytest

from annotator.core.carries import Carries
from annotator.importers import ANNOTATIONS
from tests import manual_imports
from tests.importers.annotations.features import shown_by


@pytest.mark.parametrize("importer", ANNOTATIONS, ids=lambda importer: importer.name)
def test_what_a_format_takes_in_is_shown_by_a_file(importer, tmp_path):
    assert shown_by(importer.name, tmp_path) == importer.carries


def test_the_table_in_the_manual_is_up_to_date():
    page = manual_imports.PAGE.read_text(encoding="utf-8")
    assert manual_imports.table() in page, "make it anew: python -m tests.manual_imports"
    assert set(manual_imports.COLUMNS) == set(Carries._fields)
