"""One window a project: who opens it a second time is shown the first.

The window that has a project holds a lock of the operating system, which goes with the process however that ends, and
listens at a socket beside it. Both lie in a folder of this person's on this machine and are named after the project
file's device and number, so that links and other names lead to the same. No network is used.
"""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

if TYPE_CHECKING:
    import socket

ANSWER_SECONDS = 1.0
_COME = b"come to the front\n"
_COMING = b"coming\n"


class Claim(QObject):
    """A project that this window has, for as long as it is held."""

    wanted = Signal()  # somebody opened the project once more

    def __init__(self, lock: int, name: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self._name = name
        self._listener: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        QTimer.singleShot(0, self, self.listen)

    def listen(self) -> None:
        """Begin to hear of others who open the project; after the first paint, as it is the lock that counts."""
        if self._lock >= 0 and self._listener is None:
            with suppress(OSError, AttributeError):  # without a socket, the project is this window's all the same
                self._bind()

    def _bind(self) -> None:
        import socket  # slow to import

        place = self._name.with_suffix(".socket")
        place.unlink(missing_ok=True)  # of one that ended suddenly: the lock is ours
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(place))
        listener.listen(4)
        listener.setblocking(False)
        self._listener = listener
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._answer)

    def _answer(self) -> None:
        if self._listener is None:
            return
        with suppress(OSError):
            caller, _ = self._listener.accept()
            with caller:
                caller.settimeout(0.05)  # it has written before it was let in
                if caller.recv(len(_COME)) == _COME:
                    caller.sendall(_COMING)
                    self.wanted.emit()

    def release(self) -> None:
        """Let another window have the project."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._listener is not None:
            self._listener.close()
            self._name.with_suffix(".socket").unlink(missing_ok=True)
        self._notifier = self._listener = None
        if self._lock >= 0:
            os.close(self._lock)  # the lock goes with it
            self._lock = -1


class TakenError(Exception):
    """Another window has the project."""

    def __init__(self, came: bool) -> None:
        super().__init__()
        self.came = came  # whether it said that it comes to the front


def claim(project: Path, parent: QObject | None = None, folder: Path | None = None) -> Claim | None:
    """Take the project for this window; None where this system has no means to say so.

    Raises TakenError when another window has it, which was asked to come to the front.
    """
    try:
        name = _name(project, folder or _folder())
        lock = _locked(name.with_suffix(".lock"))
    except (OSError, ImportError):
        return None  # to work in a project needs no such folder
    if lock is None:
        raise TakenError(_asked(name.with_suffix(".socket")))
    return Claim(lock, name, parent)


def _folder() -> Path:
    from platformdirs import user_runtime_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where the system has none, it is one among temporary files
        folder = user_runtime_path("annotator")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise PermissionError(folder)  # somebody else could listen there
    return folder


def _name(project: Path, folder: Path) -> Path:
    status = project.stat()
    file = f"{status.st_dev}:{status.st_ino}"
    return folder / hashlib.sha256(file.encode()).hexdigest()[:24]


def _locked(path: Path) -> int | None:
    """A descriptor of the file at `path`, with the lock on it; None where another process has that."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _asked(place: Path) -> bool:
    """Ask the window that listens at `place` to come to the front. Returns whether it said so."""
    import socket

    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
            caller.settimeout(ANSWER_SECONDS)
            caller.connect(str(place))
            caller.sendall(_COME)
            return caller.recv(len(_COMING)) == _COMING
    except (OSError, AttributeError):
        return False
