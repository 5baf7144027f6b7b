"""A screen of its own for one test: an X server in memory and a window manager, and what is on that screen."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter

NEEDED = ("Xvfb", "openbox", "xdotool", "xclip")
PATIENCE = 30.0  # seconds until something that was to happen is held to have failed; machines are shared
GLANCE = 0.04  # seconds between two looks

CARET_WIDTH, CARET_HEIGHT = 3, 60  # pixels, at most
SHADE = 24  # of 255: so much darker or lighter is something else
DROPPED = ("WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME")

_OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
 <focus><focusNew>yes</focusNew></focus>
 <placement><policy>Smart</policy><center>yes</center></placement>
 <applications>{rule}</applications>
</openbox_config>
"""
_BARE = """<application type="normal"><decor>no</decor><maximized>yes</maximized></application>
<application title="What the import would bring"><decor>no</decor></application>"""  # whose picture is taken alone


def missing() -> list[str]:
    """The programs that a screen needs and this machine does not have."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_for(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until `true()`. Raises AssertionError, with `what` was waited for, after `patience` seconds."""
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until, f"waited {patience:.0f} s in vain for {what}"
        time.sleep(GLANCE)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the screen, in pixels; `right` and `bottom` are inside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[int, int]:
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True, repr=False)
class Shot:
    """What was on the screen at one moment: rows of four bytes a pixel."""

    rows: tuple[bytes, ...]
    width: int

    def part(self, box: Box) -> Shot:
        """What was in `box`."""
        rows = self.rows[box.top : box.bottom + 1]
        return Shot(tuple(row[4 * box.left : 4 * (box.right + 1)] for row in rows), box.right - box.left + 1)

    def changed(self, later: Shot) -> Box | None:
        """The part that is filled anew in `later`, without the thin traces around it: a caret, letters that moved."""
        rows = [number for number, row in enumerate(self.rows) if row != later.rows[number]]
        counts = [0] * self.width
        for number in rows:
            for column in _differing(self.rows[number], later.rows[number]):
                counts[column] += 1
        filled = [column for column, count in enumerate(counts) if count > max(counts) / 2]
        return Box(filled[0], rows[0], filled[-1], rows[-1]) if rows else None

    def moved(self, later: Shot) -> bool:
        """Whether more is different in `later` than a caret that blinks."""
        rows = [number for number, row in enumerate(self.rows) if row != later.rows[number]]
        if len(rows) > CARET_HEIGHT:
            return True
        columns = {column for number in rows for column in _differing(self.rows[number], later.rows[number])}
        return len(columns) > CARET_WIDTH

    def like(self, other: Shot) -> bool:
        """Whether both show the same thing at the same place; a line may be drawn a fraction of a pixel higher."""
        pairs = list(zip(self._coarse(), other._coarse(), strict=True))
        return sum(abs(one - two) > SHADE for one, two in pairs) < len(pairs) / 100

    def save(self, path: Path) -> None:
        """Write it as a PNG."""
        writer = QImageWriter(str(path), QByteArray(b"png"))
        writer.setCompression(100)
        assert writer.write(self._image.convertToFormat(QImage.Format.Format_RGB888)), f"{path} was not written"

    @property
    def _image(self) -> QImage:
        held = b"".join(self.rows)
        return QImage(held, self.width, len(self.rows), 4 * self.width, QImage.Format.Format_RGB32).copy()

    def _coarse(self) -> list[int]:
        """How bright each eight by eight pixels are, 0 to 255."""
        size = (self.width // 8, len(self.rows) // 8)
        image = self._image.convertToFormat(QImage.Format.Format_Grayscale8)
        image = image.scaled(*size, mode=Qt.TransformationMode.SmoothTransformation)
        return [image.pixelColor(x, y).red() for y in range(size[1]) for x in range(size[0])]


def _differing(one: bytes, other: bytes) -> list[int]:
    """The columns in which two rows differ."""
    return [at // 4 for at in range(0, len(one), 4) if one[at : at + 4] != other[at : at + 4]]


class Display:
    """An X server and a window manager that live as long as the `with` block. `folder` is theirs."""

    def __init__(self, folder: Path, width: int = 1440, height: int = 900, *, bare: bool = False) -> None:
        """With `bare`, windows fill the screen and have no frame; dialogs are as ever."""
        self._folder, self._size, self._bare = folder, (width, height), bare
        self._started: list[subprocess.Popen[bytes]] = []
        self.number = ""

    def __enter__(self) -> Display:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._start_server()
            self._start_window_manager()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._started):
            process.terminate()
            process.wait(10)

    def _start_server(self) -> None:
        reading, writing = os.pipe()
        screen = "{}x{}x24".format(*self._size)
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", screen, "-nolisten", "tcp", "-noreset", "-fbdir"]
        server = subprocess.Popen(
            [*command, str(self._folder)], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._started.append(server)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.number = told.readline().strip()  # it writes it when it is ready, on a display that was free
        assert self.number, "the X server did not start"

    def _start_window_manager(self) -> None:
        settings = self._folder / "openbox.xml"
        settings.write_text(_OPENBOX.format(rule=_BARE if self._bare else ""), encoding="utf-8")
        command = ["openbox", "--sm-disable", "--config-file", str(settings)]
        self._started.append(
            subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        wait_for(lambda: self._says("xdotool", "get_num_desktops") != "", "the window manager")

    @property
    def environment(self) -> dict[str, str]:
        """The caller's, but for the screen and for what would let a program reach the caller's desktop."""
        dropped = (
            "WAYLAND_DISPLAY",
            "QT_QPA_PLATFORM",
            "QT_QPA_PLATFORMTHEME",
            "DBUS_SESSION_BUS_ADDRESS",
            "XAUTHORITY",
        )
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        return {**kept, "DISPLAY": f":{self.number}", "QT_QPA_PLATFORM": "xcb"}

    def start(self, command: Sequence[str], more: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Start a program on this screen; what it says goes to `log`."""
        with log.open("ab") as out:
            return subprocess.Popen(
                command, env={**self.environment, **more}, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )

    # The keyboard, the mouse and the clipboard

    def keys(self, keys: Sequence[str], delay: int = 2) -> None:
        """Press `keys`, as X names them, one after the other, `delay` milliseconds apart."""
        for first in range(0, len(keys), 200):
            self._do("xdotool", "key", "--delay", str(delay), *keys[first : first + 200])

    def type(self, text: str) -> None:
        """Type `text`."""
        self._do("xdotool", "type", "--delay", "8", text)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at `start`, move to `end` in two steps, and let go."""
        between = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        command = ["xdotool", *_move(start), "mousedown", "1"]
        for point in (between, end):
            command += ["sleep", "0.03", *_move(point)]
        self._do(*command, "sleep", "0.03", "mouseup", "1")

    def click(self, point: tuple[int, int]) -> None:
        """Click at `point` with the left button."""
        self._do("xdotool", *_move(point), "sleep", "0.03", "click", "1")

    def move_away(self) -> None:
        """Put the mouse where it lights up nothing: the last pixel of the screen."""
        self._do("xdotool", *_move((self._size[0] - 1, self._size[1] - 1)))

    def clipboard(self) -> str:
        """What was copied last."""
        return self._says("xclip", "-selection", "clipboard", "-o")

    # What can be seen

    def windows(self) -> list[str]:
        """The titles of the windows that can be seen."""
        found = self._says("xdotool", "search", "--onlyvisible", "--name", ".").split()
        return [self._says("xdotool", "getwindowname", key).strip() for key in found]

    def active_window(self) -> str:
        """The title of the window that has the keyboard."""
        return self._says("xdotool", "getactivewindow", "getwindowname").strip()

    def active_box(self) -> Box:
        """Where the window is that has the keyboard, without its frame."""
        told = self._says("xdotool", "getactivewindow", "getwindowgeometry", "--shell")
        held = dict(line.split("=") for line in told.split())
        left, top, width, height = (int(held[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))
        return Box(left, top, left + width - 1, top + height - 1)

    def shot(self) -> Shot:
        """What is on the screen now."""
        held = (self._folder / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", held[:100])
        width, height, stride, colours = header[4], header[5], header[12], header[19]
        start = header[0] + 12 * colours
        rows = (held[start + stride * row : start + stride * row + 4 * width] for row in range(height))
        return Shot(tuple(rows), width)

    def still(self, for_seconds: float = 0.25) -> Shot:
        """What is on the screen when nothing but a blinking caret has moved on it for so long."""
        before, since = self.shot(), time.monotonic()
        until = since + PATIENCE
        while time.monotonic() - since < for_seconds:
            assert time.monotonic() < until, "the screen does not come to rest"
            time.sleep(GLANCE)
            now = self.shot()
            if before.moved(now):
                since = time.monotonic()
            before = now
        return before

    def _do(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL, timeout=120)

    def _says(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30)
        return done.stdout if done.returncode == 0 else ""


def _move(point: tuple[int, int]) -> tuple[str, str, str]:
    return "mousemove", str(point[0]), str(point[1])
