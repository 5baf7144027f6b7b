"""The pinned requirements: whole, current with pyproject.toml, and free of any index's address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-test.txt")


def entries(name):
    text = (ROOT / "packaging" / name).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def pins(name):
    requirements = [Requirement(re.sub(r"--hash=\S+", "", entry)) for entry in entries(name)]
    return {canonicalize_name(requirement.name): requirement.specifier for requirement in requirements}


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_one_version_with_hashes(name):
    assert len(entries(name)) > 10
    for entry in entries(name):
        assert re.match(r"[a-z0-9-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry


@pytest.mark.parametrize("name", FILES)
def test_no_index_is_named(name):
    text = (ROOT / "packaging" / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index|--extra-index|--find-links)", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "extras"), [("requirements.txt", []), ("requirements-test.txt", ["dev"])])
def test_what_pyproject_asks_for_is_pinned_as_it_asks(name, extras):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]
    pinned = pins(name)
    for requirement in map(Requirement, wanted):
        (pin,) = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(pin.version), f"{requirement}: run packaging/lock"


def test_tests_run_on_what_the_program_runs_on():
    assert pins("requirements.txt").items() <= pins("requirements-test.txt").items()
