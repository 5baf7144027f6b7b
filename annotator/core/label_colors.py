"""A colour for a new label: readable on paper, and unlike those there are, also to eyes that see no red or no green."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

# Each has a contrast of 4.5 or more on white paper. In the dark, the window lightens them and keeps their hue.
CHOICE = (
    *("#2e6fb7", "#b85c00", "#1e8070", "#b2356b", "#7b4fb0", "#4d7a2c", "#85651d", "#b8261f", "#0e7591", "#5b6470"),
    *("#a8501e", "#a1467f", "#3f51a3", "#667600", "#8a3a3a", "#00695c", "#7a5230", "#6a3fb5", "#c2185b", "#37474f"),
    *("#007b86", "#9c27b0", "#7a6d14", "#c43c10"),
)

# What is left of linear red, green and blue where one kind of cone is missing: Machado, Oliveira and Fernandes,
# “A Physiologically-based Model for Simulation of Color Vision Deficiency”, 2009, severity 1.
_ALL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
_WITHOUT_GREEN = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
_WITHOUT_RED = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))

# From linear red, green and blue to the OKLab space, in which distances are about what the eye takes them for:
# Ottosson, “A perceptual color space for image processing”, 2020.
_TO_CONES = (
    *((0.4122214708, 0.5363325363, 0.0514459929), (0.2119034982, 0.6806995451, 0.1073969566)),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    *((0.2104542553, 0.7936177850, -0.0040720468), (1.9779984951, -2.4285922050, 0.4505937099)),
    (0.0259040371, 0.7827717662, -0.8086757660),
)

COLOR = re.compile(r"#[0-9a-fA-F]{6}")  # how a colour is written

LIKE, LIKE_TO_SOME = 0.04, 0.015  # what differs less is taken for the same, by all eyes or by some

Triple = Sequence[float]


def color_for(taken: Iterable[str]) -> str:
    """The colour of `CHOICE` that is least like any of `taken`, colours as #rrggbb; the earliest of equals.

    Where all are taken, each counts as often as it is there beyond the others.
    """
    there = Counter(color.lower() for color in taken if COLOR.fullmatch(color))
    there -= Counter(dict.fromkeys(CHOICE, min(there[color] for color in CHOICE)))
    if not there:
        return CHOICE[0]
    return max(CHOICE, key=lambda color: min(difference(color, other) for other in there))


def difference(one: str, other: str) -> float:
    """How unlike two colours (#rrggbb) look to the eye that tells them apart worst; 0 for the same, about 1 at most."""
    return min(_distance(mine, theirs) for mine, theirs in zip(_seen(one), _seen(other), strict=True))


def looks_like(color: str, others: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Which of `others`, colours by name, look like `color`: to all eyes, and to those that see no red or green."""
    to_all, to_some = [], []
    for name, other in others.items():
        if COLOR.fullmatch(color) and COLOR.fullmatch(other):
            if _distance(_seen(color)[0], _seen(other)[0]) < LIKE:
                to_all.append(name)
            elif difference(color, other) < LIKE_TO_SOME:
                to_some.append(name)
    return to_all, to_some


@cache
def _seen(color: str) -> tuple[Triple, ...]:
    """The colour in OKLab, as three kinds of eyes see it."""
    light = [_linear(int(color[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    return tuple(_oklab(_times(eyes, light)) for eyes in (_ALL, _WITHOUT_GREEN, _WITHOUT_RED))


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _oklab(light: Triple) -> Triple:
    return _times(_TO_LAB, [max(cone, 0.0) ** (1 / 3) for cone in _times(_TO_CONES, light)])


def _times(matrix: Sequence[Triple], vector: Triple) -> list[float]:
    return [sum(weight * value for weight, value in zip(row, vector, strict=True)) for row in matrix]


def _distance(one: Triple, other: Triple) -> float:
    return float(sum((mine - theirs) ** 2 for mine, theirs in zip(one, other, strict=True)) ** 0.5)
