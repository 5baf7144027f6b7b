"""Scheme files on the disk: recognised by what they hold, read whole, written whole or not at all."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.core.scheme import Scheme
from annotator.core.scheme_mending import mended
from annotator.scheme_files import SCHEME_FORMATS, scheme_format
from annotator.scheme_files.base import ReadScheme, SchemeFormat, SchemeText, WrittenScheme

LARGEST = 64_000_000  # bytes; an exported project that holds its scheme may be as large
LARGEST_BESIDE = 1_000_000
_USUAL = {"brat": "annotation.conf"}  # what a format's own program looks for
_PLAIN = ("annotation", "scheme", "labels", "label_config", "config", "tagset", "layer")  # names that say nothing


def read_scheme_file(path: Path, format_: str = "") -> ReadScheme:
    """The scheme in the file at `path`, of any format or of the one named, made fit for use.

    Raises KnownError, naming the file and the place in it, where it cannot be read or is no scheme.
    """
    file = SchemeText(path.name, _text(path), _stem(path), lambda name: _beside(path, name))
    chosen = scheme_format(format_) if format_ else _recognised(file)
    found = chosen.read(file)
    try:
        scheme, notes = mended(found.scheme)
    except KnownError as error:
        raise KnownError(f"{path.name}: {error}") from error
    return ReadScheme(scheme, (*found.notes, *notes))


def write_scheme_file(path: Path, scheme: Scheme, chosen: SchemeFormat) -> tuple[WrittenScheme, list[Path]]:
    """Write `scheme` to `path`, and what belongs beside it; returns what was lost, and the files.

    Raises KnownError where a file cannot be written; it is then as it was.
    """
    written = chosen.write(scheme)
    files = {path: written.text} | {path.with_name(name): text for name, text in written.beside.items()}
    for place, text in files.items():
        _write(place, text)
    return written, list(files)


def scheme_texts(format_: str, scheme: Scheme) -> dict[str, str]:
    """The files of `scheme` in that format, by name: for an export of marks that puts them beside its own."""
    chosen = scheme_format(format_)
    written = chosen.write(scheme)
    return {_USUAL.get(format_, f"scheme{chosen.suffixes[0]}"): written.text, **written.beside}


def files_of(path: Path, scheme: Scheme, chosen: SchemeFormat) -> Sequence[Path]:
    """The files that `write_scheme_file` would write."""
    return [path, *(path.with_name(name) for name in chosen.write(scheme).beside)]


def _recognised(file: SchemeText) -> SchemeFormat:
    found = next((each for each in SCHEME_FORMATS if each.recognises(file)), None)
    if found is None:
        named = next((each for each in SCHEME_FORMATS if file.name.lower().endswith(each.suffixes)), None)
        if named is not None and file.text.strip():
            return named  # which says what is wrong, and where
        known = ", ".join(each.title for each in SCHEME_FORMATS)
        raise KnownError(f"{file.name} is no scheme that this program knows: {known}. Nothing was changed.")
    return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise KnownError(f"The scheme {path} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise KnownError(f"{path.name} is too large to be a scheme. Nothing was changed.")
    return _decoded(path.name, _unpacked(path.name, data))


def _unpacked(name: str, data: bytes) -> bytes:
    """The project within an archive that INCEpTION exports; anything else as it is."""
    if not data.startswith(b"PK\x03\x04"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if member.filename.startswith("exportedproject") and member.file_size <= LARGEST:
                    return archive.read(member)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise KnownError(f"{name} is a broken archive: {error}. Nothing was changed.") from error
    raise KnownError(f"{name} is an archive without a project of INCEpTION. Nothing was changed.")


def _decoded(name: str, data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise KnownError(f"{name}, line {line}: this is no text in UTF-8. Nothing was changed.") from error


def _beside(path: Path, name: str) -> str | None:
    """A small file of the same folder; what cannot be read is as if it were not there."""
    try:
        with path.with_name(name).open("rb") as stream:
            return stream.read(LARGEST_BESIDE).decode("utf-8-sig", errors="replace")
    except OSError:
        return None


def _stem(path: Path) -> str:
    """What a scheme without a name is called: as its file, or as the folder where that says nothing."""
    folder = path.resolve().parent.name
    return folder if path.stem.lower() in _PLAIN and folder else path.stem


def _write(path: Path, text: str) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise KnownError(f"{path} cannot be written: {error.strerror}. What was there is as it was.") from error
