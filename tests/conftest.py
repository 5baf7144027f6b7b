import sys

import pytest
from hypothesis import HealthCheck, settings

from tests.no_calls import WATCH

# A shared machine is slow at times, and slowness is no failure: the bench says how fast things are.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

sys.addaudithook(WATCH.hook)


@pytest.fixture(autouse=True)
def nothing_is_called(request):
    """Fails the test that calls the network, or lets the program start another or make code of data."""
    WATCH.begin(request.node.nodeid)
    yield
    assert WATCH.end() == []
