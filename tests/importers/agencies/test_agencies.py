# ruff: noqa: E501 - what a file of an agency looks like is not broken into lines
import json

import pytest

from annotator.core.errors import KnownError
from annotator.importers.agencies.gigaword import GigawordImporter
from annotator.importers.agencies.newsml import NewsMlImporter
from annotator.importers.agencies.ninjs import NinjsImporter
from annotator.importers.agencies.nitf import NitfImporter
from annotator.importers.agencies.reuters import ReutersCorpusImporter
from annotator.importers.feeds import FeedImporter
from tests.importers.sources import documents, failures, notices, source


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def read(importer, text, name="x.xml"):
    assert importer.recognises(text.encode() if isinstance(text, str) else text, name) > 0.9
    return list(importer.read(source(text, name)))


NITF = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">
<nitf><head><title>Slug title</title><docdata><doc-id id-string="id-1"/><date.issue norm="{date}"/><doc.copyright holder="Agency" year="2024"/>
<key-list><keyword key="harbour"/></key-list></docdata><pubdata name="Coast Daily" position.section="Local"/></head>
<body xml:lang="de"><body.head><hedline>{headline}</hedline><byline>By <person>Ada Writer</person></byline><dateline><location>NORTHPORT</location></dateline>
<abstract><p>The fee stays.</p></abstract></body.head>
<body.content>{content}<media media-type="image"><media-caption><p>The harbour.</p></media-caption><media-producer>M. Photo</media-producer></media></body.content>
<body.end><tagline>aw/mp</tagline></body.end></body></nitf>"""
LINES = "<p>The council voted, caf&eacute; or not.</p><hl2>A heading</hl2><p>The fee <em>stays</em>.</p>"


def nitf(
    headline="<hl1>Council keeps fee</hl1><hl2>Mayor disagrees</hl2>",
    content=LINES,
    date="20240305T143000-0500",
    encoding="utf-8",
):
    return NITF.format(headline=headline, content=content, date=date, encoding=encoding)


def test_nitf():
    (document,) = documents(read(NitfImporter(), nitf()))
    assert document.title == "Council keeps fee" and document.language == "de"
    assert document.metadata["published"] == "2024-03-05T14:30:00-05:00" and document.metadata["record"] == "id-1"
    assert document.metadata["publication"] == "Coast Daily" and document.metadata["keywords"] == "harbour"
    assert part(document, "BODY") == ["The council voted, café or not.\n\nA heading\n\nThe fee stays."]
    assert part(document, "DEK") == ["Mayor disagrees", "The fee stays."]
    assert part(document, "CAPTION") == ["The harbour."] and part(document, "CREDIT") == ["M. Photo"]
    assert part(document, "DATELINE") == ["NORTHPORT"] and part(document, "BYLINE") == ["By Ada Writer"]


def test_nitf_without_a_first_headline_and_with_a_date_without_time():
    (document,) = documents(read(NitfImporter(), nitf("<hl2>Second</hl2>", date="20240305")))
    assert document.title == "Second" and document.metadata["published"] == "2024-03-05"


def test_a_lead_paragraph_that_comes_twice_is_taken_once():
    content = '<block class="lead_paragraph"><p>One.</p></block><block class="full_text"><p>One.</p><p>Two.</p></block>'
    (document,) = documents(read(NitfImporter(), nitf(content=content)))
    assert part(document, "BODY") == ["One.\n\nTwo."]
    apart = content.replace("full_text", "other")
    assert part(documents(read(NitfImporter(), nitf(content=apart)))[0], "BODY") == ["One.\n\nOne.\n\nTwo."]


def test_nitf_that_says_another_encoding_than_it_has():
    wrong = nitf(encoding="iso-8859-1").replace("The council", "Größe").encode()
    assert "Größe" in documents(read(NitfImporter(), wrong))[0].text
    right = nitf(encoding="iso-8859-1").replace("The council", "Größe").encode("iso-8859-1")
    assert "Größe" in documents(read(NitfImporter(), right))[0].text


def test_nitf_cut_off_is_refused_with_its_line():
    with pytest.raises(KnownError, match="broken at line"):
        read(NitfImporter(), nitf()[:-80])


ITEM = """<newsItem guid="urn:{n}" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:AG"/>
<versionCreated>2024-03-0{n}T10:00:00+01:00</versionCreated></itemMeta><contentMeta><headline>Item {n}</headline><by>Ada Writer</by>
<dateline>NORTHPORT</dateline><subject qcode="x:1"><name>harbours</name></subject></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><h1>Item {n}</h1><p>First.</p><p>Second.</p></body></html></inlineXML>'
MESSAGE = (
    '<?xml version="1.0"?><newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{}</itemSet></newsMessage>'
)


def item(n, kind="text", content=XHTML):
    return ITEM.format(n=n, kind=kind, content=content.format(n=n))


def test_a_message_with_texts_and_a_picture_and_a_package():
    text = MESSAGE.format(item(1) + item(2, "picture", "") + item(3) + "<packageItem/>")
    found = read(NewsMlImporter(), text)
    first, second = documents(found)
    assert (first.title, second.title) == ("Item 1", "Item 3")
    assert part(first, "BODY") == ["First.\n\nSecond."] and part(first, "BYLINE") == ["Ada Writer"]
    assert first.metadata["published"] == "2024-03-01T10:00:00+01:00" and first.metadata["subject"] == "harbours"
    assert any("1 picture item" in text for text in notices(found)) and any(
        "1 package item" in text for text in notices(found)
    )


def test_several_renditions_of_one_text_are_taken_once():
    plain = "<inlineData contenttype='text/plain'>First.\n\nSecond.</inlineData>"
    (document,) = documents(read(NewsMlImporter(), MESSAGE.format(item(1, content=XHTML + plain))))
    assert document.text.count("First.") == 1


def test_a_damaged_item_leaves_the_others_alone():
    text = MESSAGE.format(item(1) + "\n" + item(2).replace("</headline>", "") + "\n" + item(3))
    found = read(NewsMlImporter(), text)
    assert "Item 1" in [each.title for each in documents(found)] and len(failures(found)) == 1


def test_newsml_of_the_first_generation():
    text = """<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>ag</ProviderId><DateId>20240305</DateId><NewsItemId>7</NewsItemId>
    <PublicIdentifier>urn:7</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20240305T101500Z</ThisRevisionCreated></NewsManagement>
    <NewsComponent><NewsLines><HeadLine>Council keeps fee</HeadLine><ByLine>Ada Writer</ByLine></NewsLines><DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>
    <NewsComponent><Role FormalName="Main"/><ContentItem><DataContent><p>First.</p><p>Second.</p></DataContent></ContentItem></NewsComponent>
    <NewsComponent><ContentItem><MediaType FormalName="Photo"/><DataContent>The harbour.</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""
    (document,) = documents(read(NewsMlImporter(), text))
    assert document.title == "Council keeps fee" and document.metadata["published"] == "2024-03-05T10:15:00Z"
    assert part(document, "BODY") == ["First.\n\nSecond."] and part(document, "CAPTION") == ["The harbour."]
    assert document.language == "fr" and document.metadata["record"] == "urn:7"


FIRST = {
    "uri": "u:1",
    "type": "text",
    "versioncreated": "2024-03-05T10:00:00Z",
    "headline": "Fee stays",
    "byline": "Ada",
    "body_text": "First. Second.",
    "body_xhtml": "<p>First.</p><p>Second.</p>",
}
SECOND = {
    "uri": "u:1",
    "type": "text",
    "versioncreated": "2024-03-05T10:00:00Z",
    "headlines": [{"role": "main", "value": "Fee stays"}],
    "by": "Ada",
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": "First. Second."},
        {"contenttype": "body_xhtml", "value": "<p>First.</p><p>Second.</p>"},
    ],
}
THIRD = {
    "uri": "u:1",
    "type": "text",
    "versionCreated": "2024-03-05T10:00:00Z",
    "headlines": [{"value": "Fee stays"}],
    "by": "Ada",
    "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>First.</p><p>Second.</p>"}],
}


@pytest.mark.parametrize("generation", [FIRST, SECOND, THIRD])
@pytest.mark.parametrize(
    "wrapped",
    [lambda item: item, lambda item: [item], lambda item: {"data": {"item": item}}, lambda item: {"item": [item]}],
)
def test_ninjs_of_every_generation_and_wrapping(generation, wrapped):
    (document,) = documents(read(NinjsImporter(), json.dumps(wrapped(generation)), "x.json"))
    assert document.title == "Fee stays" and document.metadata["published"] == "2024-03-05T10:00:00Z"
    assert part(document, "BODY") == ["First.\n\nSecond."] and part(document, "BYLINE") == ["Ada"]


def test_ninjs_with_pictures():
    picture = {"uri": "u:2", "type": "picture", "description_text": "The harbour.", "byline": "M."}
    whole = FIRST | {"type": "composite", "associations": {"main": picture}}
    (document,) = documents(read(NinjsImporter(), json.dumps(whole), "x.json"))
    assert part(document, "CAPTION") == ["The harbour."] and part(document, "CREDIT") == ["M."]
    alone = read(NinjsImporter(), json.dumps(picture | {"versioncreated": "2024-03-05T10:00:00Z"}), "x.json")
    assert not documents(alone) and "1 picture item left out" in notices(alone)[0]


def test_ninjs_that_is_no_json():
    with pytest.raises(KnownError, match="cannot be read"):
        list(NinjsImporter().read(source('{"uri": "x", "type": "text", "headline": ')))


def test_the_reuters_corpus():
    text = """<?xml version="1.0" encoding="iso-8859-1" ?><newsitem itemid="9" id="root" date="1996-08-20" xml:lang="en"><title>USA: Fee stays.</title>
    <headline>Fee stays.</headline><byline>Ada</byline><dateline>NORTHPORT 1996-08-20</dateline><text><p>First.</p><p>Second.</p></text>
    <metadata><codes class="bip:topics:1.0"><code code="GPOL"/></codes><dc element="dc.date.published" value="1996-08-20"/></metadata></newsitem>"""
    (document,) = documents(read(ReutersCorpusImporter(), text))
    assert document.title == "USA: Fee stays." and part(document, "HEADLINE") == ["Fee stays."]
    assert document.metadata["topics"] == "GPOL" and document.metadata["published"] == "1996-08-20"


def test_gigaword_with_a_document_cut_off():
    text = '<DOC id="NYT_ENG_19990401.0001" type="story" >\n<HEADLINE>\nFee &amp;\nstays\n</HEADLINE>\n<TEXT>\n<P>\nFirst\nline.\n</P>\n<P>\nSecond.\n</P>\n</TEXT>\n</DOC>\n<DOC id="NYT_ENG_19990402.0002" type="other" >\n<TEXT>\nBare text.\n</TEXT>\n</DOC>\n<DOC id="NYT_ENG_19990402.0003"'
    found = read(GigawordImporter(), text + " >\n<TEXT>\nCut", "x.sgml")
    first, second = documents(found)
    assert first.title == "Fee & stays" and part(first, "BODY") == ["First\nline.\n\nSecond."]
    assert first.metadata["published"] == "1999-04-01" and first.metadata["publication"] == "NYT"
    assert part(second, "BODY") == ["Bare text."] and "cut off" in failures(found)[0]


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Coast Daily</title><language>en-us</language>
<item><title>Fee &amp; harbour</title><link>https://coast.example/1</link><guid>g1</guid><pubDate>Tue, 05 Mar 2024 08:00:00 GMT</pubDate><dc:creator>Ada</dc:creator><description>&lt;p&gt;Short.&lt;/p&gt;</description><content:encoded><![CDATA[<p>First.</p><p>Second.</p>]]></content:encoded><category>harbours</category></item>
<item><title>Second</title><link>https://coast.example/2</link><pubDate>x</pubDate><description>Only this.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Coast Daily</title><entry><title>Fee</title><id>i1</id><link rel="self" href="https://coast.example/self"/><link rel="alternate" href="https://coast.example/1"/>
<published>2024-03-05T08:00:00Z</published><author><name>Ada</name></author><summary>Short.</summary><content type="html">&lt;p&gt;First.&lt;/p&gt;</content></entry></feed>"""


def test_rss():
    first, second = documents(read(FeedImporter(), RSS))
    assert first.title == "Fee & harbour" and first.metadata["published"] == "2024-03-05T08:00:00Z"
    assert part(first, "BODY") == ["First.\n\nSecond."] and part(first, "DEK") == ["Short."]
    assert first.metadata["author"] == "Ada" and first.metadata["publication"] == "Coast Daily"
    assert part(second, "BODY") == ["Only this."] and "published" not in second.metadata


def test_atom():
    (document,) = documents(read(FeedImporter(), ATOM))
    assert document.metadata["uri"] == "https://coast.example/1" and document.metadata["author"] == "Ada"
    assert part(document, "BODY") == ["First."] and document.language == "de"
