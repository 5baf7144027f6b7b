"""Whether a project file is made as this program makes it: looked at before anything of it is used.

A file from a stranger may hold triggers, which act when we write, views that stand in for tables, and tables made in
other ways than ours. SQLite itself does what such things say; so a file with any of them is not opened.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.core.errors import KnownError

SINCE_ID = 0x416E6E53  # "AnnS": the application id of a backup of what came since a whole one, which has some tables

Part = tuple[str, str, str]  # table, index, view or trigger; its name; the SQL that made it

# SHA-256 of the tables of each version of the schema. A test gives the line to add for a new one.
TABLES = {
    1: "1d8084587d471e0604f7f39a0f9d15105294be303f7301af02f014785011dbdb",
    2: "a328f53fef0ac8cf07385a716ff62122080b94a20706632ccfeeba3b86d96300",
    3: "c1e19037511bb69496352b2f0a4542635d9ee5dfb5c4d9586d0f20e53f0af68d",
    4: "607b6918aee883a91f788ca9c98b2e25f91ad980747071b4cb02c2917bc674a6",
    5: "5dea279f95d757d811120b76065c237034b98b5b564d9f345a9175b62d0c0d84",
    6: "a6a0c7d0876a333876447b7be0050efbaa94c5b8619c1b4a9009510fef68a023",
    7: "ea193ccab8a906f6a8693a7388536fcc5ebf841993aeef66e1fcb52312d62c11",
    8: "4486aad5dda3fadcff6ea15298633091a4ffad778e408cc6e75ebdbcdf77ad92",
    9: "da3758e0245b454532bf9691176e84b2ae06579bd90dd688276b385cc4e7de2d",
    10: "da3758e0245b454532bf9691176e84b2ae06579bd90dd688276b385cc4e7de2d",
}
# The beginnings of the same of single indexes, of any version: one that is not there only makes things slower.
INDEXES = frozenset(
    (
        *("89644a75966ee78d", "91478da2243258d7", "263a40290ad9e8b5", "2171923b33219d40", "ff45ca796e6b511a"),
        *("dc7911f35790555e", "7962b0d45219bd9b", "fe860dfa217a36e4", "5775a84104d7fda4", "bc76e2b73e615a54"),
        *("448f34058405d15c", "1b10910970c09267", "62d2fe0eec23405e", "9a26bfe225ef35c0", "2f39474cc7cb7620"),
        *("a9f1204b4e9c7a30", "d8484eeb948347ab", "bd118bd26f043651"),
    )
)

_OURS = re.compile(r"sqlite_(?:autoindex_.*|stat\d|sequence)")  # SQLite's own; nobody else may have such names


class StrangeSchemaError(KnownError):
    """The file is a project, and holds things that no project of this program holds."""


def refuse_strange(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StrangeSchemaError when the file at `path` is not made as this program makes it.

    Of a newer program's file, which is only read, and of a part of a backup, only what may act or stand in for tables
    is refused.
    """
    (version,), (application,) = (
        connection.execute(f"PRAGMA {of}").fetchone() for of in ("user_version", "application_id")
    )
    parts = list(parts_of(connection))
    if is_known(parts, version):
        return
    apart = version > max(TABLES) or application == SINCE_ID
    found = _acting(parts) if apart else strange_parts(parts, version)
    if found:
        raise StrangeSchemaError(
            f"{path} is no project as this program makes them: {found[0]}. It was not opened, and nothing was changed."
            f" What is sound in it can be copied into a new project: annotator copy {path.name} NEW.annotator"
        )


def parts_of(connection: sqlite3.Connection) -> Iterator[Part]:
    """What the file holds, but for what SQLite makes by itself."""
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"):
        if not _OURS.fullmatch(str(name)):
            yield str(kind), str(name), _plain(str(sql))


def is_known(parts: Iterable[Part], version: int) -> bool:
    """Whether `parts` are those of that version of the schema, for which a fingerprint suffices."""
    indexes = [part for part in parts if part[0] == "index"]
    others = [part for part in parts if part[0] != "index"]
    return fingerprint(others) == TABLES.get(version) and all(fingerprint([each])[:16] in INDEXES for each in indexes)


def fingerprint(parts: Iterable[Part]) -> str:
    """The SHA-256 of `parts`, in hexadecimal."""
    return hashlib.sha256("\n".join(" ".join(part) for part in sorted(parts)).encode()).hexdigest()


def strange_parts(parts: Iterable[Part], version: int) -> list[str]:
    """What is strange, each in a few words; nothing for a file that merely lacks indexes."""
    known = {(kind, name): sql for kind, name, sql in known_parts(version)}
    held = {(kind, name): sql for kind, name, sql in parts}
    strange = [f"it holds the {_thing(*key)}" for key in sorted(held, key=_harmless_last) if key not in known]
    changed = [f"its {_thing(*key)} is made differently" for key in held if known.get(key, held[key]) != held[key]]
    missing = [f"its {_thing(*key)} is missing" for key in known if key[0] == "table" and key not in held]
    return [*strange, *changed, *missing]


def _harmless_last(key: tuple[str, str]) -> bool:
    return key[0] not in ("trigger", "view")


def _acting(parts: Iterable[Part]) -> list[str]:
    return [f"it holds the {_thing(kind, name)}" for kind, name, _ in parts if kind in ("trigger", "view")]


def _thing(kind: str, name: str) -> str:
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in name[:60])
    return f"{kind} “{shown}”"


def known_parts(version: int) -> list[Part]:
    """What a file of that version of the schema holds."""
    connection = empty_database(version)
    try:
        return list(parts_of(connection))
    finally:
        connection.close()


def empty_database(version: int) -> sqlite3.Connection:
    """A database in memory of that version of the schema, without anything in it, for the caller to close."""
    from annotator.store.migrations import migrate  # slow to import, and seldom needed

    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, version)
    return connection


def _plain(sql: str) -> str:
    """`sql`, its white space made alike."""
    return " ".join(sql.split())
