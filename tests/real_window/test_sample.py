"""An article of the sample archive, some of it annotated by hand in a real window: what every machine can try."""

from annotator import resources
from tests.real_window.annotating import Annotating
from tests.real_window.gold import Gold, GoldMark, exported, wanted
from tests.real_window.hands import Hands

ARTICLE = "006_f6ca09b93e814788.txt"
NOTE = "Counted by whom?"
MARKS = (
    ("GPE", "Port Qasr"),
    ("DATE", "October 31, 2016"),
    ("QUOTE", "Some 1,100 trips have been made through it", "and not one of them has been stopped"),
    ("CLAIM", "Some 1,100 trips have been made through it"),
    ("CUE", "according to"),
    ("SOURCE", "the Port Authority"),
    (
        "QUOTE",
        "“We are not voting on water,”",
        "“We are voting on whether a man can tell his wife at what hour he will be home.”",
    ),
    ("SOURCE", "the council’s chairwoman, Mariam al-Bahri"),
    ("PERSON", "Mariam al-Bahri"),
    ("CUE", "told"),
)
KINDS = {2: "indirect", 6: "direct"}
CLAIM = 3
LINKS = (("source", 2, 5), ("cue", 2, 4), ("claimed_by", CLAIM, 5), ("source", 6, 7), ("cue", 6, 9))


def test_a_sample_article_is_annotated_in_a_real_window(desk):
    desk.open()
    desk.new_project()
    article = desk.take_in(resources.path("sample") / ARTICLE)
    gold = gold_of(article.text)
    annotating = Annotating(Hands(desk.display, article.text), gold, mouse=1)
    annotating.annotate()
    desk.wait_for_marks(len(gold.marks))
    annotating.describe(CLAIM, NOTE)
    desk.wait_for_note(NOTE)
    desk.take_back_and_do_again(4)
    before = desk.article_as_seen()
    assert desk.quit() == 0

    desk.open(title=desk.title)
    assert desk.article_as_seen().like(before)
    desk.take_back_and_do_again(4)
    held = desk.export(desk.folder / "sample.json")
    assert desk.quit() == 0
    (document,) = held["documents"]
    assert document["text"] == article.text
    assert exported(document) == wanted(gold, article.text)
    assert [row["note"] for row in document["annotations"] if row["note"]] == [NOTE]


def gold_of(text):
    """MARKS, at the first places in the text that have their words."""
    marks = []
    for number, (label, *pieces) in enumerate(MARKS):
        starts = [text.index(piece) for piece in pieces]
        fragments = tuple((start, start + len(piece)) for start, piece in zip(starts, pieces, strict=True))
        marks.append(GoldMark(label, fragments, KINDS.get(number, "")))
    return Gold(tuple(marks), LINKS)
