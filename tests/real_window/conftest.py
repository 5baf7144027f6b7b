import pytest

from tests.real_window.desk import Desk
from tests.real_window.display import Display, missing


@pytest.fixture
def desk(tmp_path):
    if absent := missing():
        pytest.skip(f"there is no {', '.join(absent)} on this machine")
    with Display(tmp_path / "screen") as display:
        desk = Desk(display, tmp_path)
        yield desk
        display.shot().save(tmp_path / "last.png")
        desk.end()
    assert desk.said() == ""
