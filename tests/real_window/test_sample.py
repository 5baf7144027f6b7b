"""An article of the sample archive, some of it annotated by hand in a real window: what every machine can try."""

from annotator import resources
from tests.real_window.annotating import Annotating
from tests.real_window.gold import Gold, GoldMark, exported, wanted
from tests.real_window.hands import Hands

ARTICLE = "006_f6ca09b93e814788.txt"
NOTE = "Which boat?"
BOAT = "“They have one rubber boat,”"
MARKS = (
    ("GPE", "Port Qasr"),
    ("DATE", "October 31, 2016"),
    ("SOURCE", "A diplomat familiar with their mandate"),
    ("CUE", "said"),
    ("QUOTE", "that they had neither asked for that nor been offered it"),
    ("CLAIM", "they had neither asked for that nor been offered it"),
    ("QUOTE", BOAT, "“and it is on a lorry.”"),
    ("SOURCE", "the diplomat"),
    ("CUE", "said"),
)
KINDS = {4: "indirect", 6: "direct"}
LINKS = (("source", 4, 2), ("cue", 4, 3), ("claimed_by", 5, 2), ("source", 6, 7), ("cue", 6, 8))


def test_a_sample_article_is_annotated_in_a_real_window(desk):
    desk.open()
    desk.new_project()
    article = desk.take_in(resources.path("sample") / ARTICLE)
    gold = gold_of(article.text)
    hands = Hands(desk.display, article.text)
    annotating = Annotating(hands, gold, mouse=1)
    annotating.annotate()
    desk.wait_for_marks(len(gold.marks))
    annotating.describe(5, NOTE)
    desk.wait_for_note(NOTE)
    desk.take_back_and_do_again(4)
    before = desk.article_as_seen()
    assert desk.quit() == 0

    desk.open(title=desk.title)
    assert desk.article_as_seen().like(before)
    held = desk.export(desk.folder / "sample.json")
    assert desk.quit() == 0
    (document,) = held["documents"]
    assert document["text"] == article.text
    assert exported(document) == wanted(gold, article.text)
    assert [row["note"] for row in document["annotations"] if row["note"]] == [NOTE]


def gold_of(text):
    """MARKS, found in the text: each from where the last but its own lie before it."""
    diplomat = text.index("A diplomat")
    starts = [0, 0, diplomat, diplomat, diplomat, diplomat, diplomat, diplomat, text.index(BOAT)]
    marks = []
    for number, (label, *pieces) in enumerate(MARKS):
        found = [text.index(piece, starts[number]) for piece in pieces]
        fragments = tuple((start, start + len(piece)) for start, piece in zip(found, pieces, strict=True))
        marks.append(GoldMark(label, fragments, KINDS.get(number, "")))
    return Gold(tuple(marks), LINKS)
