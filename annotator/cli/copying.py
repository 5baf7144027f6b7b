"""`annotator copy`."""

from __future__ import annotations

from pathlib import Path

import click

from annotator.cli.group import commands, common_options, project_argument
from annotator.cli.telling import counted, say


@commands.command()
@project_argument
@click.argument("new", type=click.Path(path_type=Path))
@common_options
def copy(project: Path, new: Path, as_json: bool) -> None:
    """Make a NEW project of what is sound in PROJECT, a file that the program does not open because it is strange."""
    from annotator.store.checking import check
    from annotator.store.copying_sound import copy_sound
    from annotator.store.project import Project

    held = copy_sound(project, new)
    with Project.open(new) as opened:
        opened.index_documents()
        problems = check(opened)
    things = [counted(held.get(table, 0), name) for table, name in _SHOWN.items()]
    lines = [f"{new} holds {', '.join(things)}.", *_left(held), *problems]
    say(as_json, {"path": str(new), "rows": held, "problems": problems}, lines)


_SHOWN = {"documents": "document", "annotations": "mark", "relations": "link", "revisions": "revision"}


def _left(held: dict[str, int]) -> list[str]:
    count = held.get("left_out", 0)
    return [f"Left out: {counted(count, 'row')} that no project can hold, or that belong to nothing."] if count else []
