"""Hundreds of hostile files: each ends in sentences, leaves the file beside it alone, and takes little time and memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.running import SMALL, SOUND, cases, write

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "ignore"}
COUNT = 250
EVERY = 600

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children with limits need fork")


@pytest.fixture(scope="module")
def outcomes():
    """One process runs them all, each in a child of its own."""
    run = subprocess.run([sys.executable, "-m", "tests.hostile", "--short", "--json"], cwd=ROOT, env=ENVIRONMENT,
                         capture_output=True, text=True, check=False)  # fmt: skip
    return [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def test_every_case_ends_as_it_should(outcomes):
    found, said = outcomes
    assert len({each["name"] for each in found}) >= COUNT
    assert {each["name"]: each["faults"] for each in found if each["faults"]} == {}
    assert said == ""


def test_a_case_that_ends_wrongly_is_seen():
    from tests.hostile.files import file
    from tests.hostile.running import outcome

    assert outcome(file("a.txt", "The ferry", False)).faults
    assert outcome(file("a.txt", "The ferry", True, "no such sentence")).faults
    assert outcome(file("a.json", "{", True)).faults


def test_the_command_line_takes_them_all_at_once(tmp_path):
    folder = tmp_path / "all"
    every = set()
    number = 0
    for case in cases():
        every.add(case.name)
        if sum(map(len, case.files.values())) >= SMALL:
            continue
        number += 1
        (folder / str(number)).mkdir(parents=True)
        write(case, folder / str(number))
    assert len(every) >= EVERY
    command = [sys.executable, "-m", "annotator", "import", str(tmp_path / "all.annotator"), str(folder), "--json"]
    run = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    report = json.loads(run.stdout)
    assert report["documents"] > 60 and len(report["failed"]) > 100
    assert all(str(folder) in failure["path"] and failure["reason"] for failure in report["failed"])
    assert report["duplicates"] > number - 2  # the sound file beside each of them came in, once
    assert SOUND not in {Path(failure["path"]).name for failure in report["failed"]}
