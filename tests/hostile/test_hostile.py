"""Hundreds of hostile files: each ends in sentences, leaves the file beside it alone, and takes little time and memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.files import file
from tests.hostile.running import SOUND, outcome

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore"}
TRIED, SMALL = 220, 400  # cases in processes of their own, and those that are imported together

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children with limits need fork")


def run(*arguments):
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder for the small cases."""
    return tmp_path_factory.mktemp("hostile") / "small"


@pytest.fixture(scope="module")
def outcomes(small):
    """One process runs them all, each in a child of its own, and writes the small ones down."""
    done = run("tests.hostile", "--short", "--json", "--write", small)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_every_case_ends_as_it_should(outcomes):
    found, said = outcomes
    assert len({each["name"] for each in found}) >= TRIED
    assert {each["name"]: each["faults"] for each in found if each["faults"]} == {}
    assert said == ""


def test_a_case_that_ends_wrongly_is_seen():
    assert outcome(file("a.txt", "The ferry", False)).faults
    assert outcome(file("a.txt", "The ferry", True, "no such sentence")).faults
    assert outcome(file("a.json", "{", True)).faults


def test_the_command_line_takes_all_small_ones_at_once(outcomes, small, tmp_path):
    count = len(list(small.iterdir()))
    assert count >= SMALL
    done = run("annotator", "import", tmp_path / "all.annotator", small, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)
    assert report["documents"] > 60 and len(report["failed"]) > 100
    assert all(str(small) in failure["path"] and failure["reason"] for failure in report["failed"])
    assert report["duplicates"] >= count - 1  # the sound file beside each of them came in, once
    assert SOUND not in {Path(failure["path"]).name for failure in report["failed"]}
