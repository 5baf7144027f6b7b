"""Which Latin letter stands on a key, whatever script the keyboard is set to."""

from __future__ import annotations

import sys

_ROWS = ((16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm"))  # as IBM's AT keyboard numbers its keys, and evdev
_X11 = 8  # what X11 and Wayland add to evdev's numbers

_LETTERS = {first + place: letter for first, row in _ROWS for place, letter in enumerate(row)}


def latin_letter(scan_code: int, platform: str = sys.platform) -> str:
    """The letter that a key has on a keyboard made for English; empty where `scan_code` is no letter's, or on macOS,

    which does not tell scan codes.
    """
    if platform == "darwin":
        return ""
    return _LETTERS.get(scan_code - _X11 if platform == "linux" else scan_code, "")
