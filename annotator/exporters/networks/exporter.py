"""Networks of actors and concepts, of who speaks of whom, and of names that stand together, in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from annotator.core.annotation import AnnotatedDocument
from annotator.core.discourse_network import Network, directed, of_actors, of_concepts, two_mode
from annotator.core.errors import KnownError
from annotator.core.imports import Progress
from annotator.core.registry import DISTINCT, value_at
from annotator.core.statements import Node, Statement, Tally, Window, moving_windows, whole_day
from annotator.exporters.base import Carries, Contents, ExportReport, PlainExporter
from annotator.exporters.carrying import Ledger
from annotator.exporters.networks.event_list import no_actors
from annotator.exporters.networks.files import (
    Named,
    named,
    read_dl,
    read_graphml,
    read_tables,
    same_ties,
    write_dl,
    write_graphml,
    write_tables,
)
from annotator.exporters.networks.options import OF_NETWORKS, chosen_network, wanted_roles
from annotator.exporters.networks.roles import Roles, name_labels, roles_in, statement_roles
from annotator.exporters.networks.speaking import Speaking, approaches, date_of_article, statements
from annotator.exporters.networks.standing_together import Together, names_by_place
from annotator.exporters.whole_folder import whole_folder

_MANY = 1_000  # windows: more are a slip of the pen
_DAMAGES = (OSError, ValueError, LookupError, TypeError, SyntaxError)  # what reading a file that is wrong may raise


class NetworkExporter(PlainExporter):
    """A folder with a network, or with one for each window of time, in the formats of other programs."""

    name = "network"
    title = "Network (GraphML, CSV, DL)"
    suffix = ""
    carries = Carries(nested=True, crossing=True, discontinuous=True)
    unit = ""
    loses = (
        "It is made of statements, or of names, alone: texts, places of marks, notes, zones, forms and facts are left"
        " out, and so are marks without an actor or a concept."
    )
    options = OF_NETWORKS

    def export(self, contents: Contents, out: Path, progress: Progress | None = None) -> ExportReport:
        """Write the network of `contents` to the folder `out`, whole or not at all.

        Raises KnownError where that cannot be, or the scheme has nothing to make it of.
        """
        with whole_folder(out) as folder:
            made = _Making(contents, progress)
            made.count()
            written = [_Written(folder, found, stem, contents) for stem, found in made.networks()]
            for each in written:
                each.write(made.chosen.files)
            made.report.verified = all(each.is_right() for each in written)
        made.report.lost = [*made.ledger.losses(), *contents.lost]
        made.report.files.append(str(out))
        return made.report


class _Making:
    """One export: goes through the documents once, or twice where the time must be known first, and counts."""

    def __init__(self, contents: Contents, progress: Progress | None) -> None:
        wanted = wanted_roles(contents.options)
        self._contents, self._progress = contents, progress
        self._entries = {entry.id: entry for entry in contents.registry}
        self.report, self.ledger = ExportReport(), Ledger()
        network = contents.options.get("network", "auto")
        self._roles = statement_roles(contents.scheme, wanted)
        network = _network_for(self._roles) if network == "auto" else network
        if network == "sources":
            self._roles = {key: each for key, each in roles_in(contents.scheme, wanted).items() if each.actor}
        if network != "together" and not self._roles:
            raise KnownError(no_actors())
        self._names = name_labels(contents.scheme, wanted["label"]) if network == "together" else frozenset()
        agreeing = network != "sources" and any(roles.agreement for roles in self._roles.values())
        self.chosen = chosen_network(contents.options, network, agreeing=agreeing)
        windows = self._windows()
        by_sentence = self.chosen.within == "sentence"
        self._tallies = [Tally(window, self.chosen.duplicates) for window in windows]
        self._together = [Together(window, by_sentence) for window in windows]

    def count(self) -> None:
        """Go through all documents."""
        for document in self._contents.documents():
            speaking = Speaking(document, self._entries)
            self._take(speaking)
            self.report.documents += 1
            if self._progress is not None:
                self._progress(self.report.documents)
        if repeated := sum(tally.repeated for tally in self._tallies):
            self.ledger.lose("statements that were counted before", count=repeated)

    def networks(self) -> Iterator[tuple[str, Named]]:
        """The networks with the names of their files."""
        every = [self._network(n) for n in range(len(self._tallies))]
        people = sorted({node for network in every for node in (*network.rows, *(network.columns or ()))})
        about = {node: facts for node in people if (facts := self._facts(node))}
        for tally, network in zip(self._tallies, self._with_isolates(every), strict=True):
            yield _stem(tally.window, moving=self.chosen.days > 0), named(network, about, self._said(tally.window))

    def _take(self, speaking: Speaking) -> None:
        chosen, ledger = self.chosen, self.ledger
        if chosen.network == "together":
            self._take_names(speaking)
            return
        if chosen.network == "sources":
            found = approaches(speaking, self._roles, ledger, dated=chosen.dated)
        else:
            coded = chosen.aggregation != "ignore"
            found = statements(speaking, self._roles, ledger, coded=coded, dated=chosen.dated)
        for mark, said in found:
            if chosen.window.holds(said[0].day):
                self.report.annotations += 1
                self._add(said)
            else:
                ledger.lose("marks outside the time", [mark.id])

    def _add(self, said: list[Statement]) -> None:
        for tally in self._tallies:
            for each in said:
                tally.add(each)

    def _take_names(self, speaking: Speaking) -> None:
        marks = speaking.document.annotations
        taken = [mark.id for mark in marks if mark.label.id in self._names]
        self.ledger.lose("marks that are no names", [mark.id for mark in marks if mark.label.id not in self._names])
        day = whole_day(date_of_article(speaking.document))
        if self.chosen.dated and not self.chosen.window.holds(day):
            self.ledger.lose("marks outside the time" if day else "marks without a date", taken)
            return
        self.report.annotations += len(taken)
        places = names_by_place(speaking, self._names, by_sentence=self.chosen.within == "sentence")
        for each in self._together:
            if each.window.holds(day):
                each.add(places)

    def _network(self, number: int) -> Network:
        chosen, counts = self.chosen, self._tallies[number].counts
        if chosen.network == "together":
            return self._together[number].network()
        if chosen.network == "sources":
            return directed(counts)
        make = {"two_mode": two_mode, "actors": of_actors, "concepts": of_concepts}[chosen.network]
        try:
            return make(counts, chosen.aggregation, chosen.normalisation)
        except ValueError as error:
            raise KnownError(
                f"“{error}” is neither yes nor no nor a number, so agreement cannot be reckoned with. Take"
                " aggregation=ignore, or another agreement=…. Nothing was written."
            ) from error

    def _with_isolates(self, networks: list[Network]) -> list[Network]:
        """Each with the nodes of all, where those without a tie are wanted; else with those that are tied."""
        if not self.chosen.isolates:
            return [network.without_isolates() for network in networks]
        rows = sorted({node for network in networks for node in network.rows})
        columns = sorted({node for network in networks for node in network.columns or ()})
        return [
            Network(
                {node: each.rows.get(node, 0) for node in rows},
                None if each.columns is None else {node: each.columns.get(node, 0) for node in columns},
                each.edges, each.directed,
            )
            for each in networks
        ]  # fmt: skip

    def _windows(self) -> list[Window]:
        chosen = self.chosen
        if not chosen.days:
            return [chosen.window]
        first, last = chosen.window
        if first is None or last is None:
            days = [day for document in self._contents.documents() for day in self._days(document)]
            first = first or min(days, default=None)
            last = last or max(days, default=None)
        if first is None or last is None or last < first:
            raise KnownError("No statement has a date, so there is no time to move a window over. Nothing was written.")
        if (last - first).days // chosen.step > _MANY:
            raise KnownError(
                f"That would be more than {_MANY} windows. Take a longer window, a longer step or a shorter time."
            )
        return list(moving_windows(first, last, chosen.days, chosen.step))

    def _days(self, document: AnnotatedDocument) -> Iterable[date]:
        """The first and the last day of what is said in a document."""
        speaking = Speaking(document, self._entries)
        labels = self._roles or dict.fromkeys(self._names)
        marks = [mark for mark in document.annotations if mark.label.id in labels]
        known = [speaking.day(mark, roles) if (roles := self._roles.get(mark.label.id)) else "" for mark in marks]
        dates = known if self._roles else [date_of_article(document)] * bool(marks)
        days = [day for each in dates if (day := whole_day(each)) is not None]
        return {min(days), max(days)} if days else ()

    def _facts(self, node: Node) -> dict[str, str]:
        """What the registry says of the entry that a node is."""
        entry = next(
            (each for each in self._entries.values() if each.name == node.name and each.kind in ("", node.type)), None
        )
        if entry is None:
            return {}
        return {name: value for name in entry.attributes if name != DISTINCT and (value := value_at(entry, name))}

    def _said(self, window: Window) -> dict[str, str]:
        chosen = self.chosen
        said = {"network": chosen.network, "project": self._contents.project_name}
        if chosen.network == "together":
            said["within"] = chosen.within
        else:
            said |= {"aggregation": chosen.aggregation, "normalisation": chosen.normalisation,
                     "duplicates": chosen.duplicates}  # fmt: skip
        return said | {"from": str(window.first or ""), "to": str(window.last or "")}


def _network_for(roles: dict[str, Roles]) -> str:
    """What a scheme is made for: actors and concepts, else who speaks of whom, else names that stand together."""
    if not roles:
        return "together"
    concepts = any(each.concept and each.concept.how == "attribute" for each in roles.values())
    return "two_mode" if concepts else "sources"


def _stem(window: Window, *, moving: bool) -> str:
    return f"-{window.first}-to-{window.last}" if moving else ""


class _Written:
    """The files of one network."""

    def __init__(self, folder: Path, found: Named, stem: str, contents: Contents) -> None:
        self._found, self._marked = found, contents.byte_order_mark
        self._graphml = folder / f"network{stem}.graphml"
        self._edges, self._nodes = folder / f"edges{stem}.csv", folder / f"nodes{stem}.csv"
        self._dl = folder / f"network{stem}.dl"

    def write(self, files: str) -> None:
        """Write those of `files` that are wanted."""
        if files in ("all", "graphml"):
            write_graphml(self._graphml, self._found)
        if files in ("all", "csv"):
            write_tables(self._edges, self._nodes, self._found, marked=self._marked)
        if files in ("all", "dl", "dl_edges"):
            write_dl(self._dl, self._found, edges=files == "dl_edges")

    def is_right(self) -> bool:
        """Whether each file that was written holds the network."""
        found = self._found
        try:
            if self._graphml.exists() and not same_ties(read_graphml(self._graphml), found, symmetric=False):
                return False
            if self._edges.exists() and not read_tables(self._edges, found):
                return False
            return not self._dl.exists() or same_ties(read_dl(self._dl), found, symmetric=True)
        except _DAMAGES:
            return False
