"""The README.md of a dataset folder: what loads it stands in its head, what people ask of it below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.core.annotation import AnnotatedDocument
from annotator.core.scheme import Attribute, Scheme
from annotator.exporters.base import Contents, ExportReport, Loss
from annotator.exporters.columns import Columns, yaml_lines

MARK = "annotator-export"  # a tag by which the card is known again
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SENTENCES = (
    "A row is a sentence: `tokens`, and `ner_tags` as IOB2. `starts` and `ends` are their places in the article",
    "`document`, in Unicode code points.",
)
_ARTICLES = (
    "A row is an article. `start` and `end` of `marks` and `zones` count **Unicode code points** of `text`, and `end`",
    "is the first that no longer belongs to it: `text[start:end]` in Python. A mark of several pieces has them in",
    "`fragments`. `attributes` and `answers` hold texts; `type` says what they were: `text`, `number`, `yes_no`, or",
    "`list`, which is JSON.",
)
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")


@dataclass(slots=True)
class Card:
    """What a card tells."""

    contents: Contents
    report: ExportReport
    columns: Columns
    tags: Sequence[str] = ()  # of tokens, in order; empty where the rows are documents
    files: dict[str, str] = field(default_factory=dict)  # by split
    rows: dict[str, int] = field(default_factory=dict)  # by split
    sizes: dict[str, int] = field(default_factory=dict)  # bytes of the files, by split
    languages: set[str] = field(default_factory=set)
    marks: Counter[tuple[str, str]] = field(default_factory=Counter)  # by layer and label
    losses: Sequence[Loss] = ()

    def count(self, document: AnnotatedDocument) -> None:
        """Note a document that was written."""
        self.languages.add(document.language)
        self.marks.update((mark.label.layer, mark.label.name) for mark in document.annotations)

    def text(self) -> str:
        """The whole page."""
        return "\n".join(["---", *self._head(), "---", "", *self._page(), ""])

    def _head(self) -> Iterator[str]:
        total = sum(self.rows.values())
        yield f"pretty_name: {quoted(self.contents.project_name)}"
        yield "# license: choose one, and take away the sign before it"
        known = sorted(language for language in self.languages if _LANGUAGE.fullmatch(language))
        yield from ["language:", *(f"- {language}" for language in known)] if known else ()
        yield from ("annotations_creators:", "- expert-generated", "size_categories:")
        yield f"- {next((name for most, name in SIZES if total < most), '1M<n<10M')}"
        yield from ("task_categories:", "- token-classification", "tags:", "- news", f"- {MARK}")
        yield from ("configs:", "- config_name: default", "  data_files:")
        for split, file in self.files.items():
            yield from (f"  - split: {split}", f"    path: {file}")
        yield from ("dataset_info:", "  features:")
        yield from self._features()
        yield "  splits:"
        for split, rows in self.rows.items():
            yield from (f"  - name: {split}", f"    num_bytes: {self.sizes[split]}", f"    num_examples: {rows}")

    def _features(self) -> Iterator[str]:
        previous = ""
        for line in yaml_lines(self.columns, "  "):
            if self.tags and line.endswith("sequence: int64") and previous.endswith("name: ner_tags"):
                yield from ("    sequence:", "      class_label:", "        names:")
                yield from (f"          '{number}': {quoted(tag)}" for number, tag in enumerate(self.tags))
            else:
                yield line
            previous = line

    def _page(self) -> Iterator[str]:
        report, scheme = self.report, self.contents.scheme
        yield f"# {plain(self.contents.project_name)}"
        yield ""
        yield (
            f"{report.documents} news articles with {report.annotations} marks and {report.relations} links between"
            " them, made with Annotator."
        )
        yield from ("", "| split | rows |", "|---|---|", *(f"| {name} | {rows} |" for name, rows in self.rows.items()))
        yield from ("", *self._split(), "", "## How to read it", "", *self._reading(), "", *_labels(scheme, self.marks))
        yield from ("## What was left out", "", *self._left_out(), "", "## Licence", "")
        yield "Not chosen yet. The rights in the texts are their publishers’; who made the marks decides about those."

    def _split(self) -> Iterator[str]:
        plan = self.contents.plan
        if plan is None:
            yield "Not split: all rows are in `train`."
            return
        counts, split = plan.counts(), plan.split
        yield f"Split by {split.by}, seed {split.seed}; `validation` is the part for development."
        if split.near_duplicates:
            yield (
                f"Copies of the same story are on one side: {counts.near_duplicates} articles in {counts.groups}"
                f" groups, of which {counts.moved} moved for it."
            )
        yield "`split.json` says which article is where."

    def _reading(self) -> Iterator[str]:
        yield from _SENTENCES if self.tags else _ARTICLES

    def _left_out(self) -> Iterator[str]:
        yield from (f"- {loss.count} {loss.what}" for loss in self.losses)
        yield "- colours and keys of the scheme, and the registry"


def _labels(scheme: Scheme, marks: Mapping[tuple[str, str], int]) -> Iterator[str]:
    for layer in scheme.layers:
        yield from (f"## Labels of {plain(layer.shown)}", "")
        for label in scheme.labels_of(layer.name):
            asked = ", ".join(plain(attribute.name) for attribute in label.attributes)
            rule = f": {plain(label.guideline)}" if label.guideline else ""
            count = marks.get((layer.name, label.name), 0)
            yield f"- **{plain(label.name)}**, {count} marks{rule}{f' Attributes: {asked}.' if asked else ''}"
        yield ""
    of_marks = {attribute.name: attribute for label in scheme.labels for attribute in label.attributes}
    if of_marks:
        yield from ("## Attributes of marks", "", *(f"- {_asked(each)}" for each in of_marks.values()), "")
    if scheme.relations:
        yield from ("## Links", "")
        for kind in scheme.relations:
            ends = [", ".join(map(plain, names)) or "any" for names in (kind.sources, kind.targets)]
            yield f"- **{plain(kind.name)}**: from {ends[0]} to {ends[1]}"
        yield ""
    if scheme.form:
        yield from ("## Questions about the article", "", *(f"- {_asked(attribute)}" for attribute in scheme.form), "")


def _asked(attribute: Attribute) -> str:
    values = ", ".join(plain(value.name) for value in attribute.values)
    said = [plain(attribute.guideline)] if attribute.guideline else []
    return f"**{plain(attribute.name)}** ({attribute.kind}{f': {values}' if values else ''})" + "".join(
        f": {text}" for text in said
    )


def quoted(text: str) -> str:
    """A text as YAML has it between quotation marks."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _UNPRINTABLE.sub(lambda found: f"\\U{ord(found[0]):08x}", inner) + '"'


def plain(text: str) -> str:
    """A text of a person's in a page of Markdown: on one line, and none of its signs means anything."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
