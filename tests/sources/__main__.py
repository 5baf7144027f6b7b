"""`python -m tests.sources [CORPORA]`: how well the shared files are read, each figure beside its measure."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import mean

from tests.importers.pages import shared
from tests.sources.archives import archives
from tests.sources.news import downloads
from tests.sources.pages import Read, ours, overlaps, snippets, theirs

_VERSIONS = ("trafilatura", "lxml", "htmldate", "jusText", "warcio", "brotli")


def main(arguments: list[str]) -> int:
    """Print every measure. 2 where the shared files are not on this machine."""
    corpora = Path(arguments[0]) if arguments else shared()
    if corpora is None or not (corpora / "FACTS.json").exists():
        print("The shared files are not on this machine: name their folder.", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in _VERSIONS))
    _pages(corpora / "html")
    _archives(corpora)
    _news(corpora / "news")
    return 0


def _pages(folder: Path) -> None:
    readers: dict[str, Callable[[bytes, str], Read]] = {"Annotator": ours, "trafilatura": theirs}
    print("\nSnippets of html/trafilatura (wanted: found at least 98 %, wrongly at most 2 %, titles at least 85 %)")
    for name, read in readers.items():
        counts = snippets(folder / "trafilatura", read)
        print(f"  {name:<12} {counts.line()}")
        if read is ours:
            print(*(f"    {line}" for line in counts.told), sep="\n")
    for part in ("readability", "article-extraction-benchmark"):
        print(f"\nWords of the article, html/{part}: right of what was taken, taken of what is right")
        for name, read in readers.items():
            found = list(overlaps(folder / part, read))
            right, taken = mean(each[1] for each in found), mean(each[2] for each in found)
            print(f"  {name:<12} {right:.1%} {taken:.1%} on {len(found)} pages")


def _archives(corpora: Path) -> None:
    print("\nArchives: pages that came in, of those that were counted")
    for each in archives(corpora):
        counted = each.counted if each.counted >= 0 else "?"
        kept = f", and {each.kept} without a response" if each.kept else ""
        print(f"  {each.name:<50} {each.documents - each.kept:>3} of {counted}{kept}")
        print(*(f"      {line}" for line in (*each.failures, *each.notices)), sep="\n")


def _news(folder: Path) -> None:
    print("\nDatabases, agencies and digitised papers: articles that came in, of those that were counted")
    found = list(downloads(folder))
    for each in found:
        print(f"  {each.line()}")
        print(*(f"      {line}" for line in each.failures), sep="\n", end="\n" if each.failures else "")
    print(f"  {sum(each.documents == each.counted for each in found)} of {len(found)} files give what was counted")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
