"""Colours and fonts, light and dark. Every other module asks here; none names a colour of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont

TEXT_FAMILIES = ("Source Serif 4", "Noto Serif", "DejaVu Serif", "Noto Naskh Arabic", "Noto Sans Arabic")
INTERFACE_FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans", "Noto Sans Arabic")

READABLE = 4.5  # the contrast of names and underlines against paper that WCAG 2 asks of small text


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of the window. `band` and `band_selected` are the opacity of a mark's tint, 0 to 1."""

    name: str
    background: str
    paper: str
    ink: str
    faint: str
    hairline: str
    accent: str
    hover: str  # a row or a button under the mouse
    chosen: str  # a row that is current
    good: str
    warning: str
    band: float
    band_selected: float
    dark: bool
    readable: float = READABLE  # the least contrast of a label's colour against the paper


LIGHT = Theme(
    name="light",
    background="#f6f5f2",
    paper="#fffefb",
    ink="#1d1d1f",
    faint="#6f6e6a",
    hairline="#e3e1db",
    accent="#2f5fb3",
    hover="#efede8",
    chosen="#e6edf9",
    good="#1a7566",
    warning="#a65200",
    band=0.20,
    band_selected=0.40,
    dark=False,
)
DARK = Theme(
    name="dark",
    background="#17181a",
    paper="#1e1f22",
    ink="#e8e6e1",
    faint="#9a9993",
    hairline="#2e3034",
    accent="#8ab0f2",
    hover="#232529",
    chosen="#25334d",
    good="#5cc9b5",
    warning="#f0a55a",
    band=0.26,
    band_selected=0.46,
    dark=True,
)
CONTRAST_LIGHT = Theme(
    name="contrast",
    background="#ffffff",
    paper="#ffffff",
    ink="#000000",
    faint="#3d3d3d",
    hairline="#767676",
    accent="#0033aa",
    hover="#e8e8e8",
    chosen="#cfe0ff",
    good="#005a40",
    warning="#7a2f00",
    band=0.10,
    band_selected=0.30,
    dark=False,
    readable=7.0,
)
CONTRAST_DARK = Theme(
    name="contrast",
    background="#000000",
    paper="#000000",
    ink="#ffffff",
    faint="#d0d0d0",
    hairline="#8f8f8f",
    accent="#9cc4ff",
    hover="#262626",
    chosen="#0d3166",
    good="#7fe8c8",
    warning="#ffc27a",
    band=0.16,
    band_selected=0.40,
    dark=True,
    readable=7.0,
)


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def label_color(color: str, theme: Theme) -> QColor:
    """A label's colour as it is drawn in `theme`: its own hue, light or dark enough to be read on paper.

    A scheme keeps one colour a label, as `#rrggbb`; a colour that does not parse is drawn in ink.
    """
    return QColor(_label_color(color, theme))  # a copy: who makes it fainter would make it so for all


@lru_cache(maxsize=1024)
def _label_color(color: str, theme: Theme) -> QColor:
    wanted = QColor.fromString(color)
    if not wanted.isValid():
        return QColor(theme.ink)
    paper = QColor(theme.paper)
    hue, saturation, lightness = wanted.hslHueF(), wanted.hslSaturationF(), wanted.lightnessF()
    if theme.dark:
        lightness, saturation = max(lightness, 0.62), min(saturation, 0.85)
    drawn = QColor.fromHslF(max(hue, 0.0), saturation, lightness)
    while contrast(drawn, paper) < theme.readable and 0.0 < lightness < 1.0:
        lightness = min(1.0, lightness + 0.02) if theme.dark else max(0.0, lightness - 0.02)
        drawn = QColor.fromHslF(max(hue, 0.0), saturation, lightness)
    return drawn


def text_font(pixels: int, families: tuple[str, ...] = TEXT_FAMILIES) -> QFont:
    """The font of the article, `pixels` high."""
    return _font(pixels, families)


def interface_font(pixels: int = 13) -> QFont:
    """The font of everything that is not the article."""
    return _font(pixels, INTERFACE_FAMILIES)


def _font(pixels: int, families: tuple[str, ...]) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(pixels)
    return font


def _luminance(color: QColor) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())
