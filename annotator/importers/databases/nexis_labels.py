"""The labels that Nexis puts before its fields, in the languages of its pages."""

from __future__ import annotations

import re

_HEADER = {
    "title": "HEADLINE|KOP|TITEL|TITRE|TITULO|TÍTULO|TITOLO|ÜBERSCHRIFT",
    "section": "SECTION|RUBRIK|RUBRIQUE|SECCIÓN|SECCION|SEZIONE|SECTIE|RUBRIEK|SEÇÃO|AFDELING|DEPARTMENT",
    "length": "LENGTH|LÄNGE|LAENGE|LONGUEUR|LENGTE|LONGITUD|EXTENSIÓN|LUNGHEZZA|COMPRIMENTO|WORD COUNT",
    "author": "BYLINE|AUTOR|AUTORIN|AUTEUR|AUTEURS|AUTORE|AUTORES|AUTHOR|SIGNATURE|FIRMA",
    "dateline": "DATELINE|ORTSMARKE|DATUMSZEILE|LIEU|LUGAR|PLAATS",
    "highlight": "HIGHLIGHT|HIGHLIGHTS|ENCART|HOCHTONER|SUMMARY|RESUMEN|DESTACADO|SAMENVATTING|ACCROCHE|VORSPANN",
    "edition": "EDITION|AUSGABE|ÉDITION|EDICIÓN|EDITIE",
    "series": "SERIES|SERIE|SÉRIE",
    "url": "URL",
    "text": "TEKST|TEXT|TEXTE|TEXTO|TESTO|BODY",
}
_TRAILER = {
    "load_date": "LOAD-DATE|UPDATE|DATE-CHARGEMENT|LADEDATUM|LAADDATUM|FECHA-DE-CARGA|FECHA DE CARGA|DATA-CARICAMENTO",
    "language": "LANGUAGE|SPRACHE|LANGUE|TAAL|IDIOMA|LINGUA|LENGUAJE",
    "publication_type": "PUBLICATION-TYPE|TYPE-PUBLICATION|PUBLIKATIONSTYP|TIPO-DE-PUBLICACIÓN|TYPE-PUBLICATIE"
    "|PUBLICATION TYPE",
    "journal_code": "JOURNAL-CODE|JOURNAL CODE|CODE-REVUE",
    "subject": "SUBJECT|SUJET|THEMA|ONDERWERP|TEMA|TERMS|SCHLAGWORT|SOGGETTO|MATERIA|ASUNTO",
    "person": "PERSON|PERSONNE|PERSONA|PERSOON|PEOPLE",
    "company": "COMPANY|FIRMENNAME|UNTERNEHMEN|ENTREPRISE|SOCIÉTÉ|EMPRESA|BEDRIJF|SOCIETÀ",
    "organization": "ORGANIZATION|ORGANISATION|ORGANIZACIÓN|ORGANISATIE|ORGANIZZAZIONE",
    "industry": "INDUSTRY|BRANCHE|SECTEUR|SECTEUR-ACTIVITE|INDUSTRIE|INDUSTRIA|SECTOR",
    "geographic": "GEOGRAPHIC|LOCALISATION-GEO|GEOGRAPHIE|GEOGRAFIE|GEOGRAFÍA|GEOGRAFIA|GEO|CITY|STATE|COUNTRY|REGION"
    "|LAND|STADT|PAYS|VILLE",
    "ticker": "TICKER|SYMBOLE",
    "graphic": "GRAPHIC|GRAFIK|GRAPHIQUE|GRAFIEK|GRÁFICO|GRAFICO|ILLUSTRATION|BILD|AFBEELDING|PHOTO|FOTO",
    "notes": "NOTES|NOTE|ANMERKUNG|NOTA|NOTAS|OPMERKING",
    "correction": "CORRECTION|KORREKTUR|CORRECCIÓN|CORRECTIE|CORREZIONE|RECTIFICATIF",
    "correction_date": "CORRECTION-DATE|CORRECTION DATE",
    "document_type": "TYPE|DOCUMENT-TYPE|DOCUMENT TYPE|DOKUMENTTYP|TYPE-DOCUMENT",
    "record": "ACC-NO|ACCESSION-NUMBER|DOCUMENT-ID|ID",
    "copyright": "COPYRIGHT",
    "doi": "DOI",
    "issn": "ISSN",
    "distribution": "DISTRIBUTION",
    "contact": "CONTACT",
}


def _by_label(fields: dict[str, str]) -> dict[str, str]:
    return {label: field for field, labels in fields.items() for label in labels.split("|")}


HEADER = _by_label(_HEADER)  # the field that each label before the text stands for
TRAILER = _by_label(_TRAILER)  # the same behind the text
MANY_PARAGRAPHS = frozenset(("graphic", "notes", "correction"))  # fields that may go on over blank lines

_LABEL = re.compile(r"^\s*(?P<label>[^\W\d_][^\n:]{1,28}?)\s?:(?P<gap>[\u00a0 \t]*|$)(?P<value>.*)", re.DOTALL)
END_OF_DOCUMENT = re.compile(
    r"^\s*(?:End of Document|Ende des Dokuments|Ende von Dokument|Fin (?:du|de) [Dd]ocument|Fin del [Dd]ocumento"
    r"|Einde van (?:het )?[Dd]ocument|Fine del [Dd]ocumento|Fim do [Dd]ocumento|文档结尾|文書の終わり)\s*\.?\s*$",
    re.IGNORECASE,
)
BODY_HEADING = re.compile(
    r"^\s*(?:Body|Hauptteil|Textkörper|Text|Corps|Corps du texte|Cuerpo|Corpo|Hoofdtekst|Tekst|Inhalt|Contenido)\s*$",
    re.IGNORECASE,
)
CLASSIFICATION_HEADING = re.compile(
    r"^\s*(?:Classification|Klassifizierung|Klassifikation|Clasificación|Classificatie|Classificazione|Classificação)\s*$",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"^\s*(?:copyright|©|\(c\)|all rights reserved|alle rechte|tous droits|todos los derechos|todos os direitos"
    r"|tutti i diritti|derechos reservados)",
    re.IGNORECASE,
)


def label_of(paragraph: str, known: dict[str, str]) -> tuple[str, str] | None:
    """The field that a label before `paragraph` stands for, and the field's value; None without a known label."""
    match = _LABEL.match(paragraph)
    field = known.get(match["label"].strip().upper()) if match else None
    return (field, match["value"].strip()) if match and field else None


def any_label_of(paragraph: str) -> tuple[str, str] | None:
    """A label and its value as they stand, where the label is followed by a no-break space, as Word files have it."""
    match = _LABEL.match(paragraph)
    if match and match["gap"].startswith("\u00a0"):
        return match["label"].strip(), match["value"].strip()
    return None


def is_written_as_label(paragraph: str) -> bool:
    """Whether `paragraph` begins with a label in capitals, as the text and HTML files have them."""
    match = _LABEL.match(paragraph)
    return match is not None and match["label"] == match["label"].upper()
