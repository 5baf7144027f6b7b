import json

import pytest

from annotator import resources
from annotator.core.scheme_json import scheme_from_json
from annotator.store.project import Project


@pytest.fixture(scope="session")
def news():
    return scheme_from_json(json.loads(resources.path("schemes/news.json").read_text(encoding="utf-8")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gulf.annotator"


@pytest.fixture
def project(path, news):
    with Project.create(path, news) as project:
        yield project


@pytest.fixture
def memory(news):
    with Project(news) as project:
        yield project
