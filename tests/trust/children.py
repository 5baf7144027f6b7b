"""Processes that work on a project and are ended in the middle of it. They are forked: that takes no time to begin.

Whoever forks must have no database open, and one thread: `python -m tests.trust` is such a process, and
`in_its_own_process` makes one for everybody else.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.trust.results import Result

ROOT = Path(__file__).resolve().parents[2]
Say = Callable[[str], None]  # what a child tells, in a line, at once


class Child:
    """A forked process that does `work`, and tells lines."""

    def __init__(self, work: Callable[[Say], None]) -> None:
        self._told, telling = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._told)
            self._be_the_child(work, telling)
        os.close(telling)
        self.status = 0

    def _be_the_child(self, work: Callable[[Say], None], telling: int) -> None:
        status = 1
        try:
            work(lambda line: os.write(telling, f"{line}\n".encode()) and None)
            status = 0
        except BaseException:
            os.write(telling, f"error {traceback.format_exc()!r}\n".encode())
        finally:
            os._exit(status)

    def killed(self, after: float) -> list[str]:
        """Kill it `after` seconds from its first word. What it told until then."""
        first = os.read(self._told, 65536)
        deadline = time.monotonic() + after
        os.set_blocking(self._told, False)
        while (left := deadline - time.monotonic()) > 0:
            time.sleep(min(left, 0.002))
            try:
                first += os.read(self._told, 65536)
            except BlockingIOError:
                continue
        os.kill(self.pid, signal.SIGKILL)
        os.set_blocking(self._told, True)
        return self._ended(first)

    def ended(self) -> list[str]:
        """Wait for its end. What it told."""
        return self._ended(b"")

    def _ended(self, told: bytes) -> list[str]:
        while more := os.read(self._told, 65536):
            told += more
        os.close(self._told)
        _, self.status = os.waitpid(self.pid, 0)
        return told.decode().split("\n")[:-1]  # a line that was not ended was not told


def delay(dice: random.Random, longest: float) -> float:
    """How long to wait before a kill: often hardly at all."""
    return longest * dice.random() ** 2


def in_its_own_process(name: str, long: bool) -> Result:
    """What the harness `name` finds, run by a process of its own."""
    command = [sys.executable, "-m", "tests.trust", "--only", name, "--json", *(["--long"] if long else [])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise AssertionError(done.stderr)
    return Result(**json.loads(done.stdout)[0])


def as_json(results: list[Result]) -> str:
    """Results for `in_its_own_process`."""
    return json.dumps([asdict(result) for result in results])
