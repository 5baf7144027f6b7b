# ruff: noqa: E501 - what a download looks like is not broken into lines
import pytest

from annotator.core.errors import KnownError
from annotator.importers.databases.europresse import EuropresseImporter
from tests.importers.sources import documents, source


def part(document, label):
    return [zone.span.covered(document.text) for zone in document.zones if zone.label == label]


def newer(
    number,
    header="Politique, mardi 5 mars 2024, p. 16",
    section="<p>Le conseil <mark>vote</mark>.</p><p>La taxe reste.</p>",
):
    return (
        '<article> <header> <div><span class="DocPublicationName">Le Littoral   </span></div>'
        f'<div><span class="DocHeader">{header}</span></div><div><p>PORTS</p></div>'
        f'<div class="titreArticle"><p class="titreArticleVisu">La taxe reste {number}</p></div><div>Ada Auteur</div></header>'
        f'<section><div class="DocText"><div class="docOcurrContainer">{section}</div></div></section>'
        "<aside><div><p><b>Illustration(s) : </b></p><div><p>Le port en hiver.</p></div></div>"
        "<div><b>Note(s) : </b><p>Une note.</p></div></aside><footer><small>© 2024 Le Littoral. Tous droits réservés.</small>"
        f"<p>Numéro de document : news·20240305·LI·{number}</p><div>Ce certificat est émis à X</div></footer></article>"
    )


def older(number, author="Ada Auteur<br>"):
    return (
        '<table><tr><td><span class="DocPublicationName">Le Littoral, no. 5968</span><br><span class="DocHeader">Politique, </span>'
        '<span class="DocHeader">mardi </span><span class="DocHeader">5 mars 2024</span><span class="DocHeader">, p. 03</span><br>'
        f'<br>Ports<br><span class="TitreArticleVisu">La <span style="color:red">taxe</span> reste {number}</span><br><br>{author}'
        "<p></p>Le conseil vote.<p></p>La taxe reste.<p></p><b><i>© 2024 Le Littoral. Tous droits réservés.</i></b><p></p>"
        f"Numéro de document : news·20240305·LI·{number}<br><table><tr><td>news·20240305·LI·{number}</td></tr>"
        "<tr><td>Ce certificat est émis à X</td></tr></table></td></tr></table>\n"
    )


def read(blocks, head="<html><head></head><body>"):
    return documents(EuropresseImporter().read(source(f"{head}{blocks}</body></html>", "europresse.html")))


@pytest.mark.parametrize("layout", [newer, older])
def test_both_layouts(layout):
    page = f"<html><body>{layout(1)}{layout(2)}</body></html>"
    assert EuropresseImporter().recognises(page.encode(), "x.html") > 0.97
    first, second = read(layout(1) + layout(2))
    assert (first.title, second.title) == ("La taxe reste 1", "La taxe reste 2")
    assert first.metadata["publication"] == "Le Littoral" and first.metadata["published"] == "2024-03-05"
    assert first.metadata["section"] == "Politique" and first.metadata["page"] in ("16", "03")
    assert first.metadata["record"] == "news·20240305·LI·1" and first.metadata["author"] == "Ada Auteur"
    assert part(first, "BODY") == ["Le conseil vote.\n\nLa taxe reste."]
    assert part(first, "BYLINE") == ["Ada Auteur"] and part(first, "DEK")[0].casefold() == "ports"
    assert "certificat" not in first.text


def test_captions_and_notes():
    (document,) = read(newer(1))
    assert part(document, "CAPTION") == ["Le port en hiver."]
    assert part(document, "BOILERPLATE")[0].startswith("Une note.")


@pytest.mark.parametrize(
    "header",
    [
        "mardi 5 mars 2024, Politique, p. 16",
        "p. 16, Politique, mardi 5 mars 2024",
        "Tuesday, March 5, 2024, p. 16, Politique",
    ],
)
def test_section_date_and_page_in_any_order(header):
    (document,) = read(newer(1, header))
    assert document.metadata["published"] == "2024-03-05"
    assert document.metadata["page"] == "16" and document.metadata["section"] == "Politique"


def test_a_text_without_an_author_keeps_its_first_paragraph():
    (document,) = read(older(1, author="Le conseil, réuni mardi, a voté pour la taxe. Elle reste.<br>"))
    assert "author" not in document.metadata
    assert part(document, "BODY")[0].startswith("Le conseil, réuni mardi")


def test_mark_up_that_is_not_closed_does_not_swallow_the_next_article():
    assert len(read(newer(1).replace("</div></div></section>", "</div>") + newer(2))) == 2


def test_a_page_that_says_latin_1_and_is_utf_8():
    head = '<html><head><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"></head><body>'
    (document,) = read(older(1).replace("Le conseil", "Le conseil été"), head)
    assert "été" in document.text


def test_a_page_without_articles_is_refused():
    with pytest.raises(KnownError, match="No article"):
        read("<p class='DocPublicationNam'>x</p>")
