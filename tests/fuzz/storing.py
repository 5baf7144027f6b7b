"""What spoiled files gave, taken into a project: it takes all of it or says what not, and is whole afterwards."""

from __future__ import annotations

import traceback
from collections.abc import Sequence

from annotator.core.imports import ImportItem
from annotator.store.checking import check
from annotator.store.project import Project


def stored(items: Sequence[ImportItem]) -> str:
    """What is wrong with a new project that took `items`; nothing where it is whole."""
    try:
        with Project() as project:
            project.work_as("Ann")
            project.import_documents(iter(items))
            project.index_documents()
            return "; ".join(check(project))
    except Exception:
        return "".join(traceback.format_exc().splitlines(keepends=True)[-14:])
