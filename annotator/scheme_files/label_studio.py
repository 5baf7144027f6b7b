"""Label Studio's labeling configuration: XML with controls for labels, choices and links."""

from __future__ import annotations

from annotator.core.scheme import Scheme
from annotator.scheme_files.base import ReadScheme, SchemeText, WrittenScheme
from annotator.scheme_files.label_studio_reading import LabelStudioReading
from annotator.scheme_files.label_studio_writing import LabelStudioWriting


class LabelStudioScheme:
    """Labels as labels, controls per region as attributes, others as questions about the document."""

    name = "label-studio"
    title = "Label Studio configuration"
    suffixes: tuple[str, ...] = (".xml",)
    loses = (
        "Guidelines, registry entries (they become text), rules but “while this is answered so”, and which labels a"
        " link may join. Of Label Studio’s own: how the page looks, and everything about pictures and sound."
    )

    def recognises(self, file: SchemeText) -> bool:
        """XML whose outermost element is a view."""
        return "<View" in file.text[:20_000] and file.text.lstrip("\ufeff \t\r\n").startswith("<")

    def read(self, file: SchemeText) -> ReadScheme:
        """The scheme of its controls. Raises KnownError with the line where it is no XML, or XML with entities."""
        return LabelStudioReading(file).scheme()

    def write(self, scheme: Scheme) -> WrittenScheme:
        """A view of a text with all controls."""
        return LabelStudioWriting(scheme).written()
