"""The page of what no file may do names the tests that hold it: they exist, and every promise has one."""

import ast
import re

import pytest

from annotator import resources
from tests.test_manual import ROOT

PAGE = (resources.path("manual") / "engineering" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@pytest.mark.parametrize(("file", "name"), NAMED, ids="::".join)
def test_what_holds_a_promise_exists(file, name):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    inner = (node for held in tree.body for node in (held, *getattr(held, "body", ())))
    assert name in {node.name for node in inner if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_something():
    promises = PAGE.partition("\n## Promises\n")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| …")]
    assert len(rows) > 10
    for row in rows:
        assert "::" in row, row
