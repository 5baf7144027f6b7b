import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.importers.annotations.conll import ConllImporter
from annotator.importers.annotations.conll_columns import columns_of
from annotator.importers.annotations.tag_runs import TagRuns
from tests.importers.annotations.corpora import CORPORA, FACTS, documents, failures, here, labels, links, read
from tests.importers.sources import source

CONLL = ("conll/europeana/enp_DE.onb.bio", "conll/europeana/enp_FR.bnf.bio", "conll/wnut17/emerging.dev.conll")
WOJOOD = "conll/wojood-sample/test.txt"


@here
@pytest.mark.parametrize("name", [*CONLL, WOJOOD])
def test_every_name_that_was_counted_comes_in(name):
    found = read(name)
    (document,) = documents(found)
    assert labels(found) == (FACTS[name].get("entities_col1") or FACTS[name]["B_tags"])
    assert len(document.text.split()) == FACTS[name]["tokens"]
    if "first_tokens" in FACTS[name]:
        assert document.text.split()[:8] == FACTS[name]["first_tokens"]


@here
@pytest.mark.parametrize("name", sorted(name for name in FACTS if name.endswith(".conllu")))
def test_every_mention_that_was_counted_comes_in_with_its_group(name):
    found, facts = read(name), FACTS[name]
    (document,) = documents(found)
    assert labels(found) == facts["entity_mentions"] and not failures(found)
    coreference = links(found).total() - links(found)["bridge"]
    assert coreference == facts["entity_mentions_total"] - facts["coref_groups"]
    groups = {mark.attributes["group"] for mark in document.annotations}
    assert len(groups) == facts["coref_groups"]


@here
@pytest.mark.parametrize("name", sorted(name for name in FACTS if name.startswith("corpora/gum/conllu")))
def test_links_are_those_of_the_same_articles_in_another_format(name):
    other = FACTS[name.replace("conllu/", "tsv-src/").replace(".conllu", ".tsv")]["layers"]["webanno.custom.Coref"]
    mine = links(read(name))
    bridges = re.findall(r"Bridge=[^|\s]+", (CORPORA / name).read_text(encoding="utf-8"))
    assert mine["bridge"] == sum(bridge.count("<") for bridge in bridges)
    assert mine.total() - mine["bridge"] == other["first_feature_values"]["coref"]


def runs(*tags):
    found = TagRuns()
    for number, tag in enumerate(tags):
        found.add(number, tag.split(), number)
    return [(run.label, run.first, run.last) for run in found.runs]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (["I-PER", "I-PER", "B-PER", "O"], [("PER", 0, 1), ("PER", 2, 2)]),  # IOB1
        (["B-PER", "I-PER", "B-PER", "I-LOC"], [("PER", 0, 1), ("PER", 2, 2), ("LOC", 3, 3)]),
        (["B-PER", "E-PER", "S-PER", "I-PER"], [("PER", 0, 1), ("PER", 2, 2), ("PER", 3, 3)]),  # BIOES
        (["B-PER", "L-PER", "U-LOC"], [("PER", 0, 1), ("LOC", 2, 2)]),  # BILOU
        (["B-A B-B", "I-A I-B", "I-A"], [("A", 0, 2), ("B", 0, 1)]),
        (["B-A", "I-A B-A", "I-A I-A", "I-A"], [("A", 0, 3), ("A", 1, 2)]),
        (["PER", "PER", "O", "PER"], [("PER", 0, 1), ("PER", 3, 3)]),
        (["O", "", "_"], []),
    ],
)
def test_tags_become_runs(tags, expected):
    assert runs(*tags) == expected


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from("AB"), st.integers(0, 2)), max_size=12), st.booleans())
def test_whatever_is_written_in_iob2_or_bioes_reads_back(names, bioes):
    tags, expected = [], []
    for length, label, gap in names:
        expected.append((label, len(tags), len(tags) + length - 1))
        within = ["B", *["I"] * (length - 2), "E" if bioes else "I"] if length > 1 else ["S" if bioes else "B"]
        tags += [f"{prefix}-{label}" for prefix in within] + ["O"] * gap
    assert runs(*tags) == expected


@pytest.mark.parametrize(
    ("line", "word", "tags"),
    [
        ("EU NNP B-NP B-ORG", 0, (3,)),
        ("1\tEU\tB-ORG\tB-GPE", 1, (2, 3)),
        ("O\tEU", 1, (0,)),
        ("EU O", 0, (1,)),
        ("EU\tNNP\tB-ORG\t0", 0, (2,)),
    ],
)
def test_columns_are_known_by_what_is_in_them(line, word, tags):
    found = columns_of([line] * 3)
    assert (found.word, found.tags) == (word, tags)


@pytest.mark.parametrize(
    "text",
    [
        "The O\nmayor of B",
        "A sentence without any tag.\nAnother one.",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=x|y\n\n1-1\t0-3\tAnn\tB-PER",
        "name,label\nAnn,B-PER",
        '{"text": "x O"}\n',
        "# a heading O\n\nText.",
    ],
)
def test_other_texts_are_not_taken_for_it(text):
    assert ConllImporter().recognises(text.encode(), "x.txt") == 0


def test_a_line_without_a_tag_is_told_and_the_rest_comes_in():
    found = list(ConllImporter().read(source("Ann B-PER\nBo\nCy B-PER\nDi O\n")))
    assert labels(found) == {"PER": 2} and any("line 2" in item.text for item in found[:-1])


def test_a_word_may_be_a_hash_or_an_unusual_space():
    found = list(ConllImporter().read(source("# O\nA\u2028B B-X\n")))
    (document,) = documents(found)
    assert document.text == "# A\u2028B"


@here
@pytest.mark.parametrize("name", [name for name in FACTS if name.endswith(".conllu")])
def test_a_coreference_file_holds_as_many_mentions_as_conllu_has_of_the_same_article(name):
    other = name.replace("/conllu/", "/conll-coref/").removesuffix("u")
    if not (CORPORA / other).exists():
        pytest.skip("there is no such file of this article")
    (one,), (two,) = documents(read(name)), documents(read(other))
    assert len(one.annotations) == len(two.annotations) > 50
