"""`annotator backup`, `annotator backups`, `annotator restore` and `annotator repair`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.cli.group import ProblemFoundError, commands, common_options, project_argument
from annotator.cli.progress import interrupts, progress_bar
from annotator.cli.telling import counted, say
from annotator.core.errors import KnownError

if TYPE_CHECKING:
    from annotator.store.backups import Backup
    from annotator.store.salvaging import Salvaged


@commands.command()
@project_argument
@common_options
def backup(project: Path, as_json: bool) -> None:
    """Make a backup of PROJECT in the folder beside it, and look it through."""
    from annotator.store.backup_making import make_backup

    with progress_bar("Backup") as (advance, _), interrupts() as interrupted:
        made = make_backup(project, "asked", progress=advance, stop=interrupted)
    assert made is not None, "one that is asked for is made"
    say(as_json, _as_json(made), [f"{made.path}", f"  {_told(made)}"])


@commands.command()
@project_argument
@common_options
def backups(project: Path, as_json: bool) -> None:
    """The backups of PROJECT, the newest first."""
    from annotator.store.backups import backup_folder
    from annotator.store.backups import backups as backups_of

    found = backups_of(project)
    lines = [line for each in found for line in (each.path.name, f"  {_told(each)}")]
    lines = lines or [f"There is no backup of {project} in {backup_folder(project)}."]
    say(as_json, {"folder": str(backup_folder(project)), "backups": [_as_json(each) for each in found]}, lines)


@commands.command()
@project_argument
@click.argument("backup", metavar="BACKUP")
@click.option("--to", type=click.Path(path_type=Path), help="A new file to make; PROJECT stays as it is then.")
@common_options
def restore(project: Path, backup: str, to: Path | None, as_json: bool) -> None:
    """Let BACKUP, a file or the number of one, take the place of PROJECT, which is set aside beside it."""
    from annotator.store.restoring import restore as restore_to
    from annotator.store.restoring import restore_over

    chosen = _chosen(project, backup)
    aside = None
    with progress_bar("Restore") as (advance, _), interrupts() as interrupted:
        if to is not None or not project.exists():
            restore_to(chosen, to or project, progress=advance, stop=interrupted)
        else:
            aside = restore_over(chosen, project, progress=advance, stop=interrupted)
    lines = [f"{to or project} is what the project was then: {_told(chosen)}."]
    lines += [f"What was there is {aside} now."] if aside else []
    say(as_json, {"restored": str(to or project), "set_aside": str(aside) if aside else None}, lines)


@commands.command()
@project_argument
@click.option("--to", required=True, type=click.Path(path_type=Path), help="The new file to make.")
@common_options
def repair(project: Path, to: Path, as_json: bool) -> None:
    """Make a new project of all that can be read of the damaged PROJECT and its backups; PROJECT stays as it is."""
    from annotator.store.salvaging import salvage

    report = salvage(project, to)
    say(as_json, report.to_json(), _salvaged(report))
    if any(report.lost.values()) or report.remarks:
        raise ProblemFoundError(f"Not all of {project} could be saved. Keep it, and its backups.")


def _chosen(project: Path, backup: str) -> Backup:
    from annotator.store.backups import backups as backups_of
    from annotator.store.backups import look_at

    if Path(backup).is_file():
        return look_at(Path(backup))
    found = next((each for each in backups_of(project) if str(each.number) == backup), None)
    if found is None:
        raise KnownError(f"There is no backup {backup} of {project}: `annotator backups {project}` lists them.")
    return found


def _as_json(backup: Backup) -> dict[str, Any]:
    facts = asdict(backup.facts) if backup.facts else {"number": backup.number}
    return {"path": str(backup.path), "size": backup.size, "fault": backup.fault, **facts}


def _told(backup: Backup) -> str:
    facts = backup.facts
    if facts is None:
        return backup.fault
    counts = f"{counted(facts.documents, 'article')}, {counted(facts.marks, 'mark')}"
    size = f"{backup.size / 1_000_000:,.1f} MB"
    told = f"number {facts.number}, {facts.made}, {_WHY[facts.why]}: {counts}, {size}"
    if facts.base:
        told += f", what came since number {facts.base}"
    return told + (f"; LACKS {counted(facts.lacks, 'mark')} that nobody deleted" if facts.lacks else "")


_WHY = {
    "idle": "while nothing was done",
    "close": "when it was closed",
    "migration": "before a newer version",
    "import": "before an import",
    "bulk": "before a large change",
    "asked": "asked for",
    "restore": "before a backup took its place",
}


def _salvaged(report: Salvaged) -> Iterator[str]:
    yield f"{report.path} is a new project of what could be read."
    for kind, count in report.saved.items():
        lost = report.lost.get(kind, 0)
        yield f"  {kind:<10} {count:>10,}" + (f", and {lost:,} lost" if lost else "")
    if report.altered:
        yield f"{counted(report.altered, 'text')} kept that {'is' if report.altered == 1 else 'are'} not as imported."
    if report.stand_ins:
        yield f"{counted(report.stand_ins, 'name')} of labels, links or people lost: they begin with LOST."
    if not report.history_is_whole:
        yield "The history has gaps: not every old step can be undone."
    yield from report.remarks
