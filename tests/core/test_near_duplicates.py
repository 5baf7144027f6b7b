"""Near-duplicates: what is alike when counted in full is found, what is not is left, and in any order the same."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument, Zone
from annotator.core.common_lines import LEAST, CommonLines
from annotator.core.near_duplicates import (
    BINS,
    DisjointSets,
    NearDuplicates,
    body_of,
    jaccard,
    shingles,
    signature,
)
from annotator.core.span import Span

WORDS = [f"word{number}" for number in range(3000)]


def article(chance, length):
    return " ".join(chance.choices(WORDS, k=length))


def edited(chance, text, rate):
    """A copy in which some words are others, and a piece of the end may be cut off."""
    words = [chance.choice(WORDS) if chance.random() < rate else word for word in text.split()]
    return " ".join(words[: len(words) - chance.randrange(len(words) // 8)])


def groups(texts):
    found = NearDuplicates()
    for key, text in texts:
        found.add(key, text)
    return found.groups()


@given(seed=st.integers(0, 2**32), length=st.integers(80, 400), rate=st.floats(0, 0.12))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_copies_are_found_as_counting_in_full_finds_them(seed, length, rate):
    chance = random.Random(seed)
    story = article(chance, length)
    texts = {"story": story, "copy": edited(chance, story, rate)} | {
        f"other {number}": article(chance, length) for number in range(5)
    }
    found = groups(texts.items())
    alike = jaccard(story, texts["copy"])
    if alike >= 0.7:
        assert found == [["copy", "story"]]
    if alike <= 0.3:
        assert found == []
    assert all(set(group) == {"story", "copy"} for group in found)


def test_most_copies_of_many_are_found():
    chance = random.Random(7)
    texts, pairs = {}, 0
    for number in range(150):
        story = article(chance, 200)
        copy = edited(chance, story, 0.06)
        texts |= {f"{number} a": story, f"{number} b": copy}
        pairs += jaccard(story, copy) >= 0.55
    found = [group for group in groups(texts.items()) if {key.split()[0] for key in group} == {group[0].split()[0]}]
    assert pairs > 100 and len(found) >= 0.97 * pairs and len(found) == len(groups(texts.items()))


@given(order=st.permutations(range(12)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_texts_makes_no_difference(order):
    chance = random.Random(1)
    stories = [article(chance, 90) for _ in range(4)]
    texts = [(f"{number:02}", edited(chance, stories[number % 4], 0.04)) for number in range(12)]
    assert groups([texts[place] for place in order]) == groups(texts)
    assert len(groups(texts)) == 4


def test_another_process_finds_the_same():
    code = "from annotator.core.near_duplicates import signature; print(list(signature('one two three four 漢 قال é')))"
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PATH": ""}
        root = Path(__file__).parents[2]
        done = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True)
        assert done.stdout.strip() == str(list(signature("one two three four 漢 قال é"))), done.stderr


def test_case_signs_and_arabic_forms_make_no_difference():
    assert shingles("Café in the HARBOUR – “open”") == shingles("cafe in the harbour open")
    assert shingles("قَالَ الوزيرُ إنّ") == shingles("قال الوزير ان")
    assert shingles("") == set() and len(shingles("one two")) == 1 and len(shingles("a b c d")) == 2


def test_a_text_without_a_word_is_like_no_other():
    assert signature("…") is None
    assert groups([("a", "…"), ("b", "—"), ("c", "")]) == []


def test_few_words_fill_every_bin():
    assert len(signature("one two three four five")) == BINS
    assert groups([("a", "one two three four"), ("b", "One, two: three four!"), ("c", "five six")]) == [["a", "b"]]


def test_whoever_is_like_one_of_a_group_is_in_it():
    chance = random.Random(3)
    text = article(chance, 300)
    steps = [text]
    for _ in range(6):
        steps.append(edited(chance, steps[-1], 0.07))
    assert jaccard(steps[0], steps[-1]) < 0.4
    assert groups((str(number), step) for number, step in enumerate(steps)) == [[str(number) for number in range(7)]]


def test_the_body_is_compared_where_zones_say_which_it_is():
    head, body = "Archive of the Herald. All rights reserved.", "It stays open."
    zones = (Zone("", "BOILERPLATE", Span(0, len(head))), Zone("", "BODY", Span(len(head) + 1, len(head + body) + 1)))
    document = AnnotatedDocument(text=f"{head}\n{body}", zones=zones)
    assert body_of(document) == body
    assert body_of(AnnotatedDocument(text="All of it.", zones=zones[:1])) == "All of it."


def archive(count, head):
    chance = random.Random(5)
    return [(f"{number:04}", f"{head}\n{article(chance, 30)}") for number in range(count)]


def test_a_header_of_a_whole_archive_does_not_glue_it_together():
    header = "\n".join(article(random.Random(line), 40) for line in range(5))
    texts = archive(2 * LEAST, header)
    assert len(groups(texts)[0]) > LEAST  # so it would be
    lines = CommonLines()
    for _, text in texts:
        lines.add(text)
    assert groups((key, lines.without(text)) for key, text in texts) == []


def test_few_texts_keep_their_lines_and_no_text_becomes_empty():
    few, many = CommonLines(), CommonLines()
    for _ in range(LEAST - 1):
        few.add("A line.")
    for _ in range(LEAST):
        many.add("A line.\nAnother.")
    assert few.without("A line.\nMine.") == "A line.\nMine."
    assert many.without("A line.\nMine.\nAnother.") == "Mine."
    assert many.without("A line.\nAnother.") == "A line.\nAnother."


def test_sets_are_joined():
    sets = DisjointSets(5)
    sets.join(3, 1)
    sets.join(3, 4)
    assert [sets.root(number) for number in range(5)] == [0, 1, 2, 1, 1]


@pytest.mark.parametrize(("one", "other", "alike"), [("a b c", "a b c", 1), ("a b c", "x y z", 0), ("", "", 0)])
def test_alike_is_from_0_to_1(one, other, alike):
    assert jaccard(one, other) == alike
