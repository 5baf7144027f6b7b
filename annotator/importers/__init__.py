"""Import formats. To add one: write its module, and name it in the group of IMPORTERS where it belongs."""

from __future__ import annotations

from annotator.core.errors import KnownError
from annotator.importers.agencies.gigaword import GigawordImporter
from annotator.importers.agencies.newsml import NewsMlImporter
from annotator.importers.agencies.ninjs import NinjsImporter
from annotator.importers.agencies.nitf import NitfImporter
from annotator.importers.agencies.reuters import ReutersCorpusImporter
from annotator.importers.annotations.bioc import BiocImporter
from annotator.importers.annotations.brat import BratImporter
from annotator.importers.annotations.conll import ConllImporter
from annotator.importers.annotations.conll_coreference import CoreferenceImporter
from annotator.importers.annotations.conllu import ConllUImporter
from annotator.importers.annotations.dataset_folder import DatasetFolderImporter
from annotator.importers.annotations.dna import DnaImporter
from annotator.importers.annotations.doccano import DoccanoImporter
from annotator.importers.annotations.export_notes import ExportNotesImporter
from annotator.importers.annotations.journalism_quotes import JournalismQuotesImporter
from annotator.importers.annotations.label_studio import LabelStudioImporter
from annotator.importers.annotations.labelbuddy import LabelbuddyImporter
from annotator.importers.annotations.litbank_quotes import LitBankQuotesImporter
from annotator.importers.annotations.predictions import PredictionsImporter
from annotator.importers.annotations.prodigy import ProdigyImporter
from annotator.importers.annotations.refi_qda import RefiQdaImporter
from annotator.importers.annotations.spacy_docbin import SpacyDocBinImporter
from annotator.importers.annotations.tei import TeiImporter
from annotator.importers.annotations.uima_json import JsonCasImporter
from annotator.importers.annotations.uima_xmi import XmiImporter
from annotator.importers.annotations.web_annotation import WebAnnotationImporter
from annotator.importers.annotations.webanno import WebAnnoImporter
from annotator.importers.annotator_json import AnnotatorJsonImporter
from annotator.importers.annotator_jsonl import AnnotatorJsonLinesImporter
from annotator.importers.archive_page import ArchivePageImporter
from annotator.importers.base import AnnotationImporter, Importer
from annotator.importers.databases.europresse import EuropresseImporter
from annotator.importers.databases.factiva_html import FactivaHtmlImporter
from annotator.importers.databases.factiva_text import FactivaTextImporter
from annotator.importers.databases.factiva_xml import FactivaXmlImporter
from annotator.importers.databases.nexis_html import NexisHtmlImporter
from annotator.importers.databases.nexis_text import NexisTextImporter
from annotator.importers.databases.nexis_word import NexisWordImporter
from annotator.importers.databases.proquest_text import ProquestTextImporter
from annotator.importers.databases.proquest_xml import ProquestXmlImporter
from annotator.importers.databases.ris import RisImporter
from annotator.importers.feeds import FeedImporter
from annotator.importers.office.open_document import OpenDocumentImporter
from annotator.importers.office.portable_document import PdfImporter
from annotator.importers.office.rich_text_document import RichTextImporter
from annotator.importers.office.word import WordImporter
from annotator.importers.saved_page import SavedPageImporter
from annotator.importers.scans.alto import AltoImporter
from annotator.importers.scans.kb_article import KbArticleImporter
from annotator.importers.scans.mets import MetsImporter
from annotator.importers.scans.page_xml import PageXmlImporter
from annotator.importers.splitter import SplitterImporter
from annotator.importers.tables.json_articles import JsonArticlesImporter
from annotator.importers.tables.marks_table import MarksTableImporter
from annotator.importers.tables.separated import SeparatedImporter
from annotator.importers.tables.spreadsheet import SpreadsheetImporter
from annotator.importers.text import TextImporter
from annotator.importers.web_archive import WebArchiveImporter
from annotator.importers.web_page import WebPageImporter

OWN: tuple[Importer, ...] = (ArchivePageImporter(), AnnotatorJsonImporter(), AnnotatorJsonLinesImporter())
ANNOTATIONS: tuple[AnnotationImporter, ...] = (
    BratImporter(),
    ConllImporter(),
    CoreferenceImporter(),
    ConllUImporter(),
    WebAnnoImporter(),
    DoccanoImporter(),
    LabelStudioImporter(),
    ProdigyImporter(),
    SpacyDocBinImporter(),
    LabelbuddyImporter(),
    XmiImporter(),
    JsonCasImporter(),
    BiocImporter(),
    WebAnnotationImporter(),
    JournalismQuotesImporter(),
    LitBankQuotesImporter(),
    DnaImporter(),
    RefiQdaImporter(),
    TeiImporter(),
    DatasetFolderImporter(),
    PredictionsImporter(),
)
NOTES: tuple[Importer, ...] = (ExportNotesImporter(),)
WEB: tuple[Importer, ...] = (WebPageImporter(), SavedPageImporter(), WebArchiveImporter())
DATABASES: tuple[Importer, ...] = (
    NexisWordImporter(),
    NexisTextImporter(),
    NexisHtmlImporter(),
    FactivaHtmlImporter(),
    FactivaTextImporter(),
    FactivaXmlImporter(),
    ProquestTextImporter(),
    ProquestXmlImporter(),
    RisImporter(),
    EuropresseImporter(),
)
AGENCIES: tuple[Importer, ...] = (
    NitfImporter(),
    NewsMlImporter(),
    NinjsImporter(),
    ReutersCorpusImporter(),
    GigawordImporter(),
    FeedImporter(),
)
SCANS: tuple[Importer, ...] = (MetsImporter(), AltoImporter(), PageXmlImporter(), KbArticleImporter())
ARTICLE_TABLES: tuple[Importer, ...] = (SeparatedImporter(), SpreadsheetImporter(), JsonArticlesImporter())
TABLES: tuple[Importer, ...] = (MarksTableImporter(), *ARTICLE_TABLES)
OFFICE: tuple[Importer, ...] = (WordImporter(), OpenDocumentImporter(), RichTextImporter(), PdfImporter())
REST: tuple[Importer, ...] = (SplitterImporter(), TextImporter())

ASKED_LAST: tuple[Importer, ...] = (*ARTICLE_TABLES, *OFFICE, *REST)  # they look long, and are never surer than this:
SUREST_OF_THEM = 0.97

IMPORTERS: tuple[Importer, ...] = (
    *OWN,
    *ANNOTATIONS,
    *NOTES,
    *WEB,
    *DATABASES,
    *AGENCIES,
    *SCANS,
    *TABLES,
    *OFFICE,
    *REST,
)


def importer_named(name: str) -> Importer:
    """The importer of that name. Raises KnownError when there is none."""
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    known = ", ".join(importer.name for importer in IMPORTERS)
    raise KnownError(f"There is no import format “{name}”. There are: {known}.")
