# ruff: noqa: E501 - what a library's file looks like is not broken into lines
import pytest

from annotator.core.errors import KnownError
from annotator.importers.scans.alto import AltoImporter
from annotator.importers.scans.kb_article import KbArticleImporter
from annotator.importers.scans.page_xml import PageXmlImporter
from annotator.importers.walking import items
from tests.importers.sources import documents, failures, notices, source

BLOCK = '<TextBlock ID="{key}">{lines}</TextBlock>'


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def line(words, hyphen=""):
    strings = "<SP/>".join(
        word if word.startswith("<") else f'<String CONTENT="{word}" WC="0.{len(word) % 9}5"/>'
        for word in words.split(" ")
    )
    return f"<TextLine>{strings}{hyphen}</TextLine>"


def halves(first, second, whole, hyphen='<HYP CONTENT="-"/>'):
    start = f'<TextLine><String CONTENT="{first}" SUBS_TYPE="HypPart1" SUBS_CONTENT="{whole}"/>{hyphen}</TextLine>'
    return start, f'<TextLine><String CONTENT="{second}" SUBS_TYPE="HypPart2" SUBS_CONTENT="{whole}"/></TextLine>'


def alto(*blocks, namespace=' xmlns="http://www.loc.gov/standards/alto/ns-v3#"'):
    inner = "".join(BLOCK.format(key=key, lines=lines) for key, lines in blocks)
    return f'<?xml version="1.0" encoding="UTF-8"?><alto{namespace}><Layout><Page ID="P1"><PrintSpace>{inner}</PrintSpace></Page></Layout></alto>'


UNIFIED = halves("coun", "cil", "council")
PAGE_1 = alto(
    ("P1_B1", line("A headline")),
    ("P1_B2", line("The") + UNIFIED[0] + UNIFIED[1] + line("voted")),
    ("P1_B3", line("An advertisement")),
)
ACROSS = halves("har", "bour", "harbour")
PAGE_2 = alto(
    ("P2_B1", line("Second title")), ("P2_B2", line("In the") + ACROSS[0]), ("P2_B3", ACROSS[1] + line("it was late"))
)


@pytest.mark.parametrize(
    "namespace", [' xmlns="http://www.loc.gov/standards/alto/ns-v2#"', ' xmlns="http://schema.ccs-gmbh.com/ALTO"', ""]
)
def test_a_page_alone_is_a_document_with_words_joined_once(namespace):
    page = alto(
        ("B1", line("The") + UNIFIED[0] + UNIFIED[1]), ("B2", ACROSS[0]), ("B3", ACROSS[1]), namespace=namespace
    )
    assert AltoImporter().recognises(page.encode(), "x.xml") > 0.9
    (document,) = documents(AltoImporter().read(source(page, "page_1.xml")))
    assert part(document, "BODY") == ["The council\n\nharbour"] and document.title == "page_1"


def test_a_hyphen_that_nobody_resolved_joins_a_word_in_lower_case():
    page = alto(
        ("B1", line("The coun", '<HYP CONTENT="-"/>') + line("cil and Port", '<HYP CONTENT="-"/>') + line("Union"))
    )
    (document,) = documents(AltoImporter().read(source(page)))
    assert part(document, "BODY") == ["The council and Port Union"]


def test_half_a_word_whose_other_half_is_elsewhere_is_kept():
    (document,) = documents(AltoImporter().read(source(alto(("B1", ACROSS[1] + line("it was"))))))
    assert part(document, "BODY") == ["bour it was"]


HEAD = """<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/" xmlns:mods="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" OBJID="https://library.example/1" LABEL="Coast Daily 1858-12-07">
<dmdSec ID="MODSMD_PRINT"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>Coast Daily</mods:title></mods:titleInfo><mods:originInfo><mods:dateIssued>1858-12-07</mods:dateIssued></mods:originInfo><mods:language><mods:languageTerm>eng</mods:languageTerm></mods:language></mods:mods></xmlData></mdWrap></dmdSec>
<dmdSec ID="MODSMD_ARTICLE1"><mdWrap><xmlData><mods:mods><mods:titleInfo><mods:title>A headline</mods:title></mods:titleInfo><mods:name><mods:namePart type="family">Writer</mods:namePart><mods:namePart type="given">Ada</mods:namePart></mods:name></mods:mods></xmlData></mdWrap></dmdSec>
<fileSec><fileGrp USE="Text"><file ID="ALTO1" MIMETYPE="text/xml"><FLocat xlink:href="file://./text/p1.xml"/></file><file ID="ALTO2" MIMETYPE="text/xml"><FLocat xlink:href="file://./text/p2.xml"/></file></fileGrp></fileSec>
"""
AREA = '<fptr><area FILEID="ALTO{page}" BEGIN="P{page}_B{block}" BETYPE="IDREF"/></fptr>'


def area(page, block):
    return AREA.format(page=page, block=block)


PHYSICAL = f'<structMap TYPE="PHYSICAL"><div TYPE="PAGE" ORDERLABEL="1">{area(1, 1)}</div><div TYPE="PAGE" ORDERLABEL="2">{area(2, 1)}</div></structMap>'
NESTED = f"""<structMap TYPE="LOGICAL"><div TYPE="ISSUE"><div TYPE="SECTION" LABEL="Local"><div TYPE="ARTICLE" ID="A1" DMDID="MODSMD_ARTICLE1" LABEL="A headline">
<div TYPE="HEADING"><div TYPE="TITLE">{area(1, 1)}</div></div><div TYPE="BODY"><div TYPE="PARAGRAPH">{area(1, 2)}</div></div></div></div>
<div TYPE="Article" ID="A2"><div TYPE="HEADLINE">{area(2, 1)}</div><div TYPE="TEXT">{area(2, 2)}</div><div TYPE="TEXT">{area(2, 3)}</div></div></div></structMap>"""
LINKED = """<structMap TYPE="PHYSICAL"><div TYPE="Newspaper"><div TYPE="page" ID="pg1" ORDER="1"><div ID="pa1"><fptr><area FILEID="ALTO1" BEGIN="P1_B1" BETYPE="IDREF"/></fptr></div><div ID="pa2"><fptr><area ID="ar2" FILEID="ALTO1" BEGIN="P1_B2" BETYPE="IDREF"/></fptr></div></div>
<div TYPE="page" ID="pg2" ORDER="2"><div ID="pa3"><fptr><area FILEID="ALTO2" BEGIN="P2_B2" BETYPE="IDREF"/></fptr></div><div ID="pa4"><fptr><area FILEID="ALTO2" BEGIN="P2_B3" BETYPE="IDREF"/></fptr></div></div></div></structMap>
<structMap TYPE="LOGICAL"><div TYPE="Issue"><div TYPE="ARTICLE" ID="art1"/><div TYPE="ARTICLE" ID="art2"/></div></structMap>
<structLink><smLinkGrp><smLocatorLink xlink:href="#art1"/><smLocatorLink xlink:href="#pa1"/><smLocatorLink xlink:href="#pa2"/></smLinkGrp>
<smLinkGrp><smLocatorLink xlink:href="#art2"/><smLocatorLink xlink:href="#pa3"/><smLocatorLink xlink:href="#pa4"/></smLinkGrp></structLink>"""


@pytest.fixture
def issue(tmp_path):
    def write(structure, pages=(PAGE_1, PAGE_2)):
        (tmp_path / "text").mkdir()
        (tmp_path / "1858_mets.xml").write_text(HEAD + structure + "</mets>", encoding="utf-8")
        for number, page in enumerate(pages, 1):
            (tmp_path / "text" / f"p{number}.xml").write_text(page, encoding="utf-8")
        return tmp_path

    return write


def test_articles_by_the_logical_structure(issue):
    found = list(items([issue(PHYSICAL + NESTED)]))
    first, second = documents(found)
    assert (first.title, second.title) == ("A headline", "Second title")
    assert part(first, "HEADLINE") == ["A headline"] and part(first, "BODY") == ["The council voted"]
    assert part(second, "BODY") == ["In the harbour\n\nit was late"]
    assert first.metadata["publication"] == "The Coast Daily" and first.metadata["published"] == "1858-12-07"
    assert first.metadata["author"] == "Ada Writer" and first.metadata["section"] == "Local"
    assert first.metadata["page"] == "1" and second.metadata["page"] == "2" and first.language == "en"
    assert first.metadata["uri"] == "https://library.example/1#A1"
    assert any("1 blocks of text that belong to no article" in text for text in notices(found))


def test_articles_by_links_between_the_structures(issue):
    found = list(items([issue(LINKED)]))
    first, second = documents(found)
    assert part(first, "BODY") == ["A headline\n\nThe council voted"]
    assert part(second, "BODY") == ["In the harbour\n\nit was late"] and not failures(found)


def test_without_articles_pages_come_in(issue):
    found = documents(items([issue(PHYSICAL)]))
    assert [each.title for each in found] == [
        "The Coast Daily, 1858-12-07, page 1",
        "The Coast Daily, 1858-12-07, page 2",
    ]


def test_a_page_that_is_missing_or_damaged_is_told_and_the_rest_comes_in(issue):
    folder = issue(PHYSICAL + NESTED, (PAGE_1, PAGE_2[:200]))
    found = list(items([folder]))
    assert [each.title for each in documents(found)] == ["A headline"]
    assert any(
        "broken" in reason for reason in failures(found)
    ) and "Its text is on a page that is missing." in failures(found)
    (folder / "text" / "p1.xml").unlink()
    (folder / "text" / "p2.xml").unlink()
    assert any("Its pages are not beside it" in reason for reason in failures(items([folder])))


@pytest.mark.parametrize(
    "place",
    [
        "/etc/passwd",
        "../outside.xml",
        "file:///etc/passwd",
        "http://library.example/p1.xml",
        "text/p1.xml/../../../outside.xml",
    ],
)
def test_nothing_outside_its_folder_is_read(issue, place):
    folder = issue(PHYSICAL + NESTED)
    (folder.parent / "outside.xml").write_text(alto(("P1_B1", line("secret"))))
    mets = folder / "1858_mets.xml"
    mets.write_text(mets.read_text().replace("file://./text/p1.xml", place))
    found = list(items([mets]))
    assert not any("secret" in each.text for each in documents(found)) and any(
        "not beside it" in reason for reason in failures(found)
    )


PAGE_XML = """<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageFilename="p.jpg"><ReadingOrder><OrderedGroup>
<RegionRefIndexed regionRef="r2" index="0"/><RegionRefIndexed regionRef="r1" index="1"/></OrderedGroup></ReadingOrder>
<TextRegion id="r1" type="paragraph"><TextLine><TextEquiv><Unicode>The coun-</Unicode></TextEquiv></TextLine><TextLine><TextEquiv><Unicode>cil voted.</Unicode></TextEquiv></TextLine><TextEquiv><Unicode></Unicode></TextEquiv></TextRegion>
<TextRegion id="r2" type="heading"><TextEquiv index="1"><Unicode>Wrong</Unicode></TextEquiv><TextEquiv index="0"><Unicode>A headline</Unicode></TextEquiv></TextRegion>
<TextRegion id="r3" type="page-number"><TextEquiv><Unicode>3</Unicode></TextEquiv></TextRegion></Page></PcGts>"""


def test_regions_come_in_reading_order():
    assert PageXmlImporter().recognises(PAGE_XML.encode(), "x.xml") > 0.9
    (document,) = documents(PageXmlImporter().read(source(PAGE_XML)))
    assert document.text == "A headline\n\nThe council voted.\n\n3"
    assert document.title == "A headline" and part(document, "BOILERPLATE") == ["3"]


def test_a_page_without_a_page_is_refused():
    with pytest.raises(KnownError, match="no page"):
        list(PageXmlImporter().read(source("<PcGts></PcGts>")))


def test_an_article_of_delpher_and_the_index_of_its_issue():
    text = "<?xml version='1.0'?><text><title>De haven</title><p>De raad stemde.</p><p>Het blijft.</p></text>"
    assert KbArticleImporter().recognises(text.encode(), "x.xml") > 0.9
    (document,) = documents(KbArticleImporter().read(source(text, "ddd_1_articletext.xml")))
    assert document.title == "De haven" and part(document, "BODY") == ["De raad stemde.\n\nHet blijft."]
    index = '<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xsi:schemaLocation="x"><didl:Item/></didl:DIDL>'
    found = list(KbArticleImporter().read(source(index)))
    assert not documents(found) and "index of an issue" in notices(found)[0]


def test_prefixes_that_are_not_declared_do_no_harm():
    page = alto(("B1", line("The council voted"))).replace("<alto", '<alto xsi:schemaLocation="x y"')
    assert documents(AltoImporter().read(source(page)))[0].text.startswith("The council voted")
