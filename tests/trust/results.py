"""What a harness found, and the table of all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Result:
    """One row of the table. `wrong` has a sentence for everything that is not as promised."""

    id: str
    what: str
    runs: int = 0
    lost: int = 0  # of what was told saved
    corrupt: int = 0
    note: str = ""
    skipped: str = ""  # why it could not be run here
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """In a word."""
        if self.skipped:
            return "skipped"
        return "failed" if self.wrong or self.lost or self.corrupt else "kept"

    def expect(self, holds: object, sentence: str) -> None:
        """Note `sentence` where what should hold does not."""
        if not holds:
            self.wrong.append(sentence)


Harness = Callable[[bool], Result]  # whether the long form is wanted


@contextmanager
def timed(result: Result) -> Iterator[Result]:
    """Measures the wall time of what is within."""
    started = time.monotonic()
    yield result
    result.seconds = time.monotonic() - started


def table(results: list[Result]) -> str:
    """The results as a Markdown table."""
    head = "| | what is done | runs | lost | damaged | verdict | seconds | |\n|---|---|---|---|---|---|---|---|"
    rows = (
        f"| {r.id} | {r.what} | {r.runs:,} | {r.lost} | {r.corrupt} | {r.verdict} | {r.seconds:.1f} |"
        f" {r.skipped or r.note} |"
        for r in results
    )
    return "\n".join([head, *rows])
