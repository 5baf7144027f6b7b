"""Patterns to begin with, for files with many articles that no importer of their own reads."""

from __future__ import annotations

from annotator.core.split_patterns import FieldPattern, SplitPatterns

# What archives write before their fields, in the languages of their pages.
_LABELS = {
    "title": "Title|Headline|Titel|Überschrift|Titre|Título|Titolo|Kop|Заголовок",
    "subtitle": "Subtitle|Subheadline|Untertitel|Sous-titre|Subtítulo|Sottotitolo|Ondertitel",
    "date": "Date|Published|Publication date|Datum|Erscheinungsdatum|Veröffentlicht|Date de publication|Fecha|Data"
    "|Дата",
    "publication": "Paper|Newspaper|Source|Publication|Quelle|Zeitung|Journal|Publikation|Fuente|Periódico|Fonte"
    "|Testata|Bron|Krant|Источник",
    "author": "Author|Authors|Byline|By|Autor|Autoren|Autorin|Verfasser|Auteur|Auteurs|Autore|Автор",
    "section": "Section|Ressort|Rubrik|Rubrique|Sección|Sezione|Sectie|Category|Desk|Rubriek",
    "page": "Page|Pages|Seite|Seiten|Página|Pagina|Blz\\.?",
    "edition": "Edition|Ausgabe|Édition|Edición|Edizione|Editie",
    "uri": "URL|Link|Web|Dauerhafte Adresse des Dokuments|Permalink|Adresse|Enlace",
    "record": "Record number|Record Number|Document number|Dokumentnummer|ID|Accession number|Numéro de document",
    "language": "Language|Sprache|Langue|Idioma|Lingua|Taal",
    "issn": "ISSN",
    "copyright": "Copyright|Alle Rechte vorbehalten|All rights reserved|Droits",
    "subject": "Subject|Subjects|Keywords|Schlagwort|Schlagwörter|Mots-clés|Temas|Thema",
}
LABELLED = tuple(FieldPattern(target, rf"^\s*(?:{labels})\s*:\s*(.*)$") for target, labels in _LABELS.items())

PRESETS = (
    SplitPatterns(
        "Lines of dashes, equals signs or stars", start=r"^\s*(?:-{8,}|={8,}|_{8,}|\*{8,}|#{8,})\s*$", fields=LABELLED
    ),
    SplitPatterns(
        "“Document 3 of 27”",
        start=r"^\s*(?:(?:Document|Article|Record|Dokument|Artikel|Documento|Artículo)\s+\d+\s*(?:of|von|de|van|di|/)\s*\d+"
        r"|\d+\s+(?:of|von|de|van|di|/)\s+\d+)\b.*$",
        fields=LABELLED,
    ),
    SplitPatterns("Pages, one article each", start=r"^\f", fields=LABELLED),
    SplitPatterns(
        "wiso, Genios: up to the rights", end=r"^\s*Alle Rechte vorbehalten\b.*$", fields=LABELLED, keep_end=True
    ),
    SplitPatterns(
        "NewsBank: from “Paper:” on",
        start=r"^\s*Paper:\s*\S.*$",
        fields=LABELLED,
        keep_start=True,
        first_line_is_title=False,
    ),
    SplitPatterns(
        "From “Title:” on", start=r"^\s*(?:Title|Headline|Titel|Titre|Título)\s*:.*$", fields=LABELLED, keep_start=True
    ),
    SplitPatterns("Up to “Copyright” or “©”", end=r"^\s*(?:Copyright\b|©|\(c\)).*$", fields=LABELLED, keep_end=True),
)
