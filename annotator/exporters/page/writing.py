"""The page as HTML. Whatever a project holds is text in it and nothing else: every sign that HTML knows is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as escaped
from typing import NamedTuple

from annotator.core.scheme import Label, Scheme
from annotator.exporters.page.segments import HEADLINE, Paragraph, Segment, paragraphs
from annotator.exporters.page.style import style_sheet
from annotator.exporters.page.told import ToldArticle, ToldLink, ToldMark

POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # nothing is run, nothing is fetched
_ZONES = ("HEADLINE", "DEK", "BYLINE", "CAPTION", "CREDIT", "BOILERPLATE", "RELATED")  # that are set apart

LabelKey = tuple[str, str]  # a layer and a name
Articles = Sequence[tuple[str, int]]  # their titles, and how many marks each has


class Front(NamedTuple):
    """What stands before the articles."""

    articles: Articles
    counts: dict[LabelKey, int]  # of marks
    people: Sequence[str]  # whose marks they are


def escape(text: str, quote: bool = True) -> str:
    """`text` as HTML has it. A carriage return is spelt out: it would be read as a line feed."""
    return escaped(text, quote).replace("\r", "&#13;")


class PageWriter:
    """Writes the parts of a page; knows its labels by their colours."""

    def __init__(self, scheme: Scheme, title: str) -> None:
        self._scheme, self._title = scheme, title
        self._colors = {(label.layer, label.name): f"c{n}" for n, label in enumerate(scheme.labels)}

    def head(self, front: Front) -> str:
        """All that stands before the first article."""
        title = escape(self._title)
        alone = ' class="alone"' if len(front.people) < 2 else ""
        lines = [
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            f"<style>\n{style_sheet(self._scheme.labels)}\n</style>\n</head>\n<body{alone}>",
            f'<header class="front"><h1 dir="auto">{title}</h1><p>{escape(summary(front))}</p></header>',
        ]
        return "\n".join([*lines, *self._contents(front.articles), *self._legend(front.counts), "<main>", ""])

    def tail(self) -> str:
        """All that stands behind the last article."""
        return (
            "</main>\n<footer>A name in small letters says what the words before it are marked as; … says that they go"
            " on elsewhere. Its number leads to what is said of the mark.</footer>\n</body>\n</html>\n"
        )

    def _contents(self, articles: Articles) -> Iterator[str]:
        if len(articles) < 2:
            return
        yield '<nav class="contents"><h2 class="rubric">Articles</h2><ol>'
        for number, (title, marks) in enumerate(articles, 1):
            link = f'<a href="#a{number}"><bdi>{escape(title)}</bdi></a>'
            yield f'<li><span class="no">{number}</span>{link}<span class="many">{marks or ""}</span></li>'
        yield "</ol></nav>"

    def _legend(self, counts: Mapping[LabelKey, int]) -> Iterator[str]:
        used = [label for label in self._scheme.labels if counts.get((label.layer, label.name))]
        if not used:
            return
        yield '<section class="legend"><h2 class="rubric">Labels</h2><dl>'
        for layer in dict.fromkeys(label.layer for label in used):
            shown = next((each.shown for each in self._scheme.layers if each.name == layer), layer)
            keys = (self._key(label, counts) for label in used if label.layer == layer)
            yield f"<dt><bdi>{escape(shown)}</bdi></dt><dd>{''.join(keys)}</dd>"
        yield "</dl></section>"

    def _key(self, label: Label, counts: Mapping[LabelKey, int]) -> str:
        many = f'<span class="many">{counts[label.layer, label.name]}</span>'
        return f'<span class="{self._color(label)}"><bdi class="key">{escape(label.shown)}</bdi>{many}</span>'

    def article(self, told: ToldArticle) -> str:
        """One article, with all that is said of its marks."""
        document = told.document
        direction = "rtl" if document.direction == "rtl" else "ltr"
        language = f' lang="{escape(document.language)}"' if document.language else ""
        zones = json.dumps([[zone.label, zone.span.start, zone.span.end] for zone in document.zones], ensure_ascii=True)
        text = "".join(self._paragraph(each, told) for each in paragraphs(document.text, told.marks, document.zones))
        return (
            f'<article id="a{told.number}">\n<header>{self._heading(told)}{_facts(told)}</header>\n'
            f'<div class="text" dir="{direction}"{language} data-zones="{escape(zones)}">{text}</div>\n'
            f'<section class="told">{self._told(told)}</section>\n</article>\n'
        )

    def _heading(self, told: ToldArticle) -> str:
        """The title; for screen readers alone where the text begins with it in large letters."""
        headline = next((z.span.covered(told.document.text) for z in told.document.zones if z.label == HEADLINE), "")
        twice = ' class="twice"' if headline and " ".join(headline.split()) == told.title else ""
        return f'<h2{twice} dir="auto" data-title="{escape(told.document.title)}">{escape(told.title)}</h2>'

    def _paragraph(self, paragraph: Paragraph, told: ToldArticle) -> str:
        zone = f' class="{paragraph.zone}"' if paragraph.zone in _ZONES else ""
        lanes = max((mark.lane for segment in paragraph.words for mark in segment.marks), default=0)
        style = f' style="--lanes:{lanes}"' if lanes else ""
        words = "".join(self._segment(segment, told, named=True) for segment in paragraph.words)
        feeds = "".join(self._segment(segment, told, named=False) for segment in paragraph.feeds)
        late = (self._name(mark, segment.end, told) for segment in paragraph.feeds for mark in segment.ending)
        hidden = f'{"".join(late)}<span class="feeds">{feeds}</span>' if feeds else ""
        return f"<p{zone}{style}>{words}{hidden}</p>"

    def _segment(self, segment: Segment, told: ToldArticle, *, named: bool) -> str:
        """A stretch of text within its marks, the lowest lane inmost; names stand within the marks that go on."""
        found = escape(told.document.text[segment.start : segment.end], quote=False)
        for place, mark in enumerate(reversed(segment.marks)):
            kinds = [self._color(mark.label), *(["l0"] if place == 0 else []), *(["guess"] if mark.suggested else [])]
            lane = f' style="--l:{mark.lane}"' if mark.lane else ""
            found = f'<span class="m {" ".join(kinds)}"{lane} data-mark="{mark.number}">{found}</span>'
            if named and mark in segment.ending:
                found += self._name(mark, segment.end, told)
        return found

    def _name(self, mark: ToldMark, end: int, told: ToldArticle) -> str:
        """The name of a label at the end of a piece, which leads to what is said of the mark."""
        number = f"a{told.number}m{mark.number}"
        more = "" if end == mark.fragments[-1].end else "…"
        name = f"{escape(mark.label.shown.upper())}{more}<sup>{mark.number}</sup>"
        return f'<a class="n {self._color(mark.label)}" href="#{number}">{name}</a>'

    def _told(self, told: ToldArticle) -> str:
        if not told.marks:
            return ""
        rows = "".join(self._mark(mark, told.number) for mark in told.marks)
        return f'<h3 class="rubric">Marks</h3><ol>{rows}</ol>'

    def _mark(self, mark: ToldMark, article: int) -> str:
        links = [_link(link, article, out=True) for link in mark.links]
        links += [_link(link, article, out=False) for link in mark.linked]
        parts = (
            f'<span class="num">{mark.number}</span><bdi class="label" data-layer="{escape(mark.label.layer)}"'
            f' data-label="{escape(mark.label.name)}">{escape(mark.label.shown.upper())}</bdi>',
            f'<q class="words" dir="auto">{escape(mark.words, quote=False)}</q>',
            _said(mark.answers),
            f'<p class="note" dir="auto">{escape(mark.note, quote=False)}</p>' if mark.note else "",
            f"<ul>{''.join(links)}</ul>" if links else "",
            f'<div class="who">{escape(mark.who)}</div>' if mark.who else "",
        )
        return f'<li id="a{article}m{mark.number}" class="{self._color(mark.label)}">{"".join(parts)}</li>'

    def _color(self, label: Label) -> str:
        return self._colors.get((label.layer, label.name), "c")


def summary(front: Front) -> str:
    """How many articles and marks there are, and by whom."""
    articles, people = front.articles, front.people
    marks = sum(count for _, count in articles)
    counts = f"{len(articles)} article{'s' * (len(articles) != 1)} with {marks} mark{'s' * (marks != 1)}"
    return f"{counts}, by {', '.join(people)}" if people and marks else counts


def _facts(told: ToldArticle) -> str:
    rows = [("fact", name, held, "") for name, held in told.facts]
    rows += [("answer", name, held, who) for name, held, who in told.answers]
    rows += [("status", who, status, "") for who, status in told.statuses]
    if not rows:
        return ""
    return f'<dl class="facts">{"".join(_fact(*row) for row in rows)}</dl>'


def _fact(kind: str, name: str, held: str, who: str) -> str:
    by = f'<span class="by who">{escape(who)}</span>' if who else ""
    value = f'<dd dir="auto">{escape(held, quote=False)}</dd>'
    return f'<div class="{kind}"><dt><bdi>{escape(name, quote=False)}</bdi></dt>{value}{by}</div>'


def _said(answers: Iterable[tuple[str, str]]) -> str:
    rows = "".join(
        f'<dt><bdi>{escape(name, quote=False)}</bdi></dt><dd dir="auto">{escape(held, quote=False)}</dd>'
        for name, held in answers
    )
    return f"<dl>{rows}</dl>" if rows else ""


def _link(link: ToldLink, article: int, *, out: bool) -> str:
    """A link, with the number and the words of the mark at its other end."""
    arrow, kind = ("→", "to") if out else ("←", "to from")
    words = f'<span class="at">{link.number}</span><q dir="auto">{escape(link.words)}</q>'
    there = f'<a href="#a{article}m{link.number}">{words}</a>'
    who = f'<span class="who">{escape(link.who)}</span>' if out and link.who else ""
    said = _said(link.answers) if out else ""
    return f'<li class="{kind}"><span class="kind">{arrow} <bdi>{escape(link.kind)}</bdi></span>{there}{who}{said}</li>'
