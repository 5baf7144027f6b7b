"""`python -m tests.sources.speed [CORPORA]`: how fast downloads of databases and tables are read.

Made of the shared samples, whose articles are repeated: 500 of Nexis in each of its three forms, and tables of 20,000
made-up articles. Each is read in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from tests.importers.pages import LONG, shared

ARTICLES = 500  # of a database
ROWS = 20_000  # of a table


def main(arguments: list[str]) -> int:
    """Print each figure. 2 where the shared files are not on this machine."""
    corpora = Path(arguments[0]) if arguments else shared()
    if corpora is None or not (corpora / "news").exists():
        print("The shared files are not on this machine: name their folder.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        for path in made(corpora / "news" / "nexis", Path(folder)):
            count, seconds, peak = measured(path)
            size = path.stat().st_size / 1e6
            rate = f"{count / seconds:,.0f} a second"
            print(f"{path.name:<12} {size:>5.1f} MB {count:>6,} articles {seconds:>6.2f} s {rate:>16} {peak:>4} MB")
    return 0


def made(nexis: Path, folder: Path) -> Iterator[Path]:
    """The files that are read."""
    yield _words(nexis / "lnt_sample.DOCX", folder / "nexis.docx")
    yield _text(nexis / "lnt_sample.TXT", folder / "nexis.txt")
    yield _html(nexis / "lexisnexis_test_fr.html", folder / "nexis.html")
    fields = ("title", "date", "source", "url", "text")
    rows = [
        (f"Ferry talks {number}", "2024-03-05", "Coast Daily", f"http://a.example/{number}", f"{LONG * 12}No {number}.")
        for number in range(ROWS)
    ]
    table = folder / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([fields, *rows])
    yield table
    lines = folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(dict(zip(fields, row, strict=True))) + "\n" for row in rows), encoding="utf-8")
    yield lines


def _words(sample: Path, path: Path) -> Path:
    """The paragraphs from the end of the first article to that of the last, again and again."""
    with ZipFile(sample) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "word/document.xml":
                text = data.decode("utf-8")
                ends = [text.index("</w:p>", found.start()) + 6 for found in re.finditer("End of Document", text)]
                middle = text[ends[0] : ends[-1]]
                times = -(-ARTICLES // (len(ends) - 1))
                data = (text[: ends[0]] + middle * times + text[ends[-1] :]).encode("utf-8")
            new.writestr(member.filename, data)
    return path


def _text(sample: Path, path: Path) -> Path:
    head, *articles = re.split(r"(?m)^ +\d+ of \d+ DOCUMENTS\r?$", sample.read_text(encoding="utf-8-sig"))
    numbered = (
        f"{' ' * 31}{number + 1} of {ARTICLES} DOCUMENTS{articles[number % len(articles)]}"
        for number in range(ARTICLES)
    )
    path.write_text(head + "".join(numbered), encoding="utf-8")
    return path


def _html(sample: Path, path: Path) -> Path:
    text = sample.read_text(encoding="utf-8")
    starts = [found.start() for found in re.finditer(r"<!-- Hide XML section from browser", text)]
    numbers = [found.start() for found in re.finditer(r"\d+ of \d+ DOC", text)]
    begins = [max(start for start in starts if start < number) for number in numbers]
    ends = [*begins[1:], text.rindex("</body>")]
    pieces = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    numbered = (
        re.sub(r"\d+ of \d+ DOC", f"{number + 1} of {ARTICLES} DOC", pieces[number % len(pieces)], count=1)
        for number in range(ARTICLES)
    )
    path.write_text(text[: begins[0]] + "".join(numbered) + text[ends[-1] :], encoding="utf-8")
    return path


def measured(path: Path) -> tuple[int, float, int]:
    """How many articles a file gave, in how many seconds, with how many megabytes at most."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.sources.speed", "--read", path], capture_output=True, check=True
    )
    count, seconds, peak = done.stdout.split()
    return int(count), float(seconds), int(peak)


def _read(path: Path) -> None:
    import resource

    from annotator.core.annotation import AnnotatedDocument
    from annotator.importers.walking import items

    start = time.perf_counter()
    count = sum(isinstance(item, AnnotatedDocument) for item in items([path]))
    seconds = time.perf_counter() - start
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        _read(Path(sys.argv[2]))
    else:
        sys.exit(main(sys.argv[1:]))
