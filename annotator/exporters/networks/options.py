"""What can be chosen about networks and lists of events, and what is said where it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from annotator.core.dates import kept_date
from annotator.core.discourse_network import ONE_MODE, ONE_MODE_NORMS, TWO_MODE, TWO_MODE_NORMS
from annotator.core.errors import KnownError
from annotator.core.statements import Window, needs_days, whole_day
from annotator.exporters.options import YES, Option, yes_no

_NAMED = "An attribute or a kind of link; if empty, found in the scheme."
ROLES = (
    Option("label", "Statements", "", kind="text", explanation="A label; if empty, all that have an actor."),
    Option("actor", "Actor", "", kind="text", explanation=_NAMED),
    Option("organisation", "Organisation", "", kind="text", explanation=f"{_NAMED} Stands in where there is no actor."),
    Option("concept", "Concept", "", kind="text", explanation=f"{_NAMED} “label” and “words” take those of the mark."),
    Option("agreement", "Agreement", "", kind="text", explanation=f"{_NAMED} “none” leaves it out of account."),
)
DATES = (
    Option("from", "From", "", kind="text", explanation="A date, as 2016-10-12, 2016-10 or 2016."),
    Option("to", "To", "", kind="text", explanation="A date, which belongs to it."),
)
NETWORK = Option(
    "network", "Network", "auto",
    (("auto", "What the scheme is made for"), ("two_mode", "Actors and concepts"), ("actors", "Actors by concepts"),
     ("concepts", "Concepts by actors"), ("sources", "Who speaks of whom"), ("together", "Names that stand together")),
)  # fmt: skip
AGGREGATION = Option(
    "aggregation", "Aggregation", "auto",
    (("auto", "Congruence; in two modes, subtracted"), ("ignore", "Nothing"), ("congruence", "Congruence"),
     ("conflict", "Conflict"), ("subtract", "Subtracted"), ("combine", "Combined")),
    explanation="How ties take agreement into account.",
)  # fmt: skip
NORMALISATION = Option(
    "normalisation", "Divided by", "none",
    (("none", "Nothing"), ("activity", "The actor’s statements"), ("prominence", "The concept’s statements"),
     ("average", "The average of both ends’ statements"), ("jaccard", "Jaccard’s measure")),
    explanation="Makes the weights of busy and quiet actors comparable.",
)  # fmt: skip
DUPLICATES = Option(
    "duplicates", "Counts once", "document",
    (("document", "In an article"), ("week", "In a week"), ("month", "In a month"), ("year", "In a year"),
     ("ever", "In the whole time"), ("all", "Each time")),
    explanation="What one actor says of one concept with the same answer.",
)  # fmt: skip
WITHIN = Option("within", "Within", "article", (("article", "Article"), ("sentence", "Sentence")),
                explanation="Of names that stand together.")  # fmt: skip
FILES = Option(
    "files", "Files", "all",
    (("all", "All"), ("graphml", "GraphML"), ("csv", "Tables of ties and nodes, CSV"), ("dl", "UCINET DL, matrix"),
     ("dl_edges", "UCINET DL, list of ties")),
)  # fmt: skip
OF_NETWORKS = (
    NETWORK, *ROLES, AGGREGATION, NORMALISATION, DUPLICATES, WITHIN, *DATES,
    Option("window", "Window, days", "0", kind="number", explanation="0: one network of the whole time."),
    Option("step", "Step, days", "0", kind="number", explanation="0: as long as a window."),
    yes_no("isolates", "Nodes without a tie"), FILES,
)  # fmt: skip


class Chosen(NamedTuple):
    """The choices about a network, as they are used."""

    network: str
    aggregation: str
    normalisation: str
    duplicates: str
    within: str
    window: Window
    days: int  # of a moving window; 0 for none
    step: int
    isolates: bool
    files: str

    @property
    def dated(self) -> bool:
        """Whether what has no date must be left out."""
        bound = self.window.first is not None or self.window.last is not None
        return bound or self.days > 0 or needs_days(self.duplicates)


def wanted_roles(options: Mapping[str, str]) -> dict[str, str]:
    """What was asked for the roles, without white space; what was not is empty."""
    return {each.name: options.get(each.name, "").strip() for each in ROLES}


def wanted_window(options: Mapping[str, str]) -> Window:
    """The time that was asked for. Raises KnownError where it is no time."""
    first, last = _day(options, "from"), _last_day(options)
    if first and last and last < first:
        raise KnownError(f"The time ends before it begins: from {first} to {last}. Nothing was written.")
    return Window(first, last)


def chosen_network(options: Mapping[str, str], network: str, *, agreeing: bool) -> Chosen:
    """The choices about a `network` of a known kind. Raises KnownError for those that do not go together."""
    values = {each.name: options.get(each.name, each.default) for each in OF_NETWORKS}
    aggregation = _fitting_aggregation(values["aggregation"], network, agreeing=agreeing)
    norm = values["normalisation"]
    norms = {"two_mode": TWO_MODE_NORMS, "actors": ONE_MODE_NORMS, "concepts": ONE_MODE_NORMS}.get(network, ("none",))
    if norm not in norms:
        raise KnownError(f"normalisation={norm} is nothing for network={network}. There it can be: {', '.join(norms)}.")
    days = int(values["window"])
    return Chosen(
        network, aggregation, norm, values["duplicates"], values["within"], wanted_window(options), days,
        int(values["step"]) or days, values["isolates"] == YES, values["files"],
    )  # fmt: skip


def _fitting_aggregation(wanted: str, network: str, *, agreeing: bool) -> str:
    able = {"two_mode": TWO_MODE, "actors": ONE_MODE, "concepts": ONE_MODE}.get(network, ("ignore",))
    if wanted == "auto":
        return "ignore" if not agreeing else {"two_mode": "subtract"}.get(network, "congruence")
    if wanted not in able:
        raise KnownError(
            f"aggregation={wanted} is nothing for network={network}. There it can be: auto, {', '.join(able)}."
        )
    if wanted != "ignore" and not agreeing:
        raise KnownError(
            f"aggregation={wanted} needs an answer that says whether an actor agrees, and none is known."
            " Name one with agreement=…, or take aggregation=ignore."
        )
    return wanted


def _day(options: Mapping[str, str], name: str) -> date | None:
    return whole_day(_date(options, name))


def _last_day(options: Mapping[str, str]) -> date | None:
    """The last day of the date, the month or the year that was asked for."""
    known = _date(options, "to")
    first = whole_day(known)
    if first is None or len(known) == 10:
        return first
    following = (first.year + 1, 1) if len(known) == 4 or first.month == 12 else (first.year, first.month + 1)
    return date.max if following[0] > date.max.year else date.fromordinal(date(*following, 1).toordinal() - 1)


def _date(options: Mapping[str, str], name: str) -> str:
    typed = options.get(name, "").strip()
    found = kept_date(typed) if typed else ""
    if found is None:
        raise KnownError(f"“{typed}” is no date for {name}. Write it as 2016-10-12, 2016-10 or 2016.")
    return found
