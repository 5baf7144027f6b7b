"""The sample archive as a project, for the window and for `annotator demo`."""

from __future__ import annotations

from pathlib import Path

from annotator import resources
from annotator.importers.walking import items
from annotator.store.project import Project
from annotator.templates import DEFAULT, template

NAME = "sample.annotator"


def sample_path() -> Path:
    """Where this person's copy of the sample archive is kept."""
    from platformdirs import user_data_path

    return user_data_path("annotator") / NAME


def make_sample(path: Path) -> Path:
    """The sample archive as a project file at `path`: made if it is not there, else as the person left it.

    Raises KnownError when it cannot be made.
    """
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = resources.path("sample")
    articles = sorted(file for file in folder.glob("*.txt"))
    with Project.create(path, template(DEFAULT), "Sample archive") as project:
        project.import_documents(items(articles))
        project.import_documents(items([folder / "annotations.json"]))
        project.index_documents()
    return path
