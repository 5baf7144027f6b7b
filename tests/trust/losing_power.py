"""R2: the power fails. What was written and not synchronised reaches the disk in part, in pieces of 512 bytes.

The program's own `Project.apply` runs on a connection whose file system notes every write and every synchronising.
A control that synchronises less must lose something, or the harness would see nothing.
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from annotator.core.edits import Edits
from annotator.core.open_files import count_out
from annotator.core.span import Span
from annotator.store import database
from annotator.store.project import Project
from tests.trust.kills import marks_of
from tests.trust.projects import make_project
from tests.trust.results import Result, timed

SECTOR = 512
Log = list[tuple[Any, ...]]
Disk = dict[str, bytearray]  # what is in each file


def _file_system(log: Log) -> Any:
    import apsw

    class File(apsw.VFSFile):
        def __init__(self, name: Any, flags: list[int]) -> None:
            self._name = name.filename() if isinstance(name, apsw.URIFilename) else name
            super().__init__("", name, flags)

        def xWrite(self, data: bytes, offset: int) -> None:
            log.append(("write", self._name, offset, bytes(data)))
            super().xWrite(data, offset)

        def xTruncate(self, size: int) -> None:
            log.append(("truncate", self._name, size))
            super().xTruncate(size)

        def xSync(self, flags: int) -> None:
            log.append(("sync", self._name))
            super().xSync(flags)

    class System(apsw.VFS):
        def __init__(self) -> None:
            super().__init__("losing power", "")

        def xOpen(self, name: Any, flags: list[int]) -> Any:
            return File(name, flags)

        def xDelete(self, name: str, sync: bool) -> None:
            log.append(("delete", name))
            super().xDelete(name, sync)

        def xDeviceCharacteristics(self) -> int:
            return 0  # it promises nothing

    return System()


class Cursor:
    """What the program asks of a cursor of Python's own module, answered by one of apsw's."""

    def __init__(self, connection: Any, cursor: Any) -> None:
        self._cursor, self.rowcount = cursor, connection.changes()
        self.lastrowid = connection.last_insert_rowid()

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> Any:
        return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)


class Connection:
    """A connection of apsw's that the program takes for its own."""

    file: Any = None

    def __init__(self, target: str, before: Sequence[str]) -> None:
        import apsw

        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        self._held = apsw.Connection(target, flags=flags, vfs="losing power")
        for statement in before:
            self._held.execute(statement).fetchall()

    @property
    def in_transaction(self) -> bool:
        return not self._held.get_autocommit()

    def execute(self, sql: str, parameters: Any = ()) -> Cursor:
        return Cursor(self._held, self._held.execute(sql, parameters or None))

    def executemany(self, sql: str, rows: Any) -> Cursor:
        return Cursor(self._held, self._held.executemany(sql, rows))

    def close(self) -> None:
        file, self.file = self.file, None
        self._held.close()
        if file is not None:
            count_out(file)


@contextmanager
def _opened(path: Path, before: Sequence[str]) -> Iterator[Project]:
    """The project as the program opens it to write, on the file system that loses power."""
    held = database.sqlite3
    made: list[Connection] = []

    def connect(target: str, **_: Any) -> Connection:
        made.append(Connection(target, before))
        return made[0]

    names = {name: getattr(held, name) for name in ("DatabaseError", "OperationalError", "Error")}
    database.sqlite3 = SimpleNamespace(connect=connect, **names)  # type: ignore[assignment]
    try:
        writer: Any = database.connect_to_write(path)
    finally:
        database.sqlite3 = held
    project = Project.__new__(Project)
    project._begin(writer, writer, path)
    try:
        yield project
    finally:
        made[0].close()


def _work(path: Path, log: Log, marks: int, weaker: str) -> Log:
    """Mark, and note each mark when `apply` has returned. The log from the beginning until just before the close."""
    dice = random.Random(2)
    # A file system written in Python has no shared memory: the one connection has the file for itself then.
    with _opened(path, ["PRAGMA locking_mode = EXCLUSIVE", "PRAGMA wal_autocheckpoint = 60"]) as project:
        if weaker:
            project._connection.execute(weaker)
        project.work_as("Amina")
        keys, labels = project.document_ids(), project.scheme.labels
        for number in range(marks):
            edits = Edits(dice.choice(keys), project.scheme, project.annotator)
            new = edits.new_annotation(dice.choice(labels), [Span(number % 200, number % 200 + 9)])
            project.apply(edits.add(new))
            log.append(("told", new.id))
            if number % 30 == 29:
                project.apply(edits.set_note(new, "n" * dice.randrange(2500)))
            if number % 50 == 49:
                project.checkpoint()
        return list(log)


def _apply(held: bytearray, step: tuple[Any, ...]) -> None:
    if step[0] == "truncate":
        del held[step[2] :]
        return
    _, _, offset, data = step
    held.extend(bytes(max(0, offset - len(held))))
    held[offset : offset + len(data)] = data


def _image(
    log: Log, moment: int, start: dict[str, bytes], dice: random.Random
) -> tuple[dict[str, bytearray], set[str]]:
    """What the disk holds when the power fails at `moment`, and the marks that were told until then."""
    disk = {name: bytearray(content) for name, content in start.items()}
    waiting: dict[str, list[tuple[Any, ...]]] = {}
    told = set[str]()
    for step in log[:moment]:
        if step[0] == "told":
            told.add(step[1])
        elif step[0] == "delete":
            disk.pop(step[1], None)
            waiting.pop(step[1], None)
        elif step[0] == "sync":
            for each in waiting.pop(step[1], []):
                _apply(disk.setdefault(step[1], bytearray()), each)
        else:
            waiting.setdefault(step[1], []).append(step)
    for name, steps in waiting.items():
        share = dice.choice((0.0, 0.5, 1.0))
        for step in steps:
            for piece in _pieces(step):
                if dice.random() < share:
                    _apply(disk.setdefault(name, bytearray()), piece)
    return disk, told


def _pieces(step: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if step[0] == "truncate":
        yield step
        return
    _, name, offset, data = step
    for start in range(0, len(data), SECTOR):
        yield ("write", name, offset + start, data[start : start + SECTOR])


def _run(images: int, marks: int, weaker: str) -> tuple[int, int, int]:
    """How many images lost a mark that was told, the worst of them, and how many were damaged."""
    log: Log = []
    system = _file_system(log)
    dice = random.Random(3)
    lost = worst = corrupt = 0
    with tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "power.annotator", documents=5, marks=10, words=250)
        start = {str(path): path.read_bytes()}
        steps = _work(path, log, marks, weaker)
        image = Path(folder) / "image.annotator"
        for _ in range(images):
            disk, told = _image(steps, dice.randrange(len(steps)), start, dice)
            for suffix in ("", "-wal", "-shm", "-journal"):
                image.with_name(image.name + suffix).unlink(missing_ok=True)
            for name, content in disk.items():
                image.with_name(Path(name).name.replace("power", "image")).write_bytes(content)
            missing, sound = _missing(image, told)
            corrupt += not sound
            lost += missing > 0
            worst = max(worst, missing)
    system.unregister()
    return lost, worst, corrupt


def _missing(image: Path, told: set[str]) -> tuple[int, bool]:
    """How many of the marks that were told are not in the image, and whether it is sound."""
    with suppress(sqlite3.DatabaseError):
        connection = sqlite3.connect(image)
        sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        connection.close()
        return len(told - marks_of(image)), sound
    return 0, False


def run(long: bool = False) -> Result:
    """R2, and its control."""
    images, marks = (5000, 400) if long else (100, 150)
    result = Result("R2", "power lost while marks are saved", runs=images)
    try:
        import apsw
    except ImportError:
        result.skipped = "apsw is not installed"
        return result
    with timed(result):
        result.lost, _, result.corrupt = _run(images, marks, "")
        control = max(images // 5, 60)
        lost, worst, _ = _run(control, marks, "PRAGMA synchronous = NORMAL")
        result.expect(lost, "the control lost nothing: this harness sees nothing")
    result.note = (
        f"control with synchronous=NORMAL: {lost} of {control} images lost marks, at worst {worst} (SQLite"
        f" {apsw.sqlite_lib_version()})"
    )
    return result
