"""Links between mentions of one thing: from each to the one before it; and bridges to another thing."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.importers.annotations.bracket_mentions import Mention
from annotator.importers.annotations.marked_text import MarkedText

COREFERENCE = "coref"
BRIDGE = "bridge"
_NO_NAMES = ("", "_", "sgl")


def link_mentions(document: MarkedText, mentions: Sequence[Mention], bridges: Sequence[tuple[str, int]] = ()) -> None:
    """Add the links. `bridges` are such as `12<124,13<125`, each with its line: from a mention of 124 to one of 12.

    The kind of a link stands with the mention that it leads to.
    """
    last: dict[str, Mention] = {}
    for mention in mentions:
        before = last.get(mention.group) if mention.group else None
        if before is not None:
            kind = before.said.get("link", "")
            name = COREFERENCE if kind in _NO_NAMES else kind
            document.link(name, str(mention.number), str(before.number), place=f"line {mention.line}")
        last[mention.group] = mention
    for written, line in bridges:
        for bridge in written.split(","):
            _bridge(document, mentions, bridge, line)


def _bridge(document: MarkedText, mentions: Sequence[Mention], written: str, line: int) -> None:
    to, _, rest = written.partition("<")
    source = rest.partition(":")[0]
    starts = [mention for mention in mentions if mention.group == source and mention.line == line]
    starts = starts or [mention for mention in mentions if mention.group == source and mention.line >= line][:1]
    if not starts:
        document.leave_out(f"line {line}: the bridge {written[:40]}", "a mark at its end is not there")
        return
    before = [mention for mention in mentions if mention.group == to and mention.number != starts[0].number]
    near = [mention for mention in before if mention.line <= line] or before[:1]
    if not near:
        document.leave_out(f"line {line}: the bridge {written[:40]}", "a mark at its end is not there")
        return
    document.link(BRIDGE, str(starts[0].number), str(near[-1].number), place=f"line {line}")
