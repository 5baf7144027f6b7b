# ruff: noqa: E501 - what a download looks like is not broken into lines
import pytest

from annotator.core.errors import KnownError
from annotator.importers.databases.proquest_text import ProquestTextImporter
from annotator.importers.databases.proquest_xml import ProquestXmlImporter
from annotator.importers.databases.ris import RisImporter
from tests.importers.sources import documents, failures, source

LINE = "_" * 60


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def block(number, body="The council voted to keep the fee.\nThe mayor disagreed.", title="Council keeps fee"):
    return f"""
{title} {number}

Author: Writer, Ada

Publication info: Coast Daily ; Northport [Northport]. 05 Mar 2024: A.3.

https://www.proquest.com/docview/100{number}

Full text: {body}

CREDIT: M. Photographer

Subject: Harbors; Fees

Company / organization: Name: Port Union;
NAICS: 488310

Title: {title} {number}

Publication title: Coast Daily; Northport

First page: A.3

Publication date: Mar {number}, 2024

Section: Local

Language of publication: English

ProQuest document ID: 100{number}

Document URL: https://www.proquest.com/docview/100{number}

Database: Newsstream

{LINE}
"""


FOOTER = "\nContact us at: https://www.proquest.com/  Copyright 2024\n"


def read(text):
    return list(ProquestTextImporter().read(source(text, "proquest.txt")))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_documents_are_parted_and_the_footer_is_none(line_end):
    text = ("\ufeff" + LINE + block(1) + block(2) + FOOTER).replace("\n", line_end)
    assert ProquestTextImporter().recognises(text.encode(), "x.txt") > 0.9
    first, second = documents(read(text))
    assert (first.title, second.title) == ("Council keeps fee 1", "Council keeps fee 2")
    assert first.metadata["published"] == "2024-03-01" and first.metadata["record"] == "1001"
    assert first.metadata["publication"] == "Coast Daily" and first.metadata["page"] == "A.3"
    assert first.metadata["company"] == "Name: Port Union; NAICS: 488310"
    assert first.metadata["uri"] == "https://www.proquest.com/docview/1001"
    assert part(first, "BODY") == ["The council voted to keep the fee.\n\nThe mayor disagreed."]
    assert part(first, "CREDIT") == ["M. Photographer"] and part(first, "BYLINE") == ["Writer, Ada"]


def test_a_headline_or_a_line_of_text_that_looks_like_a_field():
    body = "First line.\nSubject: the fee, he said.\nTitle: mayor.\nLast line."
    (document,) = documents(read(LINE + block(1, body, "Title: a headline")))
    assert document.title == "Title: a headline 1"
    assert part(document, "BODY") == [body.replace("\n", "\n\n")]


def test_a_number_before_each_document_is_no_title():
    text = LINE + "\nDocument 1 of 2\n" + block(1) + "\nDocument 2 of 2\n" + block(2)
    assert [each.title for each in documents(read(text))] == ["Council keeps fee 1", "Council keeps fee 2"]


def test_fields_may_be_missing():
    bare = f"{LINE}\n\nA title\n\nFull text: Text of it.\n\nPublication title: Coast Daily\n\n{LINE}\n"
    (document,) = documents(read(bare))
    assert document.title == "A title" and "record" not in document.metadata


RIS = "TY  - NEWS\r\nTI  - Fee {n} stays\r\nAU  - Writer, Ada\r\nT2  - Coast Daily\r\nDA  - 2024/03/0{n}/\r\nSP  - A3\r\nAB  - The council voted.\r\nIt was late.\r\nKW  - Harbors\r\nKW  - Fees\r\nUR  - https://coast.example/{n}\r\nER  - \r\n\r\n"


def test_ris_records_and_one_cut_off():
    text = RIS.format(n=1) + RIS.format(n=2) + RIS.format(n=3)[:60]
    assert RisImporter().recognises(text.encode(), "x.ris") > 0.9
    found = list(RisImporter().read(source(text, "a.ris")))
    first, _ = documents(found)
    assert first.title == "Fee 1 stays" and first.metadata["published"] == "2024-03-01"
    assert first.metadata["subject"] == "Harbors; Fees" and first.metadata["uri"] == "https://coast.example/1"
    assert part(first, "BODY") == ["The council voted.\n\nIt was late."]
    assert failures(found) == ["Its end (“ER  - ”) is missing: the file was cut off within it."]


def test_ris_with_a_year_alone():
    text = "TY  - NEWS\nT1  - A title\nPY  - 1987\nN2  - Text.\nER  - \n"
    assert documents(RisImporter().read(source(text)))[0].metadata["published"] == "1987"


RECORD = """<?xml version="1.0" encoding="UTF-8"?><RECORD><GOID>42</GOID><Obj><TitleAtt><Title>Council keeps fee</Title></TitleAtt>
<NumericDate>2024-03-05</NumericDate><Contributors><Contributor><OriginalForm>Writer, Ada</OriginalForm></Contributor></Contributors>
</Obj><DFS><PubFrosting><Title>Coast Daily</Title></PubFrosting></DFS>
<TextInfo><Text HTMLContent="true" WordCount="9">&lt;html&gt;&lt;body&gt;&lt;p&gt;The council voted.&lt;/p&gt;&lt;p&gt;The fee stays.&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</Text></TextInfo></RECORD>"""


def test_a_record_in_xml_whose_text_is_mark_up():
    assert ProquestXmlImporter().recognises(RECORD.encode(), "x.xml") > 0.9
    (document,) = documents(ProquestXmlImporter().read(source(RECORD)))
    assert document.title == "Council keeps fee" and document.metadata["publication"] == "Coast Daily"
    assert document.metadata["published"] == "2024-03-05" and document.metadata["author"] == "Writer, Ada"
    assert part(document, "BODY") == ["The council voted.\n\nThe fee stays."]


def test_no_document_is_told():
    with pytest.raises(KnownError, match="No document"):
        read(LINE + "\nnothing\n" + LINE)
