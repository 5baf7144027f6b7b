"""From what a person names, files, folders or standard input, to documents; what is no document is told, not raised."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from annotator.core.errors import KnownError
from annotator.core.import_settings import ImportSettings
from annotator.core.imports import Failure, ImportItem, Notice
from annotator.core.open_files import is_open
from annotator.importers import ASKED_LAST, IMPORTERS, SUREST_OF_THEM, importer_named
from annotator.importers.adapting import adapted
from annotator.importers.base import Importer, Source
from annotator.importers.beginnings import HEAD, beginning
from annotator.importers.decoding import decoded
from annotator.importers.reading_order import LAST, reading_rank
from annotator.importers.side_by_side import reading_ahead
from annotator.importers.signatures import known_format
from annotator.importers.web_page import folders_of_pages
from annotator.importers.zip_archive import members_of
from annotator.importers.zip_members import is_zip

STANDARD_INPUT = "-"
BUFFER = 1 << 18  # bytes read from the disk at a time: lines are long
IN_MEMORY = 16_000_000  # bytes of standard input that are held before a temporary file takes them

FAULT = "It met a fault of the program and was left out"  # begins what is said of a file that an importer failed over
_NESTED = 2  # archives within each other
_PACKED = {".docx", ".odt", ".xlsx", ".wacz", ".qdpx", ".zip"}  # of formats that are ZIP archives themselves

ReadProgress = Callable[[int, int], None]  # bytes read, bytes in all
Found = Source | Failure | Notice

_NOTHING = ImportSettings()


def items(
    paths: Sequence[Path | str],
    format: str | Importer | None = None,  # noqa: A002 - as the command line calls it
    progress: ReadProgress | None = None,
    standard_input: BinaryIO | None = None,
    chosen: Mapping[str, Importer] | None = None,
    settings: ImportSettings = _NOTHING,
) -> Iterator[ImportItem]:
    """Everything that `paths` hold, in order, folders walked; with `format`, read as that, else as it is recognised.

    A format is a name, or an importer with settings of its own, such as a table's mapping; `chosen` names an importer
    for single sources, by their names. What is recognised is read as `settings` remember such files.

    Files that cannot be read or recognised come as a Failure each. `-` reads `standard_input`. Raises KnownError at
    once when there is no such format.
    """
    importer = importer_named(format) if isinstance(format, str) else format
    found = list(_found(paths, standard_input))
    return _items(found, _Reading(importer, settings), chosen or {}, progress or (lambda done, total: None))


def read_file(path: Path, format: str) -> Iterator[ImportItem]:  # noqa: A002
    """What the file at `path` holds. Raises KnownError and OSError: for files that the program wrote itself."""
    return importer_named(format).read(_source(path, str(path), path.name))


def sources(paths: Sequence[Path | str]) -> list[Source]:
    """The files that `paths` hold, in the order in which they are read; what is no file is not among them."""
    return [item for item in _indexes_first(list(_found(paths, None))) if isinstance(item, Source)]


def read_source(
    source: Source,
    importer: Importer | None = None,
    settings: ImportSettings = _NOTHING,
    read_along: set[str] | None = None,
) -> Iterator[ImportItem]:
    """What one source holds, by `importer` or as it is recognised; a Failure where it cannot be read.

    The names of other sources that were read as a part of it are put into `read_along`.
    """
    counted, _ = _counting(source, set() if read_along is None else read_along)
    return _read(counted, _Reading(importer, settings))


@dataclass(frozen=True, slots=True)
class _Reading:
    """By what sources are read."""

    importer: Importer | None  # or as they are recognised
    settings: ImportSettings

    def importer_of(self, source: Source) -> Importer:
        """The importer for a source. Raises KnownError when there is none."""
        return self.importer or adapted(source, _recognised(source), self.settings)


def _items(
    found: list[Found], reading: _Reading, chosen: Mapping[str, Importer], progress: ReadProgress
) -> Iterator[ImportItem]:
    found = _indexes_first(found)
    here = [item for item in found if isinstance(item, Source)]
    total = sum(source.size for source in here)
    done = 0
    read_along: set[str] = set()  # what was read as a part of another file: the pages of an issue
    others = [source for source in here if source.name not in chosen]
    with reading_ahead(others, partial(_whole, reading)) as ahead:
        for item in found:
            if not isinstance(item, Source):
                yield item
                continue
            ready = ahead(item) if item.name not in chosen else None
            if item.name in read_along:
                done += item.size
                continue
            if ready is not None:
                yield from ready
            else:
                counted, position = _counting(item, read_along)
                own = chosen.get(item.name)
                for read in _read(counted, replace(reading, importer=own) if own else reading):
                    yield read
                    progress(done + position(), total)
            done += item.size
            progress(done, total)


def _whole(reading: _Reading, source: Source) -> list[ImportItem]:
    """All that `source` gives, for another process."""
    return list(_read(source, reading))


def _indexes_first(found: list[Found]) -> list[Found]:
    """`found`, files first that say what others of their folder are: the others are then read along with them."""
    return sorted(found, key=lambda item: reading_rank(item.name) if isinstance(item, Source) else LAST)


def _counting(source: Source, read_along: set[str]) -> tuple[Source, Callable[[], int]]:
    """`source`, and how many of its bytes were read so far; notes down what is read beside it."""
    opened: list[BinaryIO] = []

    def opener() -> BinaryIO:
        opened[:] = [source.open()]
        return opened[0]

    def position() -> int:
        return opened[0].tell() if opened and not opened[0].closed else source.size

    def beside(place: str) -> Source | None:
        other = source.beside(place)
        if other is not None:
            read_along.add(other.name)
        return other

    return Source(source.name, source.path, source.size, opener, beside), position


def _read(source: Source, reading: _Reading, depth: int = 0) -> Iterator[ImportItem]:
    try:
        if _is_archive(source, reading.importer):
            yield from _read_archive(source, reading, depth)
        else:
            yield from reading.importer_of(source).read(source)
    except KnownError as error:
        yield Failure(source.name, str(error))
    except OSError as error:
        yield Failure(source.name, _unreadable(error))
    except MemoryError:
        yield Failure(source.name, "It needs more memory than there is. Split it, then try again.")
    except Exception as error:  # one file must not keep the others out
        yield Failure(source.name, _fault(error))


def _fault(error: Exception) -> str:
    """What a person can pass on: the place in the program, and nothing of what the file says."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f", {Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}" if step is not None else ""
    return f"{FAULT} ({type(error).__name__}{place}). The other files came in; please report it."


def _is_archive(source: Source, importer: Importer | None) -> bool:
    """Whether a source is a ZIP archive of files, not a file whose format is a ZIP archive."""
    head = source.head(HEAD)
    if not is_zip(head):
        return False
    return recognised(head, source.name) is None if importer is None else importer.recognises(head, source.name) == 0


def _read_archive(source: Source, reading: _Reading, depth: int) -> Iterator[ImportItem]:
    if depth >= _NESTED:
        raise KnownError("It is an archive in an archive in an archive. Unpack it, then import the folder.")
    read_along: set[str] = set()
    for member in members_of(source):
        if isinstance(member, Failure):
            yield member
        elif member.name not in read_along:
            yield from _read(_counting(member, read_along)[0], reading, depth + 1)


def recognised(head: bytes, name: str) -> Importer | None:
    """The importer that is surest of a file called `name` that begins with `head`; None when none is sure at all."""
    found, best = None, 0.0
    for importer in IMPORTERS:
        if importer in ASKED_LAST and best >= SUREST_OF_THEM:
            continue
        if is_zip(head) and not _PACKED & set(importer.suffixes):
            continue
        if (sure := _sureness(importer, head, name)) > best:
            found, best = importer, sure
    return found


def _sureness(importer: Importer, head: bytes, name: str) -> float:
    """How sure an importer is; not at all where it fails over what it sees, for another may still know the file."""
    try:
        return importer.recognises(head, name)
    except Exception:
        return 0.0


def _recognised(source: Source) -> Importer:
    head = beginning(source)
    if found := recognised(head, source.name):
        return found
    if not head:
        raise KnownError("It is empty.")
    if kind := known_format(head):
        raise KnownError(f"It is {kind}, which this version does not read.")
    decoded(head)  # says which byte is wrong
    raise KnownError("Its format was not recognised. Name it with --format.")


def _unreadable(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "It may not be read: the permission is missing."
    if isinstance(error, FileNotFoundError):
        return "It is not there any more."
    return f"It cannot be read: {error.strerror or error}."


# What there is


def _found(paths: Sequence[Path | str], standard_input: BinaryIO | None) -> Iterator[Found]:
    for path in paths:
        if str(path) == STANDARD_INPUT and standard_input is not None:
            yield _spooled(standard_input, "standard input", "")
        else:
            yield from _named(Path(path))


def _named(path: Path) -> Iterator[Found]:
    """What a person named: a folder is walked, a file or a pipe is read."""
    try:
        status = path.stat()
    except OSError as error:
        yield Failure(_shown(path), _missing(path, error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _in_folder(path, path)
    elif stat.S_ISFIFO(status.st_mode):
        with path.open("rb") as pipe:
            yield _spooled(pipe, _shown(path), _shown(path.name))
    else:
        yield _file(path, status, path.name)


def _in_folder(folder: Path, top: Path) -> Iterator[Found]:
    """The files in `folder` and below, by name; what is hidden is passed over, links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(_shown(folder), _unreadable(error).replace("It", "The folder", 1))
        return
    pieces = folders_of_pages([entry.name for entry in entries])
    passed = 0
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.name in pieces and entry.is_dir(follow_symlinks=False):
            passed += 1
        elif entry.is_dir(follow_symlinks=False):
            yield from _in_folder(path, top)
        else:
            yield _entry(path, top)
    if passed:
        yield Notice(
            f"In {_shown(folder)}, {passed} folders hold the pieces of the web pages beside them, and were left out."
        )


def _entry(path: Path, top: Path) -> Found:
    try:
        status = path.stat()
    except OSError as error:
        return Failure(_shown(path), _missing(path, error))
    if stat.S_ISDIR(status.st_mode):
        return Notice(
            f"{_shown(path)} is a link to a folder and was not followed. Name that folder itself to import it."
        )
    return _file(path, status, _shown(path.relative_to(top).as_posix()))


def _file(path: Path, status: os.stat_result, address: str) -> Found:
    if not stat.S_ISREG(status.st_mode):
        return Failure(_shown(path), "It is no file that can be read, but a device, a pipe or a socket.")
    if is_open(path):
        return Notice(f"{_shown(path)} belongs to a project that is open, and was left out.")
    return Source(
        _shown(path), _shown(address), status.st_size, partial(_opened, path), partial(_beside, path, address)
    )


def _beside(path: Path, address: str, place: str) -> Source | None:
    """The file at `place`, as seen from the folder of the file at `path`; None for what lies outside that folder."""
    folder = path.parent
    other = folder / place
    try:
        if not other.resolve().is_relative_to(folder.resolve()) or not other.is_file():
            return None
        inner = (PurePath(address).parent / place).as_posix()
        return Source(_shown(other), _shown(inner), other.stat().st_size, partial(_opened, other))
    except (OSError, ValueError):  # a name that no file can have
        return None


def _shown(path: Path | str) -> str:
    """A path as it can be written down: bytes of a file's name that are no text become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _missing(path: Path, error: OSError) -> str:
    if not isinstance(error, FileNotFoundError):
        return _unreadable(error)
    if path.is_symlink():
        return "It is a link to something that is not there."
    return "There is no such file or folder."


def _source(path: Path, name: str, address: str) -> Source:
    return Source(name, address, path.stat().st_size, partial(_opened, path))


def _opened(path: Path) -> BinaryIO:
    return path.open("rb", buffering=BUFFER)


def _spooled(stream: BinaryIO, name: str, address: str) -> Source:
    """All that comes through `stream`, kept so that it can be read from its beginning more than once."""
    kept = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - it lives as long as its source
    while piece := stream.read(1 << 20):
        kept.write(piece)
    size = kept.tell()

    def opener() -> BinaryIO:
        kept.seek(0)
        return cast(BinaryIO, _Unclosed(kept))

    return Source(name, address, size, opener)


class _Unclosed:
    """A stream that stays open when its reader is done with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def readline(self, size: int = -1) -> bytes:
        return self._stream.readline(size)

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> _Unclosed:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True
