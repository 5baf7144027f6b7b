"""A first guess at which column of a table is what, by its name and by what is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from annotator.core.column_mapping import KEPT, ColumnMapping
from annotator.importers.dates import day_comes_first, has_slashed, iso_date
from annotator.importers.languages import language_code

# In this order where several names fit; what is said first is the surer sign.
_NAMES = {
    "text": "text fulltext articletext body bodytext articlebody maintext content articlecontent storytext story"
    " rawtext plaintext cleantext volltext text1 artikeltext inhalt textkörper texte texteintégral"
    " texteintegral contenu corps texto textocompleto contenido cuerpo conteúdo testo contenuto tekst"
    " inhoud brödtext текст содержание 正文 内容 本文 article artikel النص",
    "title": "title headline headlines hed articletitle storytitle titel überschrift schlagzeile titre"
    " titrearticle título titulo titular titolo kop rubriek1 rubrik заголовок название 标题 題名 見出し العنوان"
    " titles",
    "subtitle": "subtitle subheadline subhead deck dek standfirst lead leadparagraph teaser untertitel unterzeile"
    " vorspann soustitre chapeau chapô subtítulo subtitulo entradilla sottotitolo occhiello ondertitel"
    " intro ingress",
    "date": "date publisheddate publishdate publicationdate pubdate published publishedat publish date_publish"
    " datepublish datepublished datetime dateandtime datum veröffentlicht erscheinungsdatum"
    " erscheinungstag datepublication dateparution fecha fechapublicacion data datadipubblicazione"
    " publicatiedatum дата 日期 发布日期 日付 التاريخ day tag jour storydate articledate seendate pubdatetime"
    " loaddate issuedate created createdat",
    "time": "time publishtime uhrzeit zeit heure hora ora tijd pubtime",
    "publication": "publication publicationname publicationtitle source sourcename sourcetitle medium media medianame"
    " outlet newspaper paper journal sourcedomain domain publisher quelle zeitung publikation medientitel"
    " titrepublication journalname médium medio fuente periódico periodico fonte testata giornale bron"
    " krant источник издание 来源 媒体 新聞 المصدر sourcecommonname outletname site website websitename"
    " newssource",
    "author": "author authors byline authorname by writer journalist reporter creator autor autoren verfasser"
    " auteur auteurs autores autore autori автор 作者 著者 الكاتب",
    "section": "section newssection sectionname rubrik1 ressort rubrique sección seccion sezione sectie desk"
    " category newsdesk department рубрика 栏目",
    "page": "page pages pagenumber startpage firstpage seite seiten pagina página страница 版面 面",
    "edition": "edition ausgabe édition edición edizione editie",
    "language": "language lang sprache langue idioma lingua taal язык 语言",
    "uri": "url uri link articleurl storyurl weburl permalink href documentidentifier sourceurl address adresse"
    " webadresse lien enlace ссылка 网址 链接 canonicalurl",
    "record": "id articleid storyid storiesid documentid docid doc recordid guid uuid accessionno accessionnumber"
    " dbid nummer numéro identifier artikelid stories_id uri",
    "caption": "caption captions photocaption imagecaption legend bildunterschrift légende pieddephoto didascalia",
    "subject": "subject subjects keywords keyword topic topics tags schlagwörter thema mots-clés temas",
    "copyright": "copyright rights ©",
}
_LONG = 200  # characters on average from which a column is a text
_SAMPLE = 50  # rows that are looked at


def guess_mapping(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> ColumnMapping:
    """The mapping that fits best, of columns with these names whose first rows are `rows`."""
    sample = [row for row in rows[:_SAMPLE] if any(cell.strip() for cell in row)]
    values = {column: _column(sample, place) for place, column in enumerate(columns)}
    found = dict.fromkeys(columns, KEPT)
    for target, names in _NAMES.items():
        _by_name(found, target, names.split(), values)
    for target, fits in _BY_CONTENT:
        if target not in found.values():
            _by_content(found, target, fits, values)
    dates = [value for column, held in values.items() if found[column] == "date" for value in held]
    return ColumnMapping(found, day_comes_first(dates) is not False)


def ambiguous_dates(mapping: ColumnMapping, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether dates such as 3/5/2024 stand in the table, and none tells which number is the day."""
    dates = [
        value
        for place, column in enumerate(columns)
        if mapping.target(column) == "date"
        for value in _column(rows, place)
    ]
    return has_slashed(dates) and day_comes_first(dates) is None


def known_names(columns: Sequence[str]) -> int:
    """How many of `columns` have a name that tells what they are."""
    every = {name for names in _NAMES.values() for name in names.split()}
    return sum(_plain(column) in every for column in columns)


def is_known(column: str, target: str) -> bool:
    """Whether the name of `column` alone says that it is `target`."""
    return _plain(column) in (name.replace("_", "") for name in _NAMES[target].split())


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] for row in rows if len(row) > place and row[place].strip()]


@lru_cache(maxsize=4096)  # asked again for every target
def _plain(column: str) -> str:
    last = column.rpartition(".")[2] if column.rpartition(".")[2].lower() not in ("name", "title", "uri") else column
    return re.sub(r"[\W_]+", "", last.casefold())


def _by_name(found: dict[str, str], target: str, names: list[str], values: dict[str, list[str]]) -> None:
    """Gives `target` to the column with the surest name; what cannot be one by its content is passed over."""
    for name in names:
        for column in found:
            plain = name.replace("_", "")
            if found[column] == KEPT and _plain(column) == plain and _may_be(target, values[column]):
                found[column] = target
                return


def _may_be(target: str, values: list[str]) -> bool:
    if not values:
        return True
    if target == "date":
        return _share(values, _is_date) > 0.5
    if target == "uri":
        return _share(values, _is_address) > 0.5
    if target == "text":
        return not _mostly(values, _is_address) and not _mostly(values, lambda value: value.strip().isdigit())
    if target in ("title", "publication", "section", "author"):
        return _mean(values) < 400 and not (
            target == "title" and _mostly(values, lambda value: value.strip().isdigit())
        )
    return True


def _by_content(
    found: dict[str, str], target: str, fits: Callable[[list[str]], float], values: dict[str, list[str]]
) -> None:
    free = [(fits(values[column]), column) for column in found if found[column] == KEPT and values[column]]
    best = max(free, default=(0.0, ""), key=lambda each: each[0])
    if best[0] > 0:
        found[best[1]] = target


def _share(values: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, values)) / len(values)


def _mostly(values: list[str], fits: Callable[[str], bool]) -> bool:
    return _share(values, fits) > 0.8


def _mean(values: list[str]) -> float:
    return sum(map(len, values)) / len(values)


def _is_date(value: str) -> bool:
    return len(value) < 60 and len(iso_date(value)) >= 7


def _is_address(value: str) -> bool:
    return re.match(r"\s*(?:https?://|www\.)", value) is not None


def _like_text(values: list[str]) -> float:
    return _mean(values) if _mean(values) >= _LONG and not _mostly(values, _is_address) else 0.0


def _like_title(values: list[str]) -> float:
    """Several words, seldom the same twice, none of them long: the more words, the likelier."""
    words = sum(len(value.split()) for value in values) / len(values)
    different = len(set(values)) / len(values)
    if words < 3 or _mean(values) > _LONG or different < 0.7 or _share(values, _is_address) > 0.2:
        return 0.0
    return words if _share(values, _is_date) < 0.3 else 0.0


def _is_language(value: str) -> bool:
    return len(value.strip()) < 12 and bool(language_code(value))


_BY_CONTENT: tuple[tuple[str, Callable[[list[str]], float]], ...] = (
    ("text", _like_text),
    ("title", _like_title),
    ("date", lambda values: _share(values, _is_date) if _share(values, _is_date) > 0.8 else 0.0),
    ("uri", lambda values: _share(values, _is_address) if _share(values, _is_address) > 0.8 else 0.0),
    (
        "language",
        lambda values: (
            1.0 if _mostly(values, lambda value: len(value.strip()) < 12 and bool(language_code(value))) else 0.0
        ),
    ),
)
