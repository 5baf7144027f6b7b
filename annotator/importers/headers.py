"""What a file in the program's JSON says of all its documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from annotator.core.annotation import Annotator, RegistryEntry
from annotator.core.errors import KnownError
from annotator.core.imports import Header
from annotator.core.scheme import Scheme
from annotator.core.scheme_json import scheme_from_json

VERSION = 1  # of the format


def header_from(members: Mapping[str, Any]) -> tuple[Header, list[str]]:
    """The header, from what stands beside a file's documents, and sentences about what is wrong with it."""
    problems: list[str] = []
    project = members.get("project")
    project = project if isinstance(project, dict) else {}
    if members.get("format") == "annotator" and members.get("version", VERSION) != VERSION:
        problems.append("it was written by another version of the program: what this one does not know was left out")
    header = Header(
        scheme=_scheme(members.get("scheme"), problems),
        annotators=annotators_from(members.get("annotators")),
        registry=_registry(members.get("registry"), problems),
        project_id=_text(project.get("id")),
        project_name=_text(project.get("name")),
    )
    return header, problems


def _scheme(data: Any, problems: list[str]) -> Scheme:
    if data is None:
        return Scheme()
    try:
        return scheme_from_json({"layers": [], **data} if isinstance(data, dict) else data)
    except KnownError:
        problems.append("its scheme cannot be read: labels were taken in by their names alone")
        return Scheme()


def annotators_from(data: Any) -> tuple[Annotator, ...]:
    """The annotators of a list of `{"id", "name"}`; what is none is passed over: its marks name it all the same."""
    items = data if isinstance(data, list) else []
    pairs = [(_text(item.get("id")), _text(item.get("name"))) for item in items if isinstance(item, dict)]
    return tuple(Annotator(key, name or key) for key, name in pairs if key)


def _registry(data: Any, problems: list[str]) -> tuple[RegistryEntry, ...]:
    entries = []
    for item in data if isinstance(data, list) else []:
        try:
            entries.append(_entry(item))
        except (KeyError, TypeError, AttributeError):
            problems.append("an entry of its registry was left out: it has no id, kind or name")
    return tuple(entries)


def _entry(item: Mapping[str, Any]) -> RegistryEntry:
    key, kind, name = (item[field] for field in ("id", "kind", "name"))
    if not all(isinstance(text, str) for text in (key, kind, name)):
        raise TypeError
    aliases = tuple(alias for alias in item.get("aliases", ()) if isinstance(alias, str))
    return RegistryEntry(key, kind, name, aliases, dict(item.get("attributes", {})), *_shown(item))


def _shown(item: Mapping[str, Any]) -> tuple[str, str]:
    return _text(item.get("note")), _text(item.get("color"))


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""
