"""What a project remembers of how files are to be taken in."""

from __future__ import annotations

from annotator.core.import_settings import ImportSettings
from annotator.store.project import Project
from annotator.store.reading import Reader

_KEPT = "import_settings"  # in meta


def import_settings(reader: Reader) -> ImportSettings:
    """What is remembered; nothing where it cannot be understood."""
    return ImportSettings.read(reader.meta(_KEPT, "{}"))


def keep_import_settings(project: Project, settings: ImportSettings) -> None:
    """Remember `settings` from now on; it is no step. Raises KnownError when it cannot be kept."""
    if settings != import_settings(project):
        project.write_meta(_KEPT, settings.written())
