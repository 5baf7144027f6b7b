"""Labels’ colours so that names in them can be read, on light paper and on dark."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls

from annotator.core.label_colors import COLOR

PAPER, DARK_PAPER = "#fffefb", "#1e1f22"
INK, DARK_INK = "#1d1d1f", "#e8e6e1"
_READABLE = 4.5  # the contrast that WCAG 2 asks of small text
_STEP = 0.02


def on_paper(color: str, *, dark: bool = False) -> str:
    """A label’s colour, made light or dark enough to be read; ink where it is no colour."""
    if not COLOR.fullmatch(color):
        return DARK_INK if dark else INK
    paper = DARK_PAPER if dark else PAPER
    hue, lightness, saturation = rgb_to_hls(*_parts(color))
    if dark:
        lightness, saturation = max(lightness, 0.62), min(saturation, 0.85)
    drawn = _written(hue, lightness, saturation)
    while contrast(drawn, paper) < _READABLE and 0.0 < lightness < 1.0:
        lightness = min(1.0, lightness + _STEP) if dark else max(0.0, lightness - _STEP)
        drawn = _written(hue, lightness, saturation)
    return drawn


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (#rrggbb), 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _parts(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(hue: float, lightness: float, saturation: float) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in hls_to_rgb(hue, lightness, saturation)))


def _luminance(color: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(color)
    )  # fmt: skip
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
