"""Schemes from files and into files: this program's own and those of other tools. Sees no project."""

from __future__ import annotations

from annotator.core.errors import KnownError
from annotator.scheme_files.base import SchemeFormat
from annotator.scheme_files.brat import BratScheme
from annotator.scheme_files.doccano import DoccanoScheme
from annotator.scheme_files.inception import InceptionScheme
from annotator.scheme_files.label_studio import LabelStudioScheme
from annotator.scheme_files.labelbuddy import LabelbuddyScheme
from annotator.scheme_files.own import OwnScheme

# In the order in which they are asked whether a file is theirs.
SCHEME_FORMATS: tuple[SchemeFormat, ...] = (
    OwnScheme(),
    InceptionScheme(),
    DoccanoScheme(),
    LabelbuddyScheme(),
    LabelStudioScheme(),
    BratScheme(),
)


def scheme_format(name: str) -> SchemeFormat:
    """The format of that name. Raises KnownError, naming those there are, when there is none."""
    found = next((format_ for format_ in SCHEME_FORMATS if format_.name == name), None)
    if found is None:
        names = ", ".join(format_.name for format_ in SCHEME_FORMATS)
        raise KnownError(f"There is no format of schemes “{name}”. There are: {names}.")
    return found
