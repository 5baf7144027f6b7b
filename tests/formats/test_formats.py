"""The shared files come in as they were counted, and a few of each kind go out in every format and in again."""

import tempfile
from pathlib import Path

import pytest

from annotator.exporters import OWN, exporter_named
from annotator.importers.walking import items
from annotator.store.project import Project
from tests.exporters.references import OTHERS
from tests.formats.counting import rows
from tests.formats.files import units
from tests.formats.trips import COMING, trip
from tests.importers.annotations.corpora import CORPORA, here
from tests.importers.annotations.references import FOLDER, paths

UNITS = list(units(CORPORA)) if CORPORA else []
COUNTED = {unit.group: unit for unit in UNITS if unit.facts and "europeana" not in unit.name}  # one of each kind
FEW = (
    *("brat/brat-tutorials/news", "brat/brat-tutorials/bio", "conll/wojood-sample/test.txt"),
    *("corpora/gum/tsv-coref/GUM_news_flag.tsv", "corpora/gum/conllu/GUM_news_flag.conllu", "news/dna/mini.dna"),
    "peers/dkpro-cassis/json/fs_as_array/ser-ref/casWithEmojiUnicodeTextAndAnnotations/data.json",
    "peers/inception/tsv3/example2.tsv",
    "peers/inception/tsv3-suite/testAnnotationWithTrailingWhitespace/reference.xmi",
    "quotes/litbank-quotations/155_the_moonstone_brat.ann",
    "tei/parla-clarin/KPZONOJFSPD-Redna-021-1998-11-25-ana.xml",
)
# REFI-QDA brings names of registry entries, and notes without white space at their ends
OTHERWISE = {("refi-qda", name) for name in ("bio", "mini.dna", "ports.dna")}
HERE = [exporter for exporter in COMING if exporter in OTHERS or exporter in OWN]


@here
@pytest.mark.parametrize("unit", COUNTED.values(), ids=lambda unit: unit.name)
def test_what_was_counted_came_in_or_was_told(unit):
    wrong = [row for row in rows(unit.name, unit.facts, list(items(unit.paths))) if not row.right]
    assert wrong == []


def otherwise(place):
    """What is otherwise when a file has gone out in each format and come in again."""
    with Project(None) as project:
        if not project.import_documents(items([place])).annotations:
            return  # what is about articles that a project has
        for exporter in HERE:
            with tempfile.TemporaryDirectory() as folder:
                found = trip(project, exporter, Path(folder))
            if found.differs and (exporter.name, place.name) not in OTHERWISE:
                yield f"{exporter.name} {found.verdict}"


@here
@pytest.mark.parametrize("name", FEW)
def test_a_shared_file_goes_out_and_comes_in_the_same(name):
    assert list(otherwise(CORPORA / name)) == []


@pytest.mark.parametrize("place", paths(), ids=lambda place: place.name)
def test_a_file_of_ours_goes_out_and_comes_in_the_same(place):
    """What each tool writes, in small: ids aside, nothing is lost that was not told, and no label is there twice."""
    assert list(otherwise(place)) == []


def test_a_difference_is_seen():
    """The comparison can fail: of a project of which a mark is taken away, one is missing."""
    exporter = exporter_named("brat")
    with Project(None) as project, tempfile.TemporaryDirectory() as folder:
        project.import_documents(items([FOLDER / "brat"]))

        class Forgetful:
            suffix, carries = exporter.suffix, exporter.carries

            def export(self, contents, out):
                report = exporter.export(contents, out)
                for place in out.glob("*.ann"):
                    kept = [line for line in place.read_text(encoding="utf-8").splitlines(True) if line[0] == "T"][1:]
                    place.write_text("".join(kept), encoding="utf-8")
                return report

        found = trip(project, Forgetful(), Path(folder))
    assert any(text.startswith("marks: ") for text in found.differs)
