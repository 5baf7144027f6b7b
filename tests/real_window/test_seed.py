"""The article that this program was made for, annotated by hand in a real window. Its words are not kept here."""

from pathlib import Path

import pytest

from tests.real_window.annotating import Annotating
from tests.real_window.desk import ROOT
from tests.real_window.gold import exported, read_gold, wanted
from tests.real_window.hands import Hands

SEED = ROOT.parent / "shared" / "seed"
GOLD = Path(__file__).with_name("seed_marks.json")
NOTE = "Who counted them?"
STEPS = 6  # the note, the attribute, and some marks


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not on this machine")
def test_the_seed_article_is_annotated_in_a_real_window(desk):
    gold = read_gold(GOLD)
    claim = gold.labelled("CLAIM")[0]
    desk.open()
    desk.new_project()
    article = desk.take_in(next(SEED.glob("*.txt")))
    annotating = Annotating(Hands(desk.display, article.text), gold, mouse=4)
    annotating.annotate()
    desk.wait_for_marks(len(gold.marks))
    annotating.describe(claim, NOTE)
    desk.wait_for_note(NOTE)
    desk.take_back_and_do_again(STEPS)
    before = desk.article_as_seen()
    assert desk.quit() == 0

    desk.open(title=desk.title)
    assert desk.article_as_seen().like(before)
    desk.take_back_and_do_again(STEPS)
    held = desk.export(desk.folder / "seed.json")
    assert desk.quit() == 0
    (document,) = held["documents"]
    assert document["text"] == article.text
    assert exported(document) == wanted(gold, article.text)
    described = [row for row in document["annotations"] if row["note"] or "factual" in row["attributes"]]
    assert [(row["note"], row["attributes"]) for row in described] == [(NOTE, {"factual": "checkable"})]
    assert tuple(tuple(piece) for piece in described[0]["fragments"]) == gold.marks[claim].fragments
