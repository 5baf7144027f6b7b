from zipfile import ZipFile

from annotator.core.column_mapping import ColumnMapping
from annotator.core.split_patterns import SplitPatterns
from annotator.importers.previewing import preview, previews
from annotator.importers.splitter import SplitterImporter
from annotator.importers.tables.separated import SeparatedImporter
from annotator.importers.walking import items, sources
from tests.importers.databases.test_nexis import text_article, word_article, word_file
from tests.importers.sources import documents

LONG = "The council voted on Tuesday to keep the fee that every ship has paid since 1954. " * 3


def test_what_a_download_would_bring(tmp_path):
    (tmp_path / "a.txt").write_text("".join(text_article(n, 5) for n in (1, 2, 3)))
    (found,) = previews([tmp_path])
    assert (found.format, found.title, found.documents, found.claimed) == ("nexis-text", "Nexis, text", 3, 5)
    assert found.first.title == "Council keeps fee 1" and found.last.title == "Council keeps fee 3"
    assert found.sureness > 0.9 and found.whole and found.table is None and found.patterns is None


def test_files_of_an_archive_are_counted_each_for_itself(tmp_path):
    for name, claimed, told in (("whole.zip", 2, None), ("cut.zip", 5, 6)):
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("nexis.txt", "".join(text_article(n, claimed) for n in (1, 2)))
            archive.writestr("table.csv", f"title,text\nFee stays,{LONG}\n")
        (found,) = previews([tmp_path / name])
        assert (found.format, found.documents, found.claimed) == ("", 3, told)


def test_a_word_file_is_looked_into(tmp_path):
    (tmp_path / "a.docx").write_bytes(word_file([line for n in (1, 2) for line in word_article(n)]))
    (found,) = previews([tmp_path])
    assert found.format == "nexis-docx" and found.documents == 2


def test_a_table_shows_its_columns_and_another_mapping_can_be_chosen(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"one,two\nFee stays,{LONG}\nFee goes,{LONG}\n")
    (found,) = previews([path])
    assert found.table.columns == ("one", "two") and found.table.rows[0][0] == "Fee stays"
    mapping = ColumnMapping({"one": "section", "two": "text"})
    (source,) = sources([path])
    changed = preview(source, SeparatedImporter(mapping))
    assert changed.table.mapping == mapping and changed.first.metadata["section"] == "Fee stays"
    came = documents(items([tmp_path], chosen={source.name: SeparatedImporter(mapping)}))
    assert [each.metadata["section"] for each in came] == ["Fee stays", "Fee goes"]


def test_patterns_are_shown_and_can_be_changed(tmp_path):
    path = tmp_path / "many.txt"
    path.write_text("".join(f"--------\nTitle: Fee {n}\nDate: {n}. März 2024\n\nText {n}.\n" for n in (1, 2, 3)))
    (found,) = previews([path])
    assert found.patterns.name.startswith("Lines of dashes") and found.documents == 3
    mine = SplitPatterns("mine", start="^Title: ", keep_start=True)
    (source,) = sources([path])
    assert preview(source, SplitterImporter(mine)).patterns == mine


def test_a_large_source_is_looked_at_in_part_and_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("".join(text_article(n, 5) for n in range(1, 6)))
    (tmp_path / "b.bin").write_bytes(bytes(range(32)) * 20)
    text, other = previews([tmp_path], most=2)
    assert (text.documents, text.whole) == (2, False)
    assert other.format == "" and "It is no text" in other.failures[0].reason
    assert not list(previews([tmp_path], stop=lambda: True))
