"""Export formats. To add one: write its module, and name it in the group of EXPORTERS where it belongs."""

from __future__ import annotations

from annotator.core.errors import KnownError
from annotator.exporters.base import Exporter
from annotator.exporters.brat import BratExporter
from annotator.exporters.conll import ConllExporter
from annotator.exporters.conllu import ConllUExporter
from annotator.exporters.doccano import DoccanoExporter
from annotator.exporters.excel import ExcelExporter
from annotator.exporters.huggingface import HuggingFaceExporter
from annotator.exporters.json import JsonExporter
from annotator.exporters.jsonl import JsonLinesExporter
from annotator.exporters.label_studio import LabelStudioExporter
from annotator.exporters.labelbuddy import LabelbuddyExporter
from annotator.exporters.marks_table import MarksTableExporter
from annotator.exporters.networks.event_list import EventListExporter
from annotator.exporters.networks.exporter import NetworkExporter
from annotator.exporters.page.html import HtmlExporter
from annotator.exporters.page.pdf import PdfExporter
from annotator.exporters.prodigy import ProdigyExporter
from annotator.exporters.refi_qda import RefiQdaExporter
from annotator.exporters.shards import ShardsExporter
from annotator.exporters.spacy import SpacyExporter
from annotator.exporters.spacy_docbin import SpacyDocBinExporter
from annotator.exporters.statements import StatementsExporter
from annotator.exporters.tei import TeiExporter
from annotator.exporters.uima_json import JsonCasExporter
from annotator.exporters.w3c import WebAnnotationExporter
from annotator.exporters.webanno_tsv import WebAnnoTsvExporter
from annotator.exporters.xmi import XmiExporter

OWN: tuple[Exporter, ...] = (JsonExporter(), JsonLinesExporter())
TRAINING: tuple[Exporter, ...] = (
    ConllExporter(),
    ConllUExporter(),
    SpacyExporter(),
    SpacyDocBinExporter(),
    ProdigyExporter(),
    HuggingFaceExporter(),
)
TABLES: tuple[Exporter, ...] = (MarksTableExporter(), StatementsExporter(), ExcelExporter())
TOOLS: tuple[Exporter, ...] = (
    BratExporter(),
    XmiExporter(),
    JsonCasExporter(),
    WebAnnoTsvExporter(),
    LabelStudioExporter(),
    DoccanoExporter(),
    LabelbuddyExporter(),
    RefiQdaExporter(),
)
STANDARDS: tuple[Exporter, ...] = (WebAnnotationExporter(), TeiExporter())
ENGINES: tuple[Exporter, ...] = (ShardsExporter(),)
NETWORKS: tuple[Exporter, ...] = (EventListExporter(), NetworkExporter())  # made of marks; nothing comes back

PAGES: tuple[Exporter, ...] = (HtmlExporter(), PdfExporter())  # to look at

GROUPS: tuple[tuple[str, tuple[Exporter, ...]], ...] = (
    ("The program’s own", OWN),
    ("Tables", TABLES),
    ("Networks", NETWORKS),
    ("Training data", TRAINING),
    ("Annotation tools", TOOLS),
    ("Standards", STANDARDS),
    ("Engines", ENGINES),
    ("To look at", PAGES),
)
EXPORTERS: tuple[Exporter, ...] = tuple(exporter for _, group in GROUPS for exporter in group)


def exporter_named(name: str) -> Exporter:
    """The exporter of that name. Raises KnownError when there is none."""
    for exporter in EXPORTERS:
        if exporter.name == name:
            return exporter
    known = ", ".join(exporter.name for exporter in EXPORTERS)
    raise KnownError(f"There is no export format “{name}”. There are: {known}.")
