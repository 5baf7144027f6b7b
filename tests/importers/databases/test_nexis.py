import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from annotator.core.errors import KnownError
from annotator.core.imports import Count, Suspect
from annotator.importers.databases.nexis_html import NexisHtmlImporter
from annotator.importers.databases.nexis_text import NexisTextImporter
from annotator.importers.databases.nexis_word import NexisWordImporter
from annotator.importers.office.word import WordImporter
from tests.importers.sources import documents, failures, source

BODY = (
    "The harbour council voted on Tuesday night to keep the fee that every ship has\n"
    "paid since 1954, although the mayor had asked for its end before the summer of\n"
    "this year.\n\nMayor Ada Lund said: nobody asked us. The fee pays for the ice breakers.\n"
)


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def text_article(number=1, of=1, counter="{n} of {all} DOCUMENTS", body=BODY, fields="LENGTH: 120 words", end=None):
    marker = counter.format(n=number, all=of)
    end = end if end is not None else "LOAD-DATE: March 6, 2024\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n"
    return (
        f"\n{marker:^70}\n\n\n{'Coast Daily (Northport)':^70}\n\n"
        f"{'March 5, 2024 Tuesday':^70}\n{'Final Edition':^70}\n\n"
        f"Council keeps fee {number}\n\nBYLINE: By Ada Writer\n\nSECTION: NEWS; Pg. 4\n\n{fields}\n\n{body}\n{end}\n\n"
        f"{'Copyright 2024 Coast Media':^70}\n{'All Rights Reserved':^70}\n"
    )


def read_text(text, importer=None):
    return list((importer or NexisTextImporter()).read(source(text, "nexis.txt")))


def test_a_text_file_is_split_and_its_fields_told_apart():
    found = read_text("\ufeff" + "".join(text_article(n, 3) for n in (1, 2, 3)))
    first, second, third = documents(found)
    assert [each.title for each in (first, second, third)] == [f"Council keeps fee {n}" for n in (1, 2, 3)]
    assert first.metadata["publication"] == "Coast Daily (Northport)"
    assert first.metadata["published"] == "2024-03-05" and first.metadata["edition"] == "Final Edition"
    assert first.metadata["author"] == "Ada Writer" and first.metadata["page"] == "4"
    assert first.language == "en" and part(first, "BYLINE") == ["By Ada Writer"]
    (body,) = part(first, "BODY")
    assert body.startswith("The harbour council voted on Tuesday night to keep the fee that every ship has paid since")
    assert body.split("\n\n")[1].startswith("Mayor Ada Lund said:") and "LOAD-DATE" not in first.text
    assert [item for item in found if isinstance(item, Count)] == [Count("nexis.txt: found 3, as the file says.", 3, 3)]


@pytest.mark.parametrize(
    ("counter", "labels"),
    [
        ("Dokument {n} von {all}", ("AUTOR", "RUBRIK", "LÄNGE", "UPDATE", "SPRACHE: DEUTSCH")),
        ("Document {n} de {all}", ("AUTEUR", "RUBRIQUE", "LONGUEUR", "DATE-CHARGEMENT", "LANGUE: FRENCH; FRANÇAIS")),
        ("FOCUS - {n} of {all} DOCUMENTS", ("BYLINE", "SECTION", "LENGTH", "LOAD-DATE", "LANGUAGE: ENGLISH")),
        ("{n} van {all} DOCUMENTEN", ("AUTEUR", "SECTIE", "LENGTE", "LAADDATUM", "TAAL: NEDERLANDS")),
    ],
)
def test_counters_and_labels_follow_the_language_of_the_page(counter, labels):
    author, section, length, load, language = labels
    text = "".join(text_article(n, 2, counter, fields="") for n in (1, 2))
    for old, new in (("BYLINE", author), ("SECTION", section), ("LOAD-DATE", load), ("LANGUAGE: ENGLISH", language)):
        text = text.replace(old, new)
    text = text.replace("NEWS; Pg. 4\n", f"NEWS; Pg. 4\n\n{length}: 120\n")
    assert NexisTextImporter().recognises(text.encode(), "x.txt") > 0.9
    found = documents(read_text(text))
    assert len(found) == 2
    assert found[0].metadata["section"] == "NEWS; Pg. 4" and found[0].metadata["length"] == "120"
    assert part(found[0], "BODY")[0].startswith("The harbour council") and load not in found[0].text


def test_capitals_with_a_colon_within_the_text_are_text():
    body = BODY + "\nSUBJECT: the fee, again.\n\nDUFFY: It stays.\n\nLUND: It goes.\n"
    (document,) = documents(read_text(text_article(body=body)))
    assert part(document, "BODY")[0].endswith("SUBJECT: the fee, again.\n\nDUFFY: It stays.\n\nLUND: It goes.")
    assert "subject" not in document.metadata


def test_a_picture_s_caption_behind_the_text_is_one_also_over_blank_lines():
    end = "LANGUAGE: ENGLISH\n\nGRAPHIC: The harbour\nin winter\n\nA second picture\n\nLOAD-DATE: March 6, 2024"
    (document,) = documents(read_text(text_article(end=end)))
    assert part(document, "CAPTION") == ["The harbour\nin winter\n\nA second picture"]


def test_counters_that_repeat_or_disagree_do_not_matter():
    text = text_article(1, 204) + text_article(1, 204) + text_article(8, 383)
    found = read_text(text)
    assert len(documents(found)) == 3
    assert [item.text for item in found if isinstance(item, Count)] == ["nexis.txt: found 3, the file says 204."]


def test_a_title_behind_its_label_and_an_article_without_one():
    kop = text_article().replace("Council keeps fee 1\n", "").replace("BYLINE", "KOP: Fee stays\n\nBYLINE")
    assert documents(read_text(kop))[0].title == "Fee stays"
    bare = text_article().replace("Council keeps fee 1\n\n", "")
    found = read_text(bare)
    assert documents(found)[0].title.startswith("The harbour council voted")
    assert [item.text.endswith("looks wrong: no title.") for item in found if isinstance(item, Suspect)] == [True]


def test_no_indent_at_all():
    text = re.sub(r"(?m)^ +", "", text_article(1, 1))
    (document,) = documents(read_text(text))
    assert document.title == "Council keeps fee 1" and document.metadata["publication"] == "Coast Daily (Northport)"


def test_one_article_in_another_encoding_is_read_and_one_that_is_damaged_is_named():
    good = text_article(1, 3, body="Überall im Hafen wird für die Gebühr gekämpft, größer als früher.\n").encode()
    older = text_article(2, 3, body="Café déjà fermé après l'été, côté rivière: où est-ce?\n").encode("windows-1252")
    broken = text_article(3, 3).encode().replace(b"Mayor", b"May\x81\xd0\xffor\xf8\x9d \xc0\xaf")
    found = read_text(good * 12 + older + broken)
    assert len(documents(found)) >= 13
    assert any("Café déjà fermé" in document.text for document in documents(found))
    assert len(failures(found)) == 1 and "nexis.txt, article 14" in next(i.path for i in found if hasattr(i, "reason"))


def test_a_text_without_counters_is_refused_with_a_sentence():
    assert NexisTextImporter().recognises(BODY.encode(), "x.txt") == 0
    with pytest.raises(KnownError, match="1 of 10 DOCUMENTS"):
        read_text(BODY)


# HTML


def html_article(number, of=2, body=None, title=True):
    hit = "<SPAN CLASS='c4'>voted</SPAN>"
    body = body or f"<P CLASS='c9'>The council {hit} to keep it &amp; more, at {number} o'clock sharp.</P>"
    heading = f"<BR><DIV CLASS='c5'><P><SPAN CLASS='c7'>Fee {number};<BR>a story</SPAN></P></DIV>" if title else ""
    return (
        f'<A NAME="DOC_ID_0_{number}"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> -->\n'
        f"<BR><DIV CLASS='c0'><P>{number} of {of} DOCUMENTS</P></DIV><BR><DIV CLASS='c3'><P>Coast Daily</P></DIV>"
        f"<BR><DIV CLASS='c3'><P><SPAN>March</SPAN><SPAN> {number}, 2024, Tuesday</SPAN></P></DIV>{heading}"
        f"<BR><DIV CLASS='c5'><P><SPAN>SECTION: </SPAN><SPAN>News; Pg. 3</SPAN></P></DIV>"
        f"<BR><DIV CLASS='c5'>{body}</DIV><BR><DIV CLASS='c5'><P><SPAN>LANGUAGE: </SPAN>ENGLISH</P></DIV>"
        "<BR><DIV CLASS='c3'><P>Copyright 2024</P></DIV>\n<!-- Hide XML section from browser\n</DOCFULL>\n</DOC> -->"
    )


HEAD = (
    "<HTML><HEAD><STYLE><!--\n.c0 { text-align: center; }\n.c3 { text-align: center; }\n"
    ".c5 { text-align: left; }\n--></STYLE>"
    '<META TOPIC="null" DOCUMENTS="2" UPDATED="x" /></HEAD><BODY>'
)


def test_an_html_file_is_split_by_what_its_comments_hide():
    page = HEAD + html_article(1) + html_article(2) + "</BODY></HTML>"
    importer = NexisHtmlImporter()
    assert importer.recognises(page.encode(), "x.html") > 0.97
    found = list(importer.read(source(page, "nexis.html")))
    first, second = documents(found)
    assert first.title == "Fee 1; a story" and part(first, "HEADLINE") == ["Fee 1;\na story"]
    assert part(first, "BODY") == ["The council voted to keep it & more, at 1 o'clock sharp."]
    assert second.metadata["published"] == "2024-03-02" and second.metadata["page"] == "3"
    assert Count("nexis.html: found 2, as the file says.", 2, 2) in found


def test_an_error_page_counts_and_is_told():
    sorry = (
        "<!--\n<DOC NUMBER=1>\n<DOCFULL> --><DIV CLASS='c5'><P>We are sorry but there is an error in this document.</P>"
        "</DIV><!--\n</DOCFULL></DOC> -->"
    )
    found = list(NexisHtmlImporter().read(source(HEAD + html_article(1) + sorry, "nexis.html")))
    assert len(documents(found)) == 2
    assert any("error page" in item.text for item in found if isinstance(item, Suspect))


# Word


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_paragraph(text, mark):
    bookmark = f'<w:bookmarkStart w:id="0" w:name="{mark}"/>' if mark else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p>{bookmark}<w:r>{lines}</w:r></w:p>"


def word_file(paragraphs, name="word/document.xml"):
    body = "".join(word_paragraph(text, mark) for text, mark in paragraphs)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(name, f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def word_article(number, marks=True, body="Body", end="End of Document"):
    return [
        ("", f"Bookmark_{number}" if marks else ""),
        (f"Fee {number}", ""),
        ("The Coast Daily(Northport)", ""),
        (f"March {number}, 2024 Tuesday 9:20 AM GMT", ""),
        ("", ""),
        ("\nCopyright 2024 Coast Media All Rights Reserved", ""),
        ("Section:\u00a0NEWS; Version:2", ""),
        ("Length:\u00a0120 words", ""),
        ("Byline:\u00a0Ada Writer", ""),
        ("Highlight:\u00a0The fee stays", ""),
        (body, "Body" if marks else ""),
        ("", ""),
        ("The council voted to keep the fee that every ship has paid since 1954.", ""),
        ("", ""),
        ("", ""),
        ("DUFFY: Nobody asked us.", ""),
        ("Graphic", ""),
        ("The harbour in winter.", ""),
        ("Classification", ""),
        ("Language:\u00a0ENGLISH", ""),
        ("Subject:\u00a0HARBOURS (89%); FEES (70%)", ""),
        ("Load-Date:\u00a0March 7, 2024", ""),
        (f"\n{end}", ""),
    ]


COVER = [
    ("Date and Time: Friday, 5. July 2019 09:31:00 CEST", ""),
    ("Documents (3)", ""),
    *((f"{n}. Fee {n}", "") for n in (1, 2, 3)),
    ("Search Terms: fee", ""),
]


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize("cover", [True, False])
def test_a_word_file_is_split_with_and_without_bookmarks_and_contents(marks, cover):
    data = word_file([*(COVER if cover else []), *(line for n in (1, 2, 3) for line in word_article(n, marks))])
    assert WordImporter().recognises(data, "x.docx") > 0.8
    found = list(WordImporter().read(source(data, "nexis.docx")))
    first, second, third = documents(found)
    assert [each.title for each in (first, second, third)] == ["Fee 1", "Fee 2", "Fee 3"]
    assert first.metadata["publication"] == "The Coast Daily(Northport)"
    assert first.metadata["published"] == "2024-03-01T09:20:00Z" and first.metadata["author"] == "Ada Writer"
    assert first.metadata["subject"] == "HARBOURS (89%); FEES (70%)" and first.language == "en"
    assert part(first, "DEK") == ["The fee stays"] and part(first, "CAPTION") == ["The harbour in winter."]
    assert part(first, "BODY") == [
        "The council voted to keep the fee that every ship has paid since 1954.\n\nDUFFY: Nobody asked us."
    ]
    counts = [(item.found, item.claimed) for item in found if isinstance(item, Count)]
    assert counts == ([(3, 3)] if cover else [])


def test_headings_in_other_languages():
    lines = word_article(1, True, "Hauptteil", "Ende des Dokuments") + word_article(2, True, "Corps", "Fin du document")
    assert len(documents(NexisWordImporter().read(source(word_file(lines))))) == 2


def test_an_article_whose_end_is_missing_is_not_lost():
    whole = [line for n in (1, 2) for line in word_article(n) if "End of Document" not in line[0]]
    assert [each.title for each in documents(NexisWordImporter().read(source(word_file(whole))))] == ["Fee 1", "Fee 2"]


def test_a_word_file_cut_off_gives_what_was_before_or_a_sentence():
    lines = [line for n in range(1, 4) for line in word_article(n)]
    data = word_file(lines)
    with pytest.raises(KnownError, match="damaged ZIP archive"):
        list(WordImporter().read(source(data[: len(data) // 2])))
    text = zipfile.ZipFile(BytesIO(data)).read("word/document.xml")
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", text[: int(len(text) * 0.9)])
    found = []
    with pytest.raises(KnownError, match="damaged from here on"):
        found.extend(NexisWordImporter().read(source(out.getvalue())))
    assert [each.title for each in documents(found)] == ["Fee 1", "Fee 2"]


def test_another_word_file_is_one_document():
    (document,) = documents(WordImporter().read(source(word_file([("A plain letter", ""), ("Its text.", "")]))))
    assert document.title == "A plain letter" and part(document, "BODY") == ["A plain letter\n\nIts text."]


def test_an_article_without_a_heading_over_its_text():
    lines = [line for n in (1, 2) for line in word_article(n) if line[0] != "Body"]
    first, second = documents(NexisWordImporter().read(source(word_file(lines))))
    assert (first.title, second.title) == ("Fee 1", "Fee 2")
    assert (
        first.metadata["publication"] == "The Coast Daily(Northport)"
        and first.metadata["published"][:10] == "2024-03-01"
    )
    assert part(first, "BODY")[0].startswith("The council voted") and part(first, "CAPTION") == [
        "The harbour in winter."
    ]


def test_two_articles_without_an_end_between_them():
    lines = [line for line in word_article(1) if "End of Document" not in line[0]] + word_article(2)
    assert len(documents(NexisWordImporter().read(source(word_file(lines))))) == 2
