from hypothesis import given
from hypothesis import strategies as st

from annotator.core.column_mapping import ColumnMapping
from annotator.core.import_settings import ImportSettings, kind_of_file
from annotator.core.split_patterns import FieldPattern, SplitPatterns

words = st.text(max_size=8)
mappings = st.builds(
    ColumnMapping, st.dictionaries(words, words, min_size=1), st.booleans(), st.dictionaries(words, words)
)
patterns = st.builds(
    SplitPatterns,
    name=words.filter(bool),
    start=st.sampled_from(("^--", "^Title:")),
    fields=st.lists(st.builds(FieldPattern, words, st.just("^Date: (.*)$")), max_size=2).map(tuple),
    keep_start=st.booleans(),
)
settings = st.builds(
    ImportSettings,
    st.lists(mappings, max_size=3).map(tuple),
    st.lists(patterns, max_size=3).map(tuple),
    st.dictionaries(words, words, max_size=3),
)


@given(settings)
def test_what_is_kept_is_read_back(held):
    assert ImportSettings.read(held.written()) == held


@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | words, st.lists).map(str)))
def test_what_cannot_be_understood_is_nothing(written):
    assert ImportSettings.read(written) == ImportSettings()


def test_damage_is_left_out_and_the_rest_is_kept():
    held = '{"mappings": [3, {"columns": {"a": "title"}}], "patterns": [{"name": "x", "start": "("}, 4], "formats": 1}'
    assert ImportSettings.read(held) == ImportSettings((ColumnMapping({"a": "title"}),))


def test_a_table_is_known_again_by_its_columns():
    small, large = ColumnMapping({"a": "title"}), ColumnMapping({"a": "text", "b": "date"})
    held = ImportSettings().with_mapping(large).with_mapping(small)
    assert held.mapping_for(["a", "b", "c"]) == large
    assert held.mapping_for(["a"]) == small
    assert held.mapping_for(["b"]) is None


def test_what_is_said_later_holds():
    held = ImportSettings().with_mapping(ColumnMapping({"a": "title"})).with_mapping(ColumnMapping({"a": "text"}))
    assert held.mappings == (ColumnMapping({"a": "text"}),)
    held = held.with_patterns(SplitPatterns("mine", start="^a")).with_patterns(SplitPatterns("mine", start="^b"))
    assert [each.start for each in held.patterns] == ["^b"]
    kind = kind_of_file("in/Some.TXT", "archive-page")
    held = held.with_format(kind, "text")
    assert held.formats == {".txt:archive-page": "text"} and held.with_format(kind, "").formats == {}


def test_no_more_is_remembered_than_anybody_uses():
    held = ImportSettings()
    for number in range(200):
        held = held.with_mapping(ColumnMapping({str(number): "title"})).with_format(str(number), "text")
    assert len(held.mappings) == len(held.formats) == 50
    assert held.mapping_for(["199"]) is not None and held.mapping_for(["0"]) is None
