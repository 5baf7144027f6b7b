"""Sees every call to the network, to other programs and for code out of data, while the tests run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

NEED_SOCKETS: tuple[str, ...] = ()  # tests that talk to a server of their own: the beginnings of their names

_NETWORK = frozenset(
    (
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.sendto",
        "socket.sendmsg",
    )
)
_OF_OURS = frozenset(("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "pickle.find_class"))
# Processes of our own, which pass values to and fro; and Python's way to tell what machine this is, for libraries.
_HELPERS = ("multiprocessing", "concurrent", "platform")


class Called(AssertionError):
    """Something was called that nothing may call."""


class Watch:
    """What was called since `begin`."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._watching = False
        self._needs_sockets = False

    def begin(self, test: str) -> None:
        """A test begins."""
        self.calls, self._watching = [], True
        self._needs_sockets = test.startswith(NEED_SOCKETS)

    def end(self) -> list[str]:
        """The test is over; what it called."""
        self._watching = False
        return self.calls

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """For `sys.addaudithook`: raises Called, and remembers it for those who swallow it."""
        if not self._watching or (event not in _NETWORK and event not in _OF_OURS):
            return
        if event in _NETWORK and (self._needs_sockets or _is_local(event, arguments)):
            return
        if event in _OF_OURS and not _is_ours(sys._getframe()):
            return
        self.calls.append(f"{event} {arguments!r:.200}")
        raise Called(self.calls[-1])


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    """Whether a socket is a file, as the parts of one process use, or one library asks for this machine's own name."""
    address = (
        arguments[1] if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and len(arguments) > 1 else ()
    )
    return isinstance(address, str | bytes)


def _is_ours(frame: FrameType | None) -> bool:
    """Whether the program, and not a test or a library of its own accord, is at work."""
    names = list(_modules(frame))
    if any(name.partition(".")[0] in _HELPERS for name in names):
        return False
    return any(name.startswith("annotator.") for name in names)


def _modules(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back


WATCH = Watch()
