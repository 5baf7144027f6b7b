"""CoNLL-U and CoNLL-U Plus: sentences with their own text; mentions in brackets, or tags in a column of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.core.carries import Carries
from annotator.core.errors import KnownError
from annotator.core.imports import ImportItem, Notice
from annotator.core.scheme import Scheme
from annotator.importers.annotations.bracket_mentions import BracketMentions
from annotator.importers.annotations.conllu_sentences import STANDARD, Sentence, SentenceReader, Token
from annotator.importers.annotations.marked_text import MarkedText
from annotator.importers.annotations.mention_links import link_mentions
from annotator.importers.annotations.own_mentions import put_own_mentions
from annotator.importers.annotations.tag_runs import TagRuns, is_tag
from annotator.importers.base import Source
from annotator.importers.decoding import decoded
from annotator.importers.label_names import LabelNames
from annotator.importers.text import LIMIT

_ROW = re.compile(rb"^\d+(?:[-.]\d+)?\t[^\t\r\n]+(?:\t[^\t\r\n]*){2,}\r?$", re.MULTILINE)
_TEN = re.compile(rb"^\d+(?:[-.]\d+)?(?:\t[^\t\r\n]+){9}\r?$", re.MULTILINE)
_COMMENT = re.compile(rb"^# ?(?:newdoc|sent_id|text|global\.\w+|newpar)\b", re.MULTILINE)
_FIELDS = "GRP-etype-infstat-minspan-link-identity"  # of a bracket, where the file does not say
_TAGS = ("NER", "NE", "Entity", "Ent")  # names under which tags stand in the last column
_KNOWN = {"sourceURL": "uri", "dateCreated": "published", "title": "title", "author": "author"}
_NOTHING = ("", "_")
_OURS = "Annotator"  # how a file names this program as the one that wrote it


class ConllUImporter:
    """Takes each document in with its own text, and mentions and tags of names as marks."""

    name = "conllu"
    title = "CoNLL-U"
    suffixes: tuple[str, ...] = (".conllu", ".conllup")
    carries = Carries(
        nested=True, crossing=True, discontinuous=True, links=True, attributes=True, notes=True, people=True, facts=True
    )
    loses = "Lemmas, parts of speech, features and dependencies; of a sentence without its text, unusual spaces."

    def recognises(self, head: bytes, name: str) -> float:
        """Sure where there are ten columns and comments of CoNLL-U."""
        start = head.removeprefix(b"\xef\xbb\xbf")
        if not start.startswith((b"#", b"1\t", b"1-", b"0.1\t", b"\n")) or start.startswith((b"#FORMAT=", b"#id=")):
            return 0.0
        if _TEN.search(start) and (_COMMENT.search(start) or name.lower().endswith(".conllu")):
            return 0.98
        if b"global.columns" in start[:300] and _ROW.search(start):
            return 0.98
        return 0.8 if _TEN.match(start) else 0.0

    def read(self, source: Source) -> Iterator[ImportItem]:
        """A document for each `# newdoc`, or one. Raises KnownError where there are no sentences."""
        reader = SentenceReader()
        lines = decoded(source.whole(LIMIT)).text.replace("\r\n", "\n").split("\n")
        names = LabelNames(Scheme())
        fields, held, found, ours = _FIELDS, list[Sentence](), False, False
        for sentence in reader.sentences(lines):
            new = next((name for name in sentence.comments if name.split(" ")[0] == "newdoc"), None)
            fields = sentence.comments.get("global.Entity", fields)
            ours = ours or sentence.comments.get("generator") == _OURS
            if new is not None and any(each.tokens for each in held):
                found = True
                yield from _document(held, fields, reader.columns, source, names, ours)
                held = []
            held.append(sentence)
        if any(each.tokens for each in held):
            found = True
            yield from _document(held, fields, reader.columns, source, names, ours)
        if not found:
            raise KnownError("There are no sentences of CoNLL-U in it.")
        if reader.wrong:
            first = ", ".join(map(str, reader.wrong[:10]))
            yield Notice(f"In {source.name}, {len(reader.wrong)} lines hold no word and were left out: {first}.")


def _document(
    sentences: list[Sentence], fields: str, columns: tuple[str, ...], source: Source, names: LabelNames, ours: bool
) -> Iterator[ImportItem]:
    about: dict[str, str] = {}
    text, tokens = _text_of(sentences)
    for sentence in sentences:
        for name, value in sentence.comments.items():
            if name.startswith("meta::"):
                about[name[6:]] = value
            elif name in ("newdoc id", "newdoc"):
                about["name"] = value
    name = f"{source.name}, {about['name']}" if about.get("name") else source.name
    document = MarkedText(text, name, names, certain=True)
    rebuilt = sum(sentence.rebuilt for sentence in sentences)
    if rebuilt:
        which = "one sentence" if rebuilt == 1 else f"{rebuilt} sentences"
        document.tell(f"the text of {which} was put together from the words.")
    _mentions(document, fields.split("-"), tokens, ours)
    for column in _tag_columns(columns, tokens):
        _tagged(document, column, tokens)
    metadata = {_KNOWN.get(key, key): value for key, value in about.items() if value}
    title = metadata.pop("title", "")
    language = metadata.pop("language", "") if ours else ""
    yield from document.items(title=title, metadata={"path": source.path} | metadata, language=language)


def _text_of(sentences: list[Sentence]) -> tuple[str, list[Token]]:
    """The whole text, a paragraph a line, and all tokens, with their places in it."""
    parts: list[str] = []
    tokens: list[Token] = []
    length, gap, spaced = 0, "", False
    for sentence in sentences:
        if not sentence.tokens:
            continue
        if parts and not spaced and any(name.split(" ")[0] == "newpar" for name in sentence.comments):
            gap = "\n"
        parts += [gap, sentence.text]
        length += len(gap)
        for token in sentence.tokens:
            token.start, token.end = token.start + length, token.end + length
        tokens += sentence.tokens
        length += len(sentence.text)
        gap, spaced = sentence.gap, sentence.spaced
    return "".join([*parts, gap if spaced else ""]), tokens


def _mentions(document: MarkedText, fields: list[str], tokens: list[Token], ours: bool) -> None:
    brackets = BracketMentions(fields)
    for number, token in enumerate(tokens):
        entity = token.misc.get("Entity", "")
        if "(" in entity or ")" in entity:
            brackets.add(number, entity, token.line)
    brackets.end()
    for line, fault in brackets.wrong:
        document.leave_out(f"line {line}", fault)
    if ours:
        put_own_mentions(document, brackets.mentions, tokens)
        return
    for mention in brackets.mentions:
        said = {name: value for name, value in mention.said.items() if value not in _NOTHING}
        label = said.pop("etype", "") or said.pop("entity", "") or "mention"
        pairs = [(tokens[first].start, tokens[last].end) for first, last in mention.pieces]
        made = document.mark(str(mention.number), label, pairs, place=f"line {mention.line}")
        said = {name: value for name, value in said.items() if name not in ("GRP", "eid")}
        made.attributes.update(said | ({"group": mention.group} if mention.group else {}))
    bridges = [(token.misc["Bridge"], token.line) for token in tokens if "Bridge" in token.misc]
    link_mentions(document, brackets.mentions, bridges)


def _tag_columns(columns: tuple[str, ...], tokens: list[Token]) -> Iterator[str]:
    """Names of columns, or of members of MISC, that hold tags with a prefix."""
    for name in (*(name for name in columns if name not in STANDARD), *_TAGS):
        cells = [cell for token in tokens if (cell := _cell(token, name)) not in ("", "_", "O")]
        if cells and all(map(is_tag, cells)):
            yield name


def _cell(token: Token, name: str) -> str:
    return token.cells[name] if name in token.cells else token.misc.get(name, "")


def _tagged(document: MarkedText, column: str, tokens: list[Token]) -> None:
    runs = TagRuns()
    for number, token in enumerate(tokens):
        if token.cells.get("ID") == "1":
            runs.end()
        runs.add(number, _cell(token, column).split("|"), token.line)
    for run in runs.runs:
        pairs = [(tokens[run.first].start, tokens[run.last].end)]
        document.mark("", run.label, pairs, place=f"line {run.place}")
