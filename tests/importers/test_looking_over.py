import pytest

from annotator.core.column_mapping import ColumnMapping
from annotator.core.import_settings import ImportSettings
from annotator.core.split_patterns import FieldPattern, SplitPatterns
from annotator.importers.looking_over import FILES, FIRST, INTO, looked_over, looks
from annotator.importers.previewing import preview
from annotator.importers.walking import items, sources
from tests.importers.databases.test_nexis import text_article
from tests.importers.sources import documents
from tests.test_manual import ROOT

NOTHING = ImportSettings()
LONG = "The council voted on Tuesday to keep the fee that every ship has paid since 1954. " * 3


def never():
    return False


def page(folder, number=0, suffix=".txt"):
    (folder / f"{number:03}{suffix}").write_text(f"Page {number}\n\nWith a line of its own.")


@pytest.mark.parametrize("folder", ["resources/sample", "tests/data/articles/a_arabic.txt"])
def test_plain_pages_are_not_worth_a_look(folder):
    found = looked_over([ROOT / folder], NOTHING, never)
    assert not found.worth_a_look and len(found.previews) == len(found.sources) > 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", f"headline,text\nFee stays,{LONG}\n"),
        ("many.txt", "".join(f"--------\nTitle: Fee {n}\nDate: {n}. März 2024\n\nText {n}.\n" for n in (1, 2, 3))),
        ("nexis.txt", "".join(text_article(n, 5) for n in (1, 2))),  # two of five
        ("nexis.txt", "".join(text_article(n, 60) for n in range(1, 61))),  # all of sixty
        ("bad.jsonl", '{"text": "a"}\n{"te\n'),
        ("empty.txt", ""),
        ("odd.csv", "no table at all"),
    ],
)
def test_what_is_worth_a_look(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert looked_over([tmp_path], NOTHING, never).worth_a_look
    page(tmp_path)
    assert looked_over([tmp_path], NOTHING, never).worth_a_look is (name != "")


def test_many_files_are_worth_a_look_before_any_is_read(tmp_path):
    for number in range(FILES + 1):
        page(tmp_path, number)
    found = looked_over([tmp_path], NOTHING, never)
    assert found.worth_a_look and not found.previews
    (tmp_path / "000.txt").unlink()
    assert not looked_over([tmp_path], NOTHING, never).worth_a_look


def test_beyond_the_first_of_many_only_a_beginning_is_read(tmp_path):
    for number in range(INTO + 5):
        page(tmp_path, number)
    found = list(looks(sources([tmp_path]), NOTHING, never))
    assert [each.looked_into for each in found] == [True] * INTO + [False] * 5
    assert {each.format for each in found} == {"text"} and found[-1].documents == 0
    assert not list(looks(sources([tmp_path]), NOTHING, lambda: True))


def test_of_a_large_file_the_beginning_comes_before_the_whole(tmp_path):
    (tmp_path / "n.txt").write_text("".join(text_article(number, 60) for number in range(1, 61)))
    beginning, whole = looks(sources([tmp_path]), NOTHING, never)
    assert (beginning.documents, beginning.whole, beginning.claimed) == (FIRST, False, None)
    assert (whole.documents, whole.whole, whole.claimed) == (60, True, 60)
    assert beginning.first == whole.first


def test_pages_of_an_issue_are_no_sources_of_their_own():
    folder = ROOT / "tests" / "data" / "sources"
    issues = [path.parent for path in folder.rglob("*mets*.xml")]
    assert issues
    for issue in issues:
        names = [source.name for source in sources([issue])]
        found = list(looks(sources([issue]), NOTHING, never))
        assert len(found) < len(names) and not {each.source for each in found} & set(found[0].along)


def test_what_is_remembered_holds_for_tables_with_the_same_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"one,two\nFee stays,{LONG}\n")
    settings = ImportSettings((ColumnMapping({"one": "section", "two": "text"}),))
    (source,) = sources([path])
    found = preview(source, settings=settings)
    assert found.remembered and found.table.mapping == settings.mappings[0]
    assert not preview(source).remembered
    (came,) = documents(items([path], settings=settings))
    assert came.metadata["section"] == "Fee stays"
    path.write_text(f"one,three\nFee stays,{LONG}\n")
    assert not preview(sources([path])[0], settings=settings).remembered


def test_remembered_patterns_hold_where_they_split_a_text(tmp_path):
    mine = SplitPatterns("mine", start=r"^\+\+", fields=(FieldPattern("title", "^HEAD: (.*)$"),))
    many, one = tmp_path / "many.txt", tmp_path / "one.txt"
    many.write_text("".join(f"++ {n}\nHEAD: Fee {n}\n\nText {n}.\n" for n in (1, 2, 3)))
    one.write_text("An article\n\n++ about signs\n")
    came = documents(items([many, one], settings=ImportSettings(patterns=(mine,))))
    assert [each.title for each in came] == ["Fee 1", "Fee 2", "Fee 3", "An article"]


def test_a_format_that_this_version_does_not_have_is_passed_over(tmp_path):
    page(tmp_path)
    settings = ImportSettings(formats={".txt:text": "of-tomorrow"})
    assert len(documents(items([tmp_path], settings=settings))) == 1
