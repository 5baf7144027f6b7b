"""CoNLL-U: the text comes back sign for sign, whatever white space it has; and what others wrote there is read."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.annotation import AnnotatedDocument
from annotator.core.span import Span
from annotator.exporters import exporter_named
from annotator.importers.walking import items
from tests.exporters.references import contents, key, mark

CONLLU = exporter_named("conllu")
texts = st.text(st.sampled_from("ab. .  \n\n\t\u00a0\u2028\x0b\\|=()[]-_قول🚢漢e\u0301“”"), min_size=1, max_size=40)


def export(held, folder, **options):
    out = Path(folder) / "out.conllu"
    report = CONLLU.export(replace(contents(), documents=lambda: iter(held), options=options), out)
    assert report.verified
    return out, report


def back(out):
    return [item for item in items([out]) if isinstance(item, AnnotatedDocument)]


@given(text=texts.filter(str.strip), cuts=st.sets(st.integers(0, 40), min_size=2, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_text_and_the_places_come_back(text, cuts):
    first, *_, last = sorted(min(cut, len(text)) for cut in cuts)
    marks = (mark(2, "CLAIM", Span(first, last)),) if text[first:last].strip() else ()
    with tempfile.TemporaryDirectory() as folder:
        out, _ = export([AnnotatedDocument(text=text, id=key(1), annotations=marks)], folder)
        (found,) = back(out)
    assert found.text == text
    assert [each.covered(text) for each in found.annotations] == [text[first:last].strip() for _ in marks]


def test_two_articles_stay_two_and_one_of_white_space_is_named(tmp_path):
    held = [AnnotatedDocument(text=text, id=key(number)) for number, text in enumerate(["One.", " \n", "Two."], 1)]
    out, report = export(held, tmp_path)
    assert [each.text for each in back(out)] == ["One.", "Two."]
    assert {loss.what: loss.count for loss in report.lost} == {"articles without words": 1}


def test_a_sentence_does_not_end_within_a_mark(tmp_path):
    text = "One. Two. Three."
    out, _ = export([AnnotatedDocument(text=text, id=key(1), annotations=(mark(2, "CLAIM", Span(0, 9)),))], tmp_path)
    assert [line for line in out.read_text("utf-8").split("\n") if line.startswith("# text")] == [
        "# text = One. Two.",
        "# text = Three.",
    ]


def test_words_may_be_characters(tmp_path):
    out, _ = export([AnnotatedDocument(text="北京 ok", id=key(1))], tmp_path, tokeniser="characters")
    rows = [line.split("\t")[1] for line in out.read_text("utf-8").split("\n") if line[:1].isdigit()]
    assert rows == ["北", "京", "o", "k"]


def test_spaces_and_groups_of_other_programs(tmp_path):
    """White space as UDPipe writes it, groups as CorefUD calls them; nothing is unquoted that this program did not."""
    blank = "\t_" * 7
    (tmp_path / "one.conllu").write_text(
        "# newdoc id = a\n# global.Entity = eid-etype-head-other\n# text = Ann saw her.\n"
        f"1\tAnn{blank}\tEntity=(e1-per%2Dson-1-)\n2\tsaw{blank}\tSpacesAfter=\\s\\n\n"
        f"3\ther{blank}\tEntity=(e1-per%2Dson-1-)|SpaceAfter=No\n4\t.{blank}\tSpacesAfter=\\p\n\n",
        encoding="utf-8",
    )
    (found,) = back(tmp_path / "one.conllu")
    assert found.text == "Ann saw \nher.|"
    assert [(each.label.name, each.attributes["group"]) for each in found.annotations] == [("per%2Dson", "e1")] * 2
    assert [each.type.name for each in found.relations] == ["coref"]
