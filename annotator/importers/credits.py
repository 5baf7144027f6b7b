"""Who a picture or a report is from: the credit that ends a caption, the dateline that begins a report."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.core.span import Span

_AGENCIES = (
    "AFP|AP|Reuters|REUTERS|EPA|DPA|dpa|UPI|ANSA|TASS|Xinhua|Bloomberg|Anadolu|SPA|MENA|WAM|KUNA|SANA|PTI|Getty"
    "|AFPTV|IRNA|ISNA|Associated Press|Agence France-Presse"
)
_NAME = r"[^\s/|()][^/|()\n]{1,59}"
_CAPITAL = r"[A-Z][\w&’'-]*"
_CREDITS = (
    # AFP PHOTO / NAME, AP Photo/NAME, Asharq Al-Awsat Photo: NAME
    re.compile(rf"(?:(?:{_CAPITAL}[ ]){{1,3}})?(?:PHOTO|Photo)[ ]?[/:][ ]?{_NAME}$"),
    # REUTERS/NAME, EPA / NAME
    re.compile(rf"(?:{_AGENCIES})(?:[ ]Images)?[ ]?/[ ]?{_NAME}$"),
    # (Reuters), (AFP/Getty Images), (AP Photo/NAME)
    re.compile(rf"\((?:[^()\n]{{0,40}}\b)?(?:{_AGENCIES}|PHOTO|Photo)\b[^()\n]{{0,60}}\)\.?$"),
    # any other name in brackets after the end of a sentence
    re.compile(r"(?<=[.!?”\"»…][ ])\((?![RLC]\)|left\)|right\))[^()\d\n]{2,60}\)\.?$"),
)
_CUT = re.compile(r"\(R\)\s*$")


def credit_of(caption: str) -> Span | None:
    """The credit at the end of `caption`, positions within it."""
    for pattern in _CREDITS:
        found = pattern.search(caption)
        if found and found.start() > 0:
            return Span(*found.span())
    return None


def is_cut(caption: str) -> bool:
    """Whether `caption` is the shortened copy that ends in `(R)`."""
    return _CUT.search(caption) is not None


def same_caption(one: str, other: str) -> bool:
    """Whether two paragraphs are the same caption, one of them perhaps cut short."""
    shorter, longer = sorted((_plain(one), _plain(other)), key=len)
    return len(shorter) >= 12 and longer.startswith(shorter)


def _plain(caption: str) -> str:
    return " ".join(_CUT.sub("", caption).split())


class Dateline(NamedTuple):
    """Where a report was sent from, and by whom."""

    span: Span
    source: str  # the agency or newspaper; empty if only the place stands there


_WORD = r"[A-Z][\w.’'-]*"
_PLACE = rf"{_WORD}(?:[ -](?:(?:and|of|the|al|el|de|la|in|on|upon)[ -])?{_WORD})*"
_DASH = r"(?:\s?[–—]|\s-(?=\s))"
_ARABIC_PLACE = r"[\u0600-\u06ff]+(?:[ -][\u0600-\u06ff]+){0,4}"
_DATELINES = (
    # BAGHDAD, (AP) –   WASHINGTON (Reuters) -
    re.compile(rf"(?:{_PLACE}, ?)*{_PLACE},? ?\((?P<source>[^()\n]{{2,40}})\){_DASH}"),
    # BAGHDAD, Iraq, AP –   London, Asharq Al-Awsat—
    re.compile(rf"(?:{_PLACE}, ?)+(?P<source>{_PLACE}){_DASH}"),
    # ADEN –
    re.compile(rf"[A-Z][A-Z’'-]+(?: [A-Z’'-]+){{0,3}}(?P<source>){_DASH}"),
    re.compile(rf"(?:{_ARABIC_PLACE}[،,:] ?)*{_ARABIC_PLACE}[،,:]? ?\((?P<source>[^()\n]{{2,40}})\){_DASH}"),
    re.compile(rf"(?:{_ARABIC_PLACE}[،,:] ?)*{_ARABIC_PLACE}[،,:] ?«(?P<source>[^«»\n]{{2,40}})»{_DASH}"),
)
_LONGEST = 100  # characters of a dateline


def dateline_of(body: str, newspaper: str) -> Dateline | None:
    """The dateline at the start of `body`; `newspaper` is the name of its own paper and archive, in any case."""
    for pattern in _DATELINES:
        found = pattern.match(body[:_LONGEST])
        if found and _sends(found.group("source"), found.group(), newspaper):
            return Dateline(Span(*found.span()), found.group("source"))
    return None


def _sends(source: str, dateline: str, newspaper: str) -> bool:
    """Whether `source` sends reports; two places and a dash alone may begin any sentence."""
    return (
        not source
        or "(" in dateline
        or "«" in dateline
        or re.fullmatch(rf"{_AGENCIES}|[A-Z]{{2,6}}", source) is not None
        or source.casefold() in newspaper.casefold()
    )
