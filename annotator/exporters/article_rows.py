"""Articles as rows: what is known of each, and what each annotator answered in its form."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.annotation import AnnotatedDocument
from annotator.core.standing_off import FACTS_THAT_STAY
from annotator.exporters.answer_columns import ODD, AnswerColumns
from annotator.exporters.base import Contents
from annotator.exporters.separated import Row
from annotator.exporters.spelling import Spelling

_REST = ("language", "direction", "characters", "annotator", "status", "marks")
FIXED = ("document", "title", *_REST)
WORDLESS = ("document", "sha256", *_REST)  # without the texts
NUMBERS = frozenset(("characters", "marks"))  # columns that hold numbers


class ArticleRows:
    """The table of articles: a row for everyone who answered, marked or said how far they are; one where nobody did."""

    def __init__(self, contents: Contents) -> None:
        self._with_text = contents.with_text
        fixed = FIXED if contents.with_text else WORDLESS
        spelling = Spelling(ODD, "column")
        for name in fixed:
            spelling.of(("fixed", name), name)
        facts: set[str] = set()
        asked: set[str] = set()
        for document in contents.documents():
            facts.update(document.metadata)
            asked.update(answer.name for answer in document.labels)
        form = contents.scheme.form
        other = sorted(asked - {each.name for each in form})
        self.answers = AnswerColumns(form, other, contents.registry, spelling, "form")
        self._facts = sorted(facts if contents.with_text else facts & set(FACTS_THAT_STAY))
        columns = (spelling.of(("fact", name), f"meta_{name}") for name in self._facts)
        self.head: Row = (*fixed, *self.answers.head(), *columns)
        self._people = {person.id: person.name for person in contents.annotators}

    def rows(self, document: AnnotatedDocument) -> Iterator[Row]:
        """The rows of one article: what its cells hold, however a file must write that."""
        marks = [mark.annotator for mark in document.annotations]
        people = [*(answer.annotator for answer in document.labels), *document.statuses, *marks]
        known = [document.metadata.get(name, "") for name in self._facts]
        for person in dict.fromkeys(people) or [""]:
            answers = {answer.name: answer.value for answer in document.labels if answer.annotator == person}
            named = document.title if self._with_text else document.sha256
            about = (document.id, named, document.language, document.direction, str(len(document.text)))
            work = (self._people.get(person, person), document.statuses.get(person, ""), str(marks.count(person)))
            yield (*about, *work, *self.answers.cells(answers), *known)
