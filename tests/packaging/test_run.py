"""`sh packaging/run` in a checkout that is set up: a stand-in for Python tells how it was called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
STAND_IN = """#!/bin/sh
printf 'called %s|folder=%s' "$*" "$PWD"
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for sh")


@pytest.fixture
def checkout(tmp_path):
    root = tmp_path / "a checkout"
    shutil.copytree(PACKAGING, root / "packaging")
    python = root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN)
    python.chmod(0o755)
    shutil.copy(PACKAGING / "requirements.txt", root / ".venv" / "set-up-for-run")
    return root


def run(checkout, *arguments, folder=None, **environment):
    return subprocess.run(
        ["sh", str(checkout / "packaging" / "run"), *arguments],
        cwd=folder or checkout,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )


def test_arguments_reach_the_program_in_the_folder_one_stands_in(checkout, tmp_path):
    done = run(checkout, "import", "my project", "-", folder=tmp_path)
    assert done.stdout == f"called -P -m annotator import my project -|folder={tmp_path}"
    assert done.stderr == ""


def test_without_arguments_it_is_the_sample(checkout):
    done = run(checkout)
    assert "called -P -m annotator demo|" in done.stdout
    assert done.stderr == ""


def test_changed_requirements_are_installed_before_the_start(checkout):
    with (checkout / "packaging" / "requirements.txt").open("a") as requirements:
        requirements.write("# changed\n")
    nowhere = checkout / "no programs"
    nowhere.mkdir()
    done = run(checkout, PATH=str(_only("sh", "cmp", into=nowhere)))
    assert done.returncode == 1
    assert "called" not in done.stdout
    assert "needs Python 3.11" in done.stderr


def _only(*programs, into):
    for program in programs:
        (into / program).symlink_to(shutil.which(program))
    return into
