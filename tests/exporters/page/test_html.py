"""The page of HTML: text in it is text, marks stand where they are, and it needs nothing but itself."""

import re

import pytest
from lxml import etree, html

from annotator.core.annotation import (
    AnnotatedDocument,
    Annotation,
    Annotator,
    DocumentLabel,
    RegistryEntry,
    Relation,
    Zone,
)
from annotator.core.scheme import Attribute, Label, Layer, RelationType, Scheme
from annotator.core.span import Span
from annotator.exporters.base import Contents
from annotator.exporters.page.colors import DARK_PAPER, PAPER, contrast, on_paper
from annotator.exporters.page.html import HtmlExporter
from annotator.exporters.page.segments import paragraphs
from annotator.exporters.page.told import Teller, lanes_of
from annotator.templates import templates
from tests.exporters.references import ARABIC, ENGLISH, contents

ATTACK = (
    "</style></title></bdi></q>--><script>alert(1)</script><img src=x onerror=alert(2)>"
    "\"'><a href='javascript:x' onclick=y>&lt;"
)


def page(path, made=None, **options):
    made = made or contents()
    fields = {name: getattr(made, name) for name in Contents.__slots__} | {"options": options}
    report = HtmlExporter().export(Contents(**fields), path)
    assert report.verified
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot(), report


def hostile():
    asked = Attribute("a" * 36, ATTACK)
    label = Label("l" * 36, ATTACK, ATTACK, color="red;}</style><script>", title=ATTACK, attributes=(asked,))
    kind = RelationType("t" * 36, ATTACK)
    ann = Annotator("p" * 36, ATTACK)
    marks = tuple(
        Annotation(f"m{n}", label, (Span(*span),), {ATTACK: ATTACK}, ATTACK, ann.id, "manual", None, "", "")
        for n, span in enumerate(((0, 9), (4, 30), (len(ATTACK) - 3, len(ATTACK))))
    )
    links = (Relation("r", kind, "m0", "m1", {ATTACK: ATTACK}, "q" * 36, "", ""),)
    document = AnnotatedDocument(
        text=ATTACK, title=ATTACK, id="d", language='"><script>', direction='"><script>', metadata={ATTACK: ATTACK},
        zones=(Zone("z", ATTACK, Span(0, 5)),), annotations=marks, relations=links,
        labels=(DocumentLabel("x", ATTACK, ATTACK, ann.id),), statuses={ann.id: ATTACK},
    )  # fmt: skip
    scheme = Scheme(ATTACK, (Layer("y" * 36, ATTACK, ATTACK),), (label,), (kind,))
    other = Annotator("q" * 36, f"2{ATTACK}")
    return Contents(
        "p" * 36, ATTACK, scheme, (ann, other), (RegistryEntry("e", ATTACK, ATTACK),), lambda: iter([document])
    )


def test_nothing_breaks_out_of_the_page(tmp_path):
    root, _ = page(tmp_path / "a.html", hostile())
    tags = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert tags.isdisjoint({"script", "img", "iframe", "link", "object", "base", "form", "svg", "input"})
    assert [element for element in root.iter() if any(name.startswith("on") for name in element.attrib)] == []
    assert all(link.get("href").startswith("#a") for link in root.iter("a"))
    assert [each for each in root.iter() if each.get("src") or each.get("srcset")] == []
    assert not list(root.iter(etree.Comment))
    (style,) = root.iter("style")
    assert "script" not in style.text and "url(" not in style.text and "@import" not in style.text
    assert root.findtext(".//title") == ATTACK and root.findtext(".//h1") == ATTACK
    (policy,) = [each.get("content") for each in root.iter("meta") if each.get("http-equiv")]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_title_that_was_asked_for_is_text_too(tmp_path):
    root, _ = page(tmp_path / "a.html", title=ATTACK)
    assert root.findtext(".//h1") == ATTACK and not list(root.iter("script"))


def shown_text(article):
    """The text as a reader sees it: without the names of labels."""
    (text,) = [each for each in article.iter("div") if each.get("class") == "text"]
    for name in list(text.iter("a")):
        name.drop_tree()
    return text.text_content()


def test_the_text_and_the_places_of_marks_are_in_it(tmp_path):
    root, report = page(tmp_path / "a.html")
    articles = root.findall(".//article")
    assert [shown_text(each) for each in articles] == [ENGLISH, ARABIC, "Nothing here."]
    assert (report.documents, report.annotations, report.relations, report.lost) == (3, 10, 4, [])
    covered = [each.text_content() for each in articles[0].iterfind(".//span[@data-mark='2']")]
    assert "".join(covered).replace(" ", "") == "“Itstaysopen,”“Allweek.”"
    assert [each.get("dir") for each in root.iterfind(".//div[@class='text']")] == ["ltr", "rtl", "ltr"]
    assert root.find(".//div[@dir='rtl']").get("lang") == "ar"


def test_every_mark_says_its_label_in_words_and_where_it_is_told(tmp_path):
    root, _ = page(tmp_path / "a.html")
    article = root.find(".//article")
    names = [(each.text, each.get("href")) for each in article.iterfind(".//div[@class='text']//a")]
    assert (
        ("QUOTE…", "#a1m2") in names and ("QUOTE", "#a1m2") in names and len(names) == 9
    )  # eight marks, one in two pieces
    told = {each.get("id") for each in article.iterfind(".//li")}
    assert {href[1:] for _, href in names} <= told
    quote = article.get_element_by_id("a1m2").text_content()
    assert "→ source" in quote and "Salim Haddad of Marsa’s port" in quote and "direct" in quote
    source = article.get_element_by_id("a1m3").text_content()
    assert "← source" in source and "“It stays open,” “All week.”" in source
    event = article.get_element_by_id("a1m1").text_content()
    assert "a note\nof two lines" in event


def test_what_is_not_wanted_is_left_out_and_listed(tmp_path):
    root, report = page(tmp_path / "a.html", notes="no", people="no", facts="no", answers="no")
    text = root.text_content()
    assert "a note" not in text and "بشرى" not in text and "The Marsa Herald" not in text and "direct" not in text
    assert {loss.what for loss in report.lost} == {
        "notes on marks", "answers about marks", "answers about articles", "names of annotators", "statuses",
        "facts about articles",
    }  # fmt: skip


def test_elements_are_closed_where_they_were_opened(tmp_path):
    page(tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    body = text.partition("<body")[2].partition(">")[2].partition("</body>")[0]
    etree.fromstring(f"<body>{body}</body>")  # so careful that it is XML, too


def test_segments_nest_and_cross():
    label = Label("l" * 36, "x", "X")

    def mark(key, *spans):
        return Annotation(key, label, tuple(Span(*span) for span in spans), {}, "", "a", "manual", None, "", "")

    marks = (mark("long", (0, 10)), mark("in", (2, 4)), mark("crossing", (8, 12)), mark("pieces", (0, 1), (14, 15)))
    assert lanes_of(marks) == {"in": 0, "crossing": 0, "long": 1, "pieces": 2}
    document = AnnotatedDocument(text="abcdefghij\nklmno", annotations=marks)
    told = Teller(Contents("", "", Scheme(""), (), (), lambda: iter(()))).article(document, 1)
    numbers = {each.number: (each.words, each.lane) for each in told.marks}
    assert numbers[1] == ("a n", 2)  # the longest of those that begin first
    found = [
        [
            (s.start, s.end, [m.number for m in s.marks], [m.number for m in s.ending])
            for s in (*each.words, *each.feeds)
        ]
        for each in paragraphs(document.text, told.marks, ())
    ]
    assert found == [
        [(0, 1, [1, 2], [1]), (1, 2, [2], []), (2, 4, [2, 3], [3]), (4, 8, [2], []), (8, 10, [2, 4], [2]),
         (10, 11, [4], [])],
        [(11, 12, [4], [4]), (12, 14, [], []), (14, 15, [1], [1]), (15, 16, [], [])],
    ]  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_names_of_labels_can_be_read_on_their_paper(dark):
    paper = DARK_PAPER if dark else PAPER
    for each in templates():
        for label in each.scheme.labels:
            assert contrast(on_paper(label.color, dark=dark), paper) >= 4.5, label.name
    assert re.fullmatch("#[0-9a-f]{6}", on_paper("red;}", dark=dark))
