"""What the window remembers between runs: preferences and the last place. Kept as JSON where the system keeps such."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

RECENT = 8  # project files that the welcome page offers


@dataclass(slots=True)
class Settings:
    """One person's preferences on this machine. Sizes are in pixels, `column` in characters."""

    annotator: str = ""
    theme: str = "system"  # light, dark or system
    family: str = ""  # of the article; empty: the program's own choice
    pixels: int = 18
    leading: float = 1.55
    column: int = 66
    language: str = ""  # of the window; empty: the system's
    links: str = "chosen"  # which links are drawn: chosen (of the chosen mark), all or none
    proclitics: bool = False  # whether a drag over an Arabic word leaves out what is written together with it
    keywords: list[dict[str, object]] = field(default_factory=list)  # name, color, words, on: see gui.keywords
    commands: list[str] = field(default_factory=list)  # ids of actions picked from the list of all, the last first
    recent: list[str] = field(default_factory=list)
    export_format: str = "csv"  # the exporter that was used last for other programs
    export_folder: str = ""  # where that export went
    exports: dict[str, dict[str, Any]] = field(default_factory=dict)  # what was chosen the last time, by format
    page: str = "marks"  # what stands below the mark: marks, problems, guideline or, empty, nothing
    geometry: str = ""  # of the window, as Qt writes it, in base 64
    split: list[int] = field(default_factory=list)
    backups: bool = True  # whether they are made without being asked for
    backups_kept: int = 10  # the last ones, besides one a day and one a week
    warned: list[str] = field(default_factory=list)  # project files in shared folders, of which it was told
    places: dict[str, list[str | int]] = field(default_factory=dict)  # project: [document, first code point in view]

    @classmethod
    def load(cls, path: Path) -> Settings:
        """The settings kept at `path`; what is missing, unreadable or of the wrong kind is as it is by default."""
        settings = cls()
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        for known in fields(cls):
            value = held.get(known.name) if isinstance(held, dict) else None
            if type(value) is type(getattr(settings, known.name)):
                setattr(settings, known.name, value)
        return settings

    def save(self, path: Path) -> None:
        """Keep the settings at `path`. A place that cannot be written is passed over: it is no reason to stop work."""
        temporary = path.with_suffix(".new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
            temporary.replace(path)
        except OSError:
            return

    def remember_project(self, path: Path) -> None:
        """Put a project at the head of the recent ones."""
        name = str(path.resolve())
        self.recent = [name, *(other for other in self.recent if other != name)][:RECENT]

    def remember_command(self, name: str) -> None:
        """Put an action at the head of those used last."""
        self.commands = [name, *(other for other in self.commands if other != name)][:RECENT]

    def remember_place(self, project: Path, document: str, position: int) -> None:
        """Note where in which document the reader was, in code points."""
        self.places[str(project.resolve())] = [document, position]
        for old in list(self.places)[: -4 * RECENT]:
            del self.places[old]


def settings_path() -> Path:
    """Where the settings are kept on this system."""
    from platformdirs import user_config_path

    return user_config_path("annotator") / "settings.json"
