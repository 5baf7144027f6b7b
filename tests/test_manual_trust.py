"""The page of promises names tests: they exist, and every harness stands on it."""

import ast
import re

import pytest

from annotator import resources
from tests.test_manual import ROOT
from tests.trust.__main__ import HARNESSES

PAGE = (resources.path("manual") / "engineering" / "trust.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids="::".join)
def test_what_holds_a_promise_exists(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_something():
    promises = PAGE.partition("\n## Promises\n")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    for row in rows:
        assert "::" in row, row


def test_every_harness_holds_a_promise():
    held = {(f"{harness.__module__.replace('.', '/')}.py", harness.__name__) for harness in HARNESSES.values()}
    assert held <= set(NAMED)


def test_the_measured_table_has_every_harness():
    assert set(re.findall(r"^\| (R\d+) \|", PAGE, re.MULTILINE)) == {f"R{number}" for number in range(1, 15)}
