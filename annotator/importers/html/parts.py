"""What each block of a page is: headline, byline, body, caption, pointers elsewhere, and what every page has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.importers.html.alignment import letters
from annotator.importers.html.authors import says_by
from annotator.importers.html.facts import Facts
from annotator.importers.html.titles import Headline, headline_among
from annotator.importers.html.visible import Block, Place

_CAPTION = re.compile(r"caption|bildunterschrift|legende|bildtext|image-?desc|media-?desc|photo-?desc")
_CREDIT = re.compile(r"credit|photographer|image-?source|bildquelle|bildnachweis|copyright|image-?author")
_BYLINE = re.compile(
    r"by-?line|\bauthors?\b|author-?(?:name|info)|article-?author|post-?author|\bvcard\b|auteur|autor\b"
)
_DEK = re.compile(
    r"\bdek\b|sub-?title|sub-?head|stand-?first|\blede\b|\blead\b|\bteaser-?text|\bsummary\b|\bintro|\bdeck\b|chapeau"
    r"|vorspann|anriss|excerpt|entradilla|bajada|abstract|alternativeheadline"
)
_SURE_DEK = re.compile(r"\bdek\b|stand-?first|chapeau|vorspann|entradilla|article-?(?:sub-?title|summary|dek|intro)")
_RELATED = re.compile(
    r"related|recommend|read-?more|read-?also|more-?(?:stories|news|from|on)|also-?read|you-?may|trending|most-?(?:read|"
    r"viewed|popular|shared)|popular|latest-?(?:news|posts)|outbrain|taboola|see-?also|weitere|mehr-?zum|teaser-?list"
    r"|similar|suggested|up-?next|\bcrp_|yarpp|jp-relatedposts"
)
_NOT_BODY = re.compile(
    r"comment|\bshare|sharing|social|newsletter|subscri|sign-?up|promo|advert|\bads?\b|\bad-|sponsor|breadcrumb|"
    r"\btags?\b|post-?tags|\bmeta\b|post-?meta|entry-?meta|widget|sidebar|cookie|consent|paywall|login|pagination|toolbar"
    r"|\bmenu|navbar|\bnav\b|screen-?reader|sr-only|visually-?hidden|print-?only|dsq|disqus|respond|reply"
)
_RELATED_SAID = re.compile(
    r"(?:related|read (?:more|also|next)|more (?:on|from|about) this|see also"
    r"|you (?:may|might) also|recommended|most read"
    r"|top stories|latest news|more stories|most popular|trending|lesen sie auch|mehr zum thema|auch interessant"
    r"|weitere artikel|das könnte|(?:à )?lire aussi|sur le même"
    r"|lea también|te puede|noticias relacionadas|leggi anche|lees ook|leia também"
    r"|читайте также|اقرأ أيض|مواضيع ذات|أخبار ذات|المزيد من)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"(?:related(?: (?:links|stories|articles|news|posts|content|topics))?|(?:top|more|latest|trending|recommended) "
    r"(?:stories|news|articles)|most (?:read|popular|viewed)|you (?:may|might) also|recommended for|trending"
    r"|das könnte|auch interessant|weitere artikel|mehr zum thema|sur le même|à lire aussi|noticias relacionadas"
    r"|leggi anche|lees ook|leia também|читайте также|اقرأ أيض|مواضيع ذات|أخبار ذات)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"^(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos"
    r"|advertisement$|anzeige$|werbung$|publicité$|publicidad$|إعلان$|جميع الحقوق"
    r"|(?:except|unless) (?:where )?otherwise (?:noted|stated)|so(?:fern|weit) nicht anders"
    r"|(?:this|dieses?|die) (?:work|article|post|site|website|page|werk|inhalte?|blog|text|artikel|seite|beitrag)"
    r"[^.]{0,80}"
    r"(?:licen[sc]e|lizen|creative commons|copyright)|(?:share|teilen|tags?|filed under|kategorien?|categories)\s*:)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b|[\u0660-\u0669]{4}|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b")
_WORDS = re.compile(r"[^\W\d_]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUTSIDE = frozenset(("nav", "footer", "aside", "form", "header", "dialog", "address"))
_HALF = 0.5  # of a block's letters, from which it is what most of it is
_GAP = 25  # blocks between two of the body that may be its own
_NEAR = 12  # blocks before the body in which its headline's companions are looked for
_TOP = 4  # blocks at the beginning of the body that may be its companions
_SHORT = 160  # characters of a byline
_DEK_LENGTH = 600
_HEADING_LENGTH = 60
_DAY_LENGTH = 60  # characters of a line that is a day


@dataclass(slots=True)
class Parts:
    """The labels of a page's blocks, one each, and which of them is the headline."""

    labels: list[str]
    headline: Headline


def parts_of(blocks: Sequence[Block], covered: Sequence[float], facts: Facts) -> Parts:
    """What each of `blocks` is. `covered` says how much of it an extraction took for the article."""
    return _Sorting(blocks, covered, facts).done()


class _Sorting:
    def __init__(self, blocks: Sequence[Block], covered: Sequence[float], facts: Facts) -> None:
        self.blocks, self.facts = blocks, facts
        self.labels = [""] * len(blocks)
        self._hints = [_all_hints(block) for block in blocks]
        self._near = [f"{block.place.hints} {block.hints}" for block in blocks]
        taken = [place for place, share in enumerate(covered) if share >= _HALF]
        body = [place for place in taken if blocks[place].place.landmark not in ("nav", "footer")]
        body = body or self._without_extraction()
        self._take(body, "BODY")
        self.first = min(body, default=len(blocks))
        self._headline = headline_among(blocks, facts.titles, facts.publication or facts.host, self.first)
        self.headline = self._headline.place

    def done(self) -> Parts:
        if self.headline >= 0:
            self.labels[self.headline] = "HEADLINE"
        self._fill_gaps()
        self._cut_off()
        self._trim()
        self._captions()
        self._days()
        self._bylines()
        self._deks()
        self._rest()
        return Parts(self.labels, self._headline)

    def _take(self, places: Sequence[int], label: str) -> None:
        for place in places:
            self.labels[place] = label

    def _body(self) -> list[int]:
        return [place for place, label in enumerate(self.labels) if label == "BODY"]

    # The body

    def _without_extraction(self) -> list[int]:
        """The body of a page on which no article was found: what is neither the site's frame nor links."""
        own = [
            place
            for place, block in enumerate(self.blocks)
            if not _outside(block.place) and block.linked * 2 < len(block.text) and not self._excluded(place)
        ]
        return own or [place for place, block in enumerate(self.blocks) if not _outside(block.place)]

    def _excluded(self, place: int) -> bool:
        return _NOT_BODY.search(self._near[place]) is not None or self._is_caption(place)

    def _fill_gaps(self) -> None:
        """What stands between two paragraphs of the article, and has no sign of something else, is of the article."""
        body = self._body()
        for before, after in pairwise(body):
            if 1 < after - before <= _GAP:
                frame = _common(self.blocks[before].place, self.blocks[after].place)
                for place in range(before + 1, after):
                    if not self.labels[place] and self._may_fill(place, frame):
                        self.labels[place] = "BODY"

    def _may_fill(self, place: int, frame: Place | None) -> bool:
        block = self.blocks[place]
        between = " ".join(_hints_below(block, frame))
        return not (
            block.linked * 2 >= len(block.text)
            or _NOT_BODY.search(between)
            or _RELATED.search(between)
            or _BYLINE.search(between)
            or _is_about(block.text)
            or self._is_caption(place)
            or any(inner.tag in ("button", "nav", "footer", "form", "aside") for inner in _below(block, frame))
        )

    def _cut_off(self) -> None:
        """Where a heading such as “Related” or “Top stories” ends the article, what an extraction took behind it goes.

        What lies in the same element as most of the article stays.
        """
        body = self._body()
        lengths: Counter[Place | None] = Counter()
        for place in body:
            lengths[self.blocks[place].place.parent] += len(self.blocks[place].text)
        frame = lengths.most_common(1)[0][0] if lengths else None
        read, total = 0, sum(lengths.values())
        ended = False
        for place in range(min(body, default=0), max(body, default=-1) + 1):
            block = self.blocks[place]
            if read * 2 >= total and len(block.text) < _HEADING_LENGTH and _ENDS.match(block.text):
                ended = True
            if self.labels[place] == "BODY":
                read += len(block.text)
                if ended and not any(inner is frame for inner in block.place.within()):
                    self.labels[place] = ""

    def _trim(self) -> None:
        """Headings with nothing of the article behind them, and notices of rights, end no article."""
        body = self._body()
        while len(body) > 1:
            last = self.blocks[body[-1]]
            if not (last.place.tag in _HEADINGS or (_NOTICE.match(last.text) and len(last.text) < _DEK_LENGTH)):
                break
            self.labels[body.pop()] = ""
        for place in body:
            if _NOTICE.match(self.blocks[place].text) and len(self.blocks[place].text) < 40 and len(body) > 1:
                self.labels[place] = ""

    # What goes with it

    def _captions(self) -> None:
        body = self._body()
        first, last = (min(body), max(body)) if body else (0, -1)
        top = min(self.headline if self.headline >= 0 else first, first) - 4
        for place in range(max(0, top), min(len(self.blocks), last + 3)):
            if place != self.headline and self._is_caption(place):
                credit = _CREDIT.search(self._near[place]) is not None
                self.labels[place] = "CREDIT" if credit else "CAPTION"

    def _is_caption(self, place: int) -> bool:
        block = self.blocks[place]
        if _CAPTION.search(self._near[place]):
            return not any(inner.tag == "table" for inner in block.place.within())
        return any(inner.tag == "figcaption" for inner in block.place.within())

    def _days(self) -> None:
        """The line that says when the article was published, near its headline."""
        body = self._body()
        first = min(body, default=len(self.blocks))
        start = self.headline if 0 <= self.headline < first else max(0, first - _NEAR)
        for place in range(max(0, start - 2), min(first + _TOP, len(self.blocks))):
            if self.labels[place] in ("", "BODY") and _is_day(self.blocks[place].text):
                self.labels[place] = "DATELINE"

    def _bylines(self) -> None:
        body = self._body()
        first, last = (min(body), max(body)) if body else (len(self.blocks), -1)
        start = self.headline if 0 <= self.headline < first else max(0, first - _NEAR)
        names = [letters(name).casefold() for name in self.facts.authors]
        near = [*range(max(0, start - 2), min(first + _TOP, len(self.blocks))), *range(last + 1, last + 4)]
        for place in near:
            if place < len(self.blocks) and self.labels[place] in ("", "BODY") and self._is_byline(place, names):
                self.labels[place] = "BYLINE"

    def _is_byline(self, place: int, names: Sequence[str]) -> bool:
        text = self.blocks[place].text
        if len(text) > _SHORT or len(text.split()) > 20:
            return False
        key = letters(text).casefold()
        named = any(len(name) > 3 and name in key for name in names)
        hinted = _BYLINE.search(self._near[place]) is not None
        if self.labels[place] == "BODY":
            return (named or hinted) and says_by(text)
        return hinted or (named and len(text) < 100) or (says_by(text) and len(text) < 60 and not text.endswith("."))

    def _deks(self) -> None:
        body = self._body()
        if not body or not 0 <= self.headline < body[0]:
            return
        if len(body) > 2 and _SURE_DEK.search(self._near[body[0]]):
            self.labels[body.pop(0)] = "DEK"
        about = letters(self.facts.description)[:60].casefold()
        for place in range(self.headline + 1, body[0]):
            block = self.blocks[place]
            if self.labels[place] or not 20 <= len(block.text) <= _DEK_LENGTH or block.linked * 2 > len(block.text):
                continue
            said = len(about) > 20 and letters(block.text).casefold().startswith(about)
            if said or (_DEK.search(self._near[place]) and not _NOT_BODY.search(self._near[place])):
                self.labels[place] = "DEK"

    def _rest(self) -> None:
        opened: Place | None = None  # the element in which a heading “Read more” stands
        for place, block in enumerate(self.blocks):
            if self.labels[place]:
                opened = None
                continue
            if _RELATED_SAID.match(block.text) and not _outside(block.place):
                opened = block.place.parent
            inside = opened is not None and any(inner is opened for inner in block.place.within())
            hinted = _RELATED.search(self._hints[place]) is not None
            framed = any(inner.tag in ("nav", "footer", "header") for inner in block.place.within())
            self.labels[place] = "RELATED" if (inside or hinted) and not framed else "BOILERPLATE"


def _all_hints(block: Block) -> str:
    """The hints of the block and of what it lies in, but not of the page as a whole."""
    held = [inner.hints for inner in block.place.within() if inner.tag not in ("html", "body")]
    return " ".join([block.hints, *held[:8]])


def _outside(place: Place) -> bool:
    """Whether a place lies in the frame of the site; the header of an article is no such frame."""
    tags = [inner.tag for inner in place.within()]
    return place.landmark in _OUTSIDE and not (place.landmark in ("header", "address") and "article" in tags)


def _is_day(text: str) -> bool:
    """Whether a line is no more than a day, and perhaps a time."""
    return len(text) <= _DAY_LENGTH and _YEAR.search(text) is not None and len(_WORDS.findall(text)) <= 7


def _common(one: Place, other: Place) -> Place | None:
    """The innermost element that holds both."""
    held = {id(inner) for inner in one.within()}
    return next((inner for inner in other.within() if id(inner) in held), None)


def _below(block: Block, frame: Place | None) -> list[Place]:
    """The elements that the block lies in, up to `frame`, from the inside out."""
    found = []
    for inner in block.place.within():
        if inner is frame:
            break
        found.append(inner)
    return found


def _hints_below(block: Block, frame: Place | None) -> list[str]:
    return [block.hints, *(inner.hints for inner in _below(block, frame))]


def _is_about(text: str) -> bool:
    """Whether a block is about other pages, or about rights."""
    return _RELATED_SAID.match(text) is not None or _NOTICE.match(text) is not None
