"""Opening a project file as SQLite: what is checked first, how connections are set, what errors mean to a person."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import struct
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.core.ids import new_id
from annotator.core.open_files import looking
from annotator.store.known_schema import refuse_strange
from annotator.store.open_files import Connection, connecting

MAGIC = b"SQLite format 3\0"  # how every database begins
APPLICATION_ID = 0x416E6E6F  # "Anno", at byte 68 of the file
BUSY_SECONDS = 2.0  # how long a write waits for another program's to end
CACHE_KIB = 16 * 1024
SQLITE_VERSION = sqlite3.sqlite_version

_HEADER = struct.Struct(">60xI4xI")  # user_version and application_id, as SQLite's file format places them


class NotAProjectError(KnownError):
    """The file is something else, or too damaged to tell."""


class DamagedError(KnownError):
    """The file is a project, and a part of it cannot be read."""


def schema_version(path: Path) -> int:
    """The version of the schema of the project file at `path`, from its header alone.

    Raises NotAProjectError when the file is missing, unreadable or no project file.
    """
    with looking(path) as is_open:
        if not is_open:
            head = _head(path)
    if is_open:
        return _version_of_open(path)
    if not head:
        raise NotAProjectError(f"{path} is empty: it is no project. Nothing was changed.")
    if not head.startswith(MAGIC) or len(head) < 100:
        raise NotAProjectError(f"{path} is no Annotator project. Nothing was changed.")
    version, application = _HEADER.unpack_from(head)
    if application != APPLICATION_ID:
        raise NotAProjectError(f"{path} is a database of another program, no Annotator project. Nothing was changed.")
    return int(version)


def _version_of_open(path: Path) -> int:
    connection = sqlite3.connect(f"{_uri(path)}?mode=rw", uri=True)
    with errors_for_people(str(path)), closing(connection):
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except FileNotFoundError:
        raise NotAProjectError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise NotAProjectError(f"{path} is a folder, no project file.") from None
    except OSError as error:
        raise NotAProjectError(f"{path} cannot be read: {error.strerror}.") from error


def writable(path: Path) -> bool:
    """Whether the file, and the folder in which its log must stand beside it, may be written."""
    return os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def connect_to_write(path: Path | None) -> sqlite3.Connection:
    """The one connection that writes: to the file at `path`, or to memory."""
    target = ":memory:" if path is None else f"{_uri(path)}?mode=rw"
    connection = _connected(target, path)
    connection.execute("PRAGMA synchronous = FULL")  # power may fail: NORMAL loses acknowledged commits then
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection of one's own that cannot write.

    SQLite clears its two files beside the project away only where it may write, so it may, and is told not to. A file
    that may not be written, and that nobody has open, is read as it lies: SQLite could not clear them away again, or
    not even make them.
    """
    if writable(path):
        connection = _connected(f"{_uri(path)}?mode=rw", path)
        connection.execute("PRAGMA query_only = ON")
        return connection
    still = not path.resolve().with_name(path.resolve().name + "-wal").exists()
    return _connected(f"{_uri(path)}?mode=ro" + ("&immutable=1" if still else ""), path)


def connect_to_still(path: Path) -> sqlite3.Connection:
    """A connection that reads a finished file which nobody writes, as backups are: it makes no files beside it."""
    return _connected(f"{_uri(path)}?mode=ro&immutable=1", path)


def _connected(target: str, path: Path | None) -> sqlite3.Connection:
    with errors_for_people(str(path or "memory")), connecting(path) as file:
        connection = sqlite3.connect(
            target,
            uri=True,
            isolation_level=None,  # every transaction of ours is written out
            timeout=BUSY_SECONDS,
            check_same_thread=False,
            cached_statements=256,
            factory=Connection,
        )
        connection.file = file
        connection.execute("PRAGMA trusted_schema = OFF")  # a stranger's file may hold views and triggers
        connection.execute("PRAGMA cell_size_check = ON")
        _defend(connection)
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        try:
            if path is not None:
                refuse_strange(connection, path)
        except BaseException:
            connection.close()
            raise
        return connection


def _defend(connection: sqlite3.Connection) -> None:
    """No SQL may write to the schema or the search index's own tables, where this Python can tell SQLite so (3.12)."""
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def _uri(path: Path) -> str:
    return path.resolve().as_uri()


def write_new(path: Path, content: bytes) -> None:
    """Put the database `content` at `path`, whole or not at all, in write-ahead mode.

    Raises KnownError when there is something already, or it cannot be written.
    """
    making = path.with_name(f".{path.name}.{new_id()}")
    try:
        with making.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        connection = sqlite3.connect(making)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
        give_name(making, path)
    except FileExistsError:
        raise KnownError(f"{path} exists already. It was left as it is; choose another name, or open it.") from None
    except OSError as error:
        raise KnownError(f"{path} cannot be made: {error.strerror}. Nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise KnownError(f"{path} cannot be made: {error}. Nothing was changed.") from error
    finally:
        making.unlink(missing_ok=True)


def give_name(making: Path, path: Path) -> None:
    """Give the finished file its name. Raises FileExistsError rather than replace another that appeared meanwhile."""
    try:
        os.link(making, path)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this file system
        if path.exists():
            raise FileExistsError from None
        making.rename(path)
    sync_folder(path.resolve().parent)


def sync_folder(folder: Path) -> None:
    """Let what was made, renamed or deleted in `folder` outlive a power cut, where the system can be asked to."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def transaction(connection: sqlite3.Connection, name: str) -> Iterator[None]:
    """One transaction, all or nothing. `name` is the project's, for the sentence when it fails.

    It takes the right to write at its start: a transaction that reads first and writes later is refused at once
    when somebody wrote in between, however long the time-out. Rows may refer to rows that come later in it.
    """
    with errors_for_people(name):
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def errors_for_people(name: str) -> Iterator[None]:
    """Turns what SQLite says of the world (a full disk, a lock, damage) into a KnownError about the file `name`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorname", "")
        sentence = _sentence(code, name)
        if sentence is None:
            raise
        raise (DamagedError if code.startswith(_DAMAGE) else KnownError)(sentence) from error


def _sentence(code: str, name: str) -> str | None:
    for prefix, sentence in _SENTENCES.items():
        if code.startswith(prefix):
            return sentence.format(name=name, free=_free(name))
    return None


_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_SENTENCES = {
    "SQLITE_FULL": "The disk that holds {name} is full ({free} free). The last change was not saved; all before it"
    " was. Make room, then try again.",
    "SQLITE_BUSY": "Another program is writing to {name}. The last change was not saved; try again in a moment.",
    "SQLITE_READONLY": "{name} may not be written. The last change was not saved.",
    "SQLITE_IOERR": "The disk that holds {name} failed while writing or reading. The last change was not saved; all"
    " before it was. Copy the project to another disk.",
    "SQLITE_CORRUPT": "{name} is damaged. Nothing was changed. Restore a backup, or repair it into a new file.",
    "SQLITE_NOTADB": "{name} is no Annotator project, or its beginning is damaged. Nothing was changed.",
    "SQLITE_INTERRUPT": "Reading {name} was broken off. Nothing was changed.",
    "SQLITE_CANTOPEN": "{name} cannot be opened. See whether the folder exists and may be written.",
}


def _free(name: str) -> str:
    try:
        return f"{shutil.disk_usage(Path(name).resolve().parent).free // 1_000_000} MB"
    except OSError:
        return "nothing"


def place_of(path: Path) -> str:
    """Which file on which machine this is, as a hash: a copy of a project file has another place, a renamed one not."""
    status = path.stat()
    where = f"{_node()}:{_machine()}:{status.st_dev}:{status.st_ino}"
    return hashlib.sha256(where.encode()).hexdigest()


def _node() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "")


def _machine() -> str:
    try:
        return Path("/etc/machine-id").read_text().strip()
    except OSError:
        return ""


# SQLite's own sign that a program has a database open: a shared lock on this byte of the file of its shared memory.
_IN_USE_BYTE = 128


def used_elsewhere(path: Path) -> bool:
    """Whether another process has the project at `path` open. This one must not have; nothing is opened as a database.

    Opening it would bring its log into it. Where the system cannot be asked the answer is no: Windows lets no file be
    moved that is in use.
    """
    whole = path.resolve()  # what lies beside the file itself, not beside a link to it
    shared = whole.with_name(whole.name + "-shm")
    if sys.platform not in ("linux", "darwin") or not shared.exists():
        return False
    import fcntl

    with shared.open("r+b") as file:
        if sys.platform == "linux":
            asked = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, _IN_USE_BYTE, 1, 0)
            return bool(struct.unpack("hhqqi", fcntl.fcntl(file, fcntl.F_GETLK, asked))[0] != fcntl.F_UNLCK)
        asked = struct.pack("qqihh", _IN_USE_BYTE, 1, 0, fcntl.F_WRLCK, os.SEEK_SET)
        return bool(struct.unpack("qqihh", fcntl.fcntl(file, fcntl.F_GETLK, asked))[3] != fcntl.F_UNLCK)
