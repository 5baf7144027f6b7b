"""ProQuest, saved as text: documents parted by lines of underscores."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem
from annotator.importers.article import Article
from annotator.importers.base import Source
from annotator.importers.record_text import record_text
from annotator.importers.tally import Tally

_SEPARATOR = re.compile(r"^[ \t]*_{30,}[ \t]*$", re.MULTILINE)
_FACTS = {
    "author": "Author|Autor|Auteur|Verfasser|Credit",
    "info": "Publication info|Informationen zur Publikation|Informations de publication|Información de publicación",
    "abstract": "Abstract|Abriss|Zusammenfassung|Résumé|Resumen|Abstract (Document)|Abstract (summary)",
    "links": "Links|Liens|Enlaces",
    "text": "Full text|Volltext|Texte intégral|Texto completo|Full Text|Text",
    "subject": "Subject|Thema|Sujet|Materia|Subjects|Fach",
    "geographic": "Location|Standort|Ort|Lieu|Lugar",
    "person": "People|Personen|Personne|Personas|Person",
    "company": "Company / organization|Company/organization|Companies / organizations|Unternehmen/Organisation"
    "|Société/organisation|Empresa/organización",
    "title": "Title|Titel|Titre|Título",
    "subtitle": "Subtitle|Untertitel",
    "publication": "Publication title|Titel der Publikation|Titre de la publication|Título de publicación",
    "page": "First page|Pages|Start page|Erste Seite|Seiten|Première page|Primera página|Páginas",
    "pages": "Number of pages",
    "year": "Publication year|Erscheinungsjahr|Année de publication|Año de publicación",
    "date": "Publication date|Erscheinungsdatum|Date de publication|Fecha de publicación",
    "section": "Section|Rubrik|Sección",
    "column": "Column",
    "edition": "Edition|Ausgabe",
    "publisher": "Publisher|Verlag|Éditeur|Editorial",
    "place": "Place of publication|Placeof publication|Verlagsort|Lieu de publication|Lugar de publicación",
    "country": "Country of publication|Publication country",
    "publication_subject": "Publication subject",
    "issn": "ISSN|ISBN|e-ISSN|eISSN",
    "publication_type": "Source type|Quellentyp",
    "language": "Language of publication|Sprache der Publikation|Langue de publication|Idioma de la publicación"
    "|Language",
    "document_type": "Document type|Dokumententyp|Type de document|Tipo de documento",
    "document_feature": "Document feature",
    "dateline": "Dateline",
    "record": "ProQuest document ID|ProQuest-Dokument-ID|ID de document ProQuest|ID de documento de ProQuest"
    "|Document ID",
    "accession": "Accession number",
    "uri": "Document URL|Dokument-URL|URL du document|URL del documento",
    "copyright": "Copyright|Urheberrecht",
    "updated": "Last updated|Zuletzt aktualisiert|Dernière mise à jour|Última actualización",
    "database": "Database|Datenbank|Base de données|Base de datos",
    "volume": "Volume",
    "issue": "Issue",
    "identifier": "Identifier / keyword|Identifier",
    "credit": "CREDIT",
    "caption": "CAPTION|Caption|Illustration|Photograph",
}
_LABELS = {label: field for field, labels in _FACTS.items() for label in labels.split("|")}
_LABEL = re.compile(r"^(?P<label>[^\W\d_][^\n:]{1,45}?)\s*:(?:[ \t]+|$)(?P<value>.*)", re.DOTALL)
_COUNTER = re.compile(r"^\s*(?:Document|Dokument|Documento)\s+\d+\s+(?:of|von|de)\s+\d+\s*$", re.IGNORECASE)
_IN_TEXT = frozenset(("caption", "credit"))
_EMPTY = re.compile(r"^(?:None available|Not available|Keine|Aucun|No disponible|Nicht verfügbar)\.?$", re.IGNORECASE)


class ProquestTextImporter:
    """Takes every document of such a file in, its fields told apart from its text."""

    name = "proquest-text"
    title = "ProQuest, text"
    suffixes: tuple[str, ...] = (".txt",)
    loses = "The footer with ProQuest’s address."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where lines of underscores part what has ProQuest's fields."""
        text = head.decode("utf-8", errors="replace").replace("\r", "\n")
        if not _SEPARATOR.search(text):
            return 0.0
        lines = text.split("\n")
        fields = {
            label for line in lines if (label := _label(line)) and label[0] in ("record", "info", "text", "publication")
        }
        named = "ProQuest document ID" in text or "proquest.com" in text
        return 0.98 if fields and named else 0.6 if len(fields) > 1 else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """Its documents. Raises KnownError when there are none."""
        text, notices = record_text(source)
        yield from notices
        tally = Tally(source)
        blocks = [block for block in _SEPARATOR.split(text) if _is_document(block)]
        for number, block in enumerate(blocks, 1):
            yield from tally.take_text(_article, block, f"article {number}")
        if not blocks:
            raise KnownError("No document with ProQuest’s fields is in it.")
        yield from tally.notices()


def _label(line: str) -> tuple[str, str] | None:
    match = _LABEL.match(line)
    field = _LABELS.get(match["label"].strip()) if match else None
    return (field, match["value"]) if match and field else None


def _is_document(block: str) -> bool:
    fields = {held[0] for line in block.split("\n") if (held := _label(line.strip()))}
    return bool(fields & {"record", "text", "publication", "info"})


def _article(block: str) -> Article:
    lines = block.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    article = Article()
    text = next((place for place, line in enumerate(lines) if (held := _label(line)) and held[0] == "text"), None)
    end = _trailer_start(lines, (text + 1) if text is not None else 1)
    front = lines[: text if text is not None else end]
    _read_front(article, front)
    if text is not None:
        held = _label(lines[text])
        _read_text(article, [held[1] if held else "", *lines[text + 1 : end]])
    _read_fields(article, lines[end:])
    if text is None and (abstract := article.facts.pop("abstract", "")):
        article.add("BODY", abstract)
    return article


def _trailer_start(lines: list[str], start: int) -> int:
    """Where the fields behind the text begin. Seen from the end, so that a line such as “Subject: …” may be text."""
    place = len(lines)
    begin = place
    while place > start:
        held = _label(lines[place - 1])
        if held and held[0] not in (*_IN_TEXT, "text"):
            begin = place - 1
        elif lines[place - 1].strip() and not _goes_on(lines, place - 1, start):
            break
        place -= 1
    return begin


def _goes_on(lines: list[str], place: int, start: int) -> bool:
    """Whether a line without a label goes on with a field: the label stands right above, no blank line between."""
    for earlier in range(place - 1, max(start - 1, place - 30), -1):
        if not lines[earlier].strip():
            return False
        held = _label(lines[earlier])
        if held:
            return held[0] not in (*_IN_TEXT, "text")
    return False


def _read_front(article: Article, lines: list[str]) -> None:
    while lines and (not lines[0].strip() or _COUNTER.match(lines[0])):
        lines = lines[1:]
    title, at = [], 0
    while at < len(lines) and lines[at].strip() and not (at and _label(lines[at])):
        title.append(lines[at])
        at += 1
    article.add("HEADLINE", " ".join(title))
    _read_fields(article, lines[at:])


def _read_fields(article: Article, lines: list[str]) -> None:
    field, held = "", list[str]()
    for line in [*lines, "Title: "]:
        label = _label(line)
        if label is None:
            held.append(line)
            continue
        _say(article, field, " ".join(held))
        field, held = label[0], [label[1]]


def _say(article: Article, field: str, value: str) -> None:
    value = value.strip()
    if not value or _EMPTY.match(value):
        return
    if field == "title":
        if not article.part("HEADLINE"):
            article.add("HEADLINE", value)
    elif field == "author":
        if value != article.facts.get("author"):
            article.add("BYLINE", value)
            article.say("author", value)
    elif field in ("caption", "credit"):
        article.add(field.upper(), value)
    elif field == "publication":
        article.facts.pop("publication", None)
        article.say("publication", value.split(";")[0])
    elif field == "info" and "publication" not in article.facts:
        article.say("publication", re.split(r"\s;|\s\[|\.\s*\d", value)[0])
        article.say("info", value)
    elif field in ("", "links"):
        _say_address(article, value)
        article.say("notes", "" if value.startswith("http") else value)
    elif field not in ("year", "pages"):
        article.say(field, value)
        if field == "uri" or field == "info":
            _say_address(article, value)


def _say_address(article: Article, value: str) -> None:
    if "uri" not in article.facts and (address := re.search(r"https?://\S+", value)):
        article.say("uri", address[0])


def _read_text(article: Article, lines: list[str]) -> None:
    for line in lines:
        held = _label(line)
        if held and held[0] in _IN_TEXT:
            article.add(held[0].upper(), held[1])
        else:
            article.add("BODY", line)
