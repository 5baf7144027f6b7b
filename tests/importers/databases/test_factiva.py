# ruff: noqa: E501 - what a download looks like is not broken into lines
import pytest

from annotator.core.errors import KnownError
from annotator.core.imports import Count
from annotator.importers.databases.factiva_html import FactivaHtmlImporter
from annotator.importers.databases.factiva_text import FactivaTextImporter
from annotator.importers.databases.factiva_xml import FactivaXmlImporter
from tests.importers.sources import documents, failures, source

NUMBER = "CODA000020240305ek3500001"
PAGE = "<html><head><title>Factiva</title></head><body>{}</body></html>"


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def row(code, value):
    return f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>'


def coded(number, words="177 words", date="5 March 2024", language="English"):
    rows = "".join(
        row(*pair)
        for pair in (
            ("SE", "Local"),
            ("HD", f"<b class='enHeadline'>{number}) Council <b>keeps</b> fee</b>"),
            ("BY", "By Ada Writer"),
            ("WC", words),
            ("PD", date),
            ("ET", "17:04"),
            ("SN", "Coast Daily"),
            ("PG", "A3"),
            ("LA", language),
            ("LP", '<p class="articleParagraph enarticleParagraph">The council voted.</p>'),
            ("TD", "<p>It was late.</p><p>The fee stays [http://coast.example].</p>"),
            ("ART", "The harbour in winter"),
            ("NS", "gpol : Politics"),
            ("AN", f"Document {NUMBER}{number}"),
        )
    )
    return f'<div class="article enArticle"><table>{rows}</table></div>'


def by_place(number, words="1,177 words", date="5 March 2024", language="English"):
    lines = [words, date, "17:04", "Coast Daily", "CODA", "Final", "A3", language, "Copyright 2024 Coast"]
    return (
        f'<div id="article-{NUMBER}{number}" class="article"><div class="article enArticle"><div>Local</div>'
        f'<div id="hd"><span class="enHeadline">{number}) Council keeps fee</span></div><div class="author">Ada Writer</div>'
        + "".join(f"<div>{line}</div>" for line in lines)
        + '<p class="articleParagraph enarticleParagraph">The <b>council</b> voted.</p>'
        + f'<p class="articleParagraph enarticleParagraph">The fee stays.</p><p>Document {NUMBER}{number}</p></div></div>'
    )


@pytest.mark.parametrize("layout", [coded, by_place])
def test_both_layouts_of_a_page_give_the_same(layout):
    page = PAGE.format(layout(1) + layout(2))
    assert FactivaHtmlImporter().recognises(page.encode(), "x.htm") > 0.97
    found = documents(FactivaHtmlImporter().read(source(page, "factiva.html")))
    assert [each.title for each in found] == ["Council keeps fee"] * 2
    first = found[0]
    assert first.metadata["publication"] == "Coast Daily" and first.metadata["page"] == "A3"
    assert first.metadata["published"] == "2024-03-05T17:04:00" and first.metadata["record"] == f"{NUMBER}1"
    assert first.metadata["section"] == "Local" and first.language == "en"
    assert part(first, "BODY")[0].startswith("The council voted.\n\n")
    assert "Ada Writer" in part(first, "BYLINE")[0] and first.metadata["author"] == "Ada Writer"


@pytest.mark.parametrize(
    ("words", "date", "language", "iso"),
    [
        ("877 Wörter", "9 Januar 1993", "Deutsch", "1993-01-09"),
        ("295 mots", "29 décembre 2011", "Français", "2011-12-29"),
        ("1.012 palabras", "3 enero 2020", "Español", "2020-01-03"),
        ("512 字", "2018 年 10 月 7 日", "中文(简体)", "2018-10-07"),
        ("44 parole", "1 maggio 2001", "Italiano", "2001-05-01"),
        ("44 слов", "1 мая 2001", "Русский", "2001-05-01"),
    ],
)
def test_counts_dates_and_languages_in_the_language_of_the_page(words, date, language, iso):
    for layout in (coded, by_place):
        page = PAGE.format(layout(1, words, date, language))
        (document,) = documents(FactivaHtmlImporter().read(source(page)))
        assert document.metadata["published"][:10] == iso and document.metadata["length"] == words
        assert document.language and document.metadata["publication"] == "Coast Daily"


def test_a_page_that_says_utf_8_and_is_not():
    page = PAGE.format(coded(1).replace("The council voted", "Le conseil a été réuni à Évry"))
    page = page.replace("<head>", '<head><meta charset="UTF-8">')
    found = list(FactivaHtmlImporter().read(source(page.encode("windows-1252"), "factiva.html")))
    assert "été réuni à Évry" in documents(found)[0].text
    assert any("windows-1252" in item.text for item in found if not hasattr(item, "zones"))


def test_a_page_without_articles_is_refused():
    with pytest.raises(KnownError, match="No article is in it"):
        list(FactivaHtmlImporter().read(source(PAGE.format("<p>Nothing</p>"))))


XML = """<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="{count}">
{articles}</ppsarticleResultSet></ppsArticleResponse></PPSResponse>"""


def xml_article(number):
    return f"""<ppsarticle><article><accessionNo>{NUMBER}{number}</accessionNo><baseLanguage>DE</baseLanguage>
<headline><paragraph><hlt>Fee</hlt> {number} stays</paragraph></headline>
<leadParagraph><paragraph>The council <hlt>voted</hlt>.</paragraph></leadParagraph>
<publicationDate><date>2024-03-0{number}</date></publicationDate><sourceName>Coast Daily</sourceName>
<region code="x"><name>Northland</name></region><region code="y"><name>Coast</name></region>
<tailParagraphs>The fee stays.</tailParagraphs></article></ppsarticle>
"""


def read_xml(text):
    return list(FactivaXmlImporter().read(source(text, "factiva.xml")))


def test_xml_with_search_hits_and_a_wrong_count():
    text = XML.format(count=3, articles=xml_article(1) + xml_article(2))
    assert FactivaXmlImporter().recognises(text.encode(), "x.xml") > 0.97
    found = read_xml(text)
    first, _ = documents(found)
    assert first.title == "Fee 1 stays" and part(first, "BODY") == ["The council voted.\n\nThe fee stays."]
    assert first.metadata["geographic"] == "Northland; Coast" and first.language == "de"
    assert Count("factiva.xml: found 2, the file says 3.", 2, 3) in found


def test_of_xml_cut_off_what_is_whole_comes_in_and_the_rest_is_named():
    text = XML.format(count=3, articles="".join(map(xml_article, (1, 2, 3))))
    cut = text[: text.index("Fee</hlt> 3")]
    found = read_xml(cut)
    assert [each.title for each in documents(found)] == ["Fee 1 stays", "Fee 2 stays"]
    (reason,) = failures(found)
    assert "broken at line" in reason and "the record there was left out" in reason


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">
<!ENTITY file SYSTEM "file:///etc/passwd">]><PPSResponse xmlns="http://global.factiva.com/pps/2.0">
<ppsarticle><article><headline><paragraph>&b;&file;</paragraph></headline></article></ppsarticle></PPSResponse>"""


def test_entities_of_its_own_are_refused():
    with pytest.raises(KnownError, match="entities of its own"):
        read_xml(BOMB)


def test_elements_too_deep_are_refused():
    with pytest.raises(KnownError):
        read_xml(XML.format(count=1, articles="<a>" * 5000 + "</a>" * 5000))


CODED = "HD \tCouncil keeps fee\nBY \tAda Writer\nWC \t177 words\nPD \t5 March 2024\nET \t17:04\nSN \tCoast Daily\n\nLP \nThe council voted.\n\nTD \nThe fee stays.\n\nAN \nDocument {}\n"
PLAIN = "Council keeps fee\n\nAda Writer\n177 words\n5 March 2024\n17:04\nCoast Daily\nCODA\nEnglish\n(c) 2024 Coast\n\nThe council voted.\n\nThe fee stays.\n\nDocument {}\n"


def rich(text):
    body = "".join(f"{line}\\par\n" for line in text.replace("\t", "\\tab ").split("\n"))
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\n" + body + "}"


@pytest.mark.parametrize("layout", [CODED, PLAIN], ids=["coded", "by place"])
@pytest.mark.parametrize("form", [str, rich], ids=["text", "rtf"])
def test_text_and_rich_text(layout, form):
    text = form(layout.format(NUMBER + "1") + "\n" + layout.format(NUMBER + "2"))
    assert FactivaTextImporter().recognises(text.encode(), "x.rtf") > 0.9
    found = documents(FactivaTextImporter().read(source(text, "factiva.rtf")))
    assert [each.title for each in found] == ["Council keeps fee"] * 2
    assert found[1].metadata["record"] == NUMBER + "2"
    assert found[0].metadata["published"] == "2024-03-05T17:04:00"
    assert part(found[0], "BODY") == ["The council voted.\n\nThe fee stays."]


def test_text_cut_off_is_told():
    text = CODED.format(NUMBER + "1") + CODED.split("TD")[0]
    found = list(FactivaTextImporter().read(source(text)))
    assert len(documents(found)) == 1 and failures(found) == ["Its end is missing: the file was cut off."]
