"""`annotator reread`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.group import ProblemFoundError, commands, common_options, project_argument
from annotator.cli.progress import interrupts, progress_bar
from annotator.cli.telling import counted, say, say_first

if TYPE_CHECKING:
    from annotator.store.replacing import Changed, Left
    from annotator.store.rereading import RereadPlan


@commands.command()
@project_argument
@click.option("--document", default="", metavar="ID", help="Only the article with that id.")
@click.option("--dry-run", is_flag=True, help="Say what it would do, and change nothing.")
@common_options
def reread(project: Path, document: str, dry_run: bool, as_json: bool) -> None:
    """Read the pages that PROJECT keeps again, and move every mark to where its words are now."""
    from annotator.importers.rereading import read_again
    from annotator.store.backup_making import keep_before
    from annotator.store.project import Project, login_name
    from annotator.store.reading import Reader
    from annotator.store.rereading import apply_rereading, documents_with_pages, plan_rereading

    with progress_bar("Read") as (advance, on_line), interrupts() as interrupted:
        with Reader(project) as reader:
            total = 1 if document else len(documents_with_pages(reader))
            plan = plan_rereading(reader, read_again, document, lambda done: advance(done, total), interrupted)
        if not dry_run and not plan.changes_nothing:
            say_first([*filter(None, [keep_before(project, "bulk")])], "")
            with Project.open(project) as opened:
                opened.work_as(login_name())
                apply_rereading(opened, plan)
                on_line("Index")
                opened.index_documents(stop=interrupted)
    if not as_json:
        say_first([f"{page.title}: {page.reason}" for page in plan.failed], "pages could not be read")
        say_first(list(map(_left_line, plan.left)), "more could not be moved")
        say_first(list(map(_changed_line, plan.changed)), "more words that differ")
    say(as_json, {"dry_run": dry_run} | plan.to_json(), _reread_lines(plan, dry_run))
    if plan.cancelled:
        raise ProblemFoundError("Cancelled. Nothing was changed.")


def _reread_lines(plan: RereadPlan, dry_run: bool) -> Iterator[str]:
    if not plan.pages:
        yield "No article has a page that was kept."
        return
    yield f"{counted(plan.pages, 'page')} read again, {plan.same:,} as before."
    if plan.described:
        yield f"Of {counted(plan.described, 'article')}, zones or data differ; the text does not."
    if plan.renewed:
        context = f", {plan.context:,} of them by what stands around them" if plan.context else ""
        yield f"Of {counted(plan.renewed, 'article')}, the text differs. Marks moved: {plan.moved:,}{context}."
    if plan.kept:
        yield f"{counted(plan.kept, 'old article')} kept, for what could not be moved."
    if dry_run:
        yield "Nothing was changed."


def _left_line(left: Left) -> str:
    return f"{left.title}: {left.label} “{left.words}” {_LEFT[left.why]}."


def _changed_line(changed: Changed) -> str:
    return f"{changed.title}: {changed.label} “{changed.before}” is now “{changed.after}”."


_LEFT = {
    "gone": "was not found any more",
    "ambiguous": "could be at several places",
    "torn": "has its fragments in another order now",
    "linked": "is linked to a mark that could not be moved",
    "answered": "is answered otherwise in the article that has this text",
    "zone": "was a zone set by hand, and was not found any more",
}
