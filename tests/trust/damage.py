"""R5: eight kinds of damage to a project file, each with many seeds, and what is saved of it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotator.core.errors import KnownError
from annotator.store.backup_making import make_backup
from annotator.store.checking import check
from annotator.store.project import Project
from annotator.store.salvaging import Salvaged, salvage
from tests.trust.projects import is_true, make_project, mark_some, state_of
from tests.trust.results import Result, timed

PAGE = 4096
LAST_WORDS = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1])
c.execute("PRAGMA wal_autocheckpoint = 0")
for n in range(200):
    c.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"stale {n}", "x" * 300))
    c.execute("UPDATE annotations SET note = ? WHERE rowid = ?", (f"stale {n}", n))
    c.commit()
os.kill(os.getpid(), 9)
"""


def _page_zeroed(content: bytearray, dice: random.Random) -> None:
    page = dice.randrange(1, len(content) // PAGE)
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)


def _pages_garbage(content: bytearray, dice: random.Random) -> None:
    for _ in range(10):
        page = dice.randrange(1, len(content) // PAGE)
        content[page * PAGE : (page + 1) * PAGE] = dice.randbytes(PAGE)


def _header_lost(content: bytearray, dice: random.Random) -> None:
    size = dice.choice((100, PAGE))
    content[:size] = bytes(size)


def _cut(content: bytearray, dice: random.Random) -> None:
    del content[len(content) // 2 :]


def _bit_in_text(content: bytearray, dice: random.Random) -> None:
    place = content.find(b"Marsa", dice.randrange(len(content) // 2))
    content[place if place >= 0 else content.find(b"Marsa")] ^= 1


def _bit_in_index(content: bytearray, dice: random.Random) -> None:
    pages = [page for page in range(1, len(content) // PAGE) if content[page * PAGE] == 0x0A]
    page = dice.choice(pages)
    content[page * PAGE + dice.randrange(PAGE)] ^= 1 << dice.randrange(8)


def _emptied(content: bytearray, dice: random.Random) -> None:
    content.clear()


BYTES: dict[str, Callable[[bytearray, random.Random], None]] = {
    "a page zeroed": _page_zeroed,
    "ten pages garbage": _pages_garbage,
    "the header lost": _header_lost,
    "cut in half": _cut,
    "a bit in a text": _bit_in_text,
    "a bit in an index": _bit_in_index,
    "emptied": _emptied,
}
KINDS = (*BYTES, "a log of another day")


def damage(path: Path, kind: str, seed: int) -> None:
    """Damage the file at `path`, which nobody has open."""
    dice = random.Random(f"{kind} {seed}")
    if kind in BYTES:
        content = bytearray(path.read_bytes())
        BYTES[kind](content, dice)
        path.write_bytes(content)
        return
    old = path.with_name("old.annotator")  # a log that a crash of an older state left
    shutil.copyfile(path, old)
    subprocess.run([sys.executable, "-c", LAST_WORDS, str(old)], check=False)
    with sqlite3.connect(path) as newer:
        newer.execute("INSERT INTO meta VALUES ('newer', 'yes')")
    newer.close()
    shutil.move(old.with_name("old.annotator-wal"), path.with_name(path.name + "-wal"))
    old.unlink()
    old.with_name("old.annotator-shm").unlink(missing_ok=True)


def salvaged(path: Path, to: Path, result: Result, what: str) -> Salvaged | None:
    """Salvage, and see that what came of it is a sound project whose history leads to it."""
    before = path.read_bytes()
    try:
        report = salvage(path, to)
    except KnownError as error:
        result.expect(not to.exists(), f"{what}: something was left behind though it said {error}")
        return None
    finally:
        result.expect(path.read_bytes() == before, f"{what}: the damaged file was changed")
    with Project.open(to) as project:
        found = [each for each in check(project) if "checksum differs" not in each]
        result.expect(not found, f"{what}: {found}")
        result.expect(is_true(project), f"{what}: the history does not lead to what is there")
    result.corrupt += bool(found)
    return report


def run(long: bool = False, seeds: int = 0) -> Result:
    """Each kind, with and without a backup to help. With one made just before, nothing at all is lost."""
    seeds = seeds or (20 if long else 1)
    result = Result("R5", "eight kinds of damage, salvaged into a new file")
    marks = articles = 0
    kept: dict[str, list[int]] = {}
    with timed(result), tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        sound = make_project(folder / "sound.annotator")
        with Project.open(sound) as project:
            make_backup(sound, "asked")
            mark_some(project, 20, random.Random(2))
            whole = state_of(project)
        marks, articles = len(whole["annotations"]), len(whole["documents"])
        for kind in KINDS:
            for seed in range(seeds):
                for helped in (False, True):
                    result.runs += 1
                    _one(folder, sound, kind, seed, helped, marks, result, kept)
    least = "; ".join(f"{kind} {min(held)}" for kind, held in kept.items())
    result.note = f"of {marks} marks in {articles} articles, without a backup at least: {least}"
    return result


def _one(
    folder: Path,
    sound: Path,
    kind: str,
    seed: int,
    helped: bool,
    marks: int,
    result: Result,
    kept: dict[str, list[int]],
) -> None:
    what = f"{kind}, seed {seed}{', with a backup' if helped else ''}"
    place = folder / f"{kind} {seed} {helped}"
    place.mkdir()
    path = place / "sound.annotator"
    shutil.copyfile(sound, path)
    if helped:
        shutil.copytree(folder / "sound.backups", place / "sound.backups")
    damage(path, kind, seed)
    _opens_or_says_why(path, result, what)
    report = salvaged(path, place / "saved.annotator", result, what)
    saved = report.saved["marks"] if report else 0
    if helped:
        result.expect(saved >= marks - 20, f"{what}: {saved} of {marks} marks, fewer than in the backup")
    else:
        kept.setdefault(kind, []).append(saved)
    shutil.rmtree(place)


def _opens_or_says_why(path: Path, result: Result, what: str) -> None:
    """To open it, look at all and mark in it ends in a sentence at worst. It is done to a copy."""
    copy = path.with_name("looked-at.annotator")
    for suffix in ("", "-wal"):
        if path.with_name(path.name + suffix).exists():
            shutil.copyfile(path.with_name(path.name + suffix), copy.with_name(copy.name + suffix))
    try:
        with Project.open(copy) as project:
            list(project.annotated_documents())
    except KnownError:
        pass
    except Exception as error:
        result.wrong.append(f"{what}: opening it ended in {error!r}")
