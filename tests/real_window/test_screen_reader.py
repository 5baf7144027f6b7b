"""What a screen reader hears: the article, and for each mark its label, its words and where they stand."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from annotator.sample import make_sample
from tests.real_window.display import wait_for
from tests.real_window.hands import Hands

PYTHON = "/usr/bin/python3"  # the system's: the bindings to the bus are not for others
LISTENER = Path(__file__).with_name("listener.py")
QUOTE, CLAIM = "“Nobody will be boarded", "its crews had cut any nets"


@pytest.fixture
def bus(tmp_path):
    """A session bus of its own: the address."""
    if not _can_listen():
        pytest.skip("python3-gi, gir1.2-atspi-2.0 and at-spi2-core are not on this machine")
    command = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path / 'bus'}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def _can_listen():
    if shutil.which("dbus-daemon") is None or not Path("/usr/libexec/at-spi-bus-launcher").exists():
        return False
    asked = [PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0')"]
    return Path(PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0


class Listener:
    """Somebody who cannot see the window."""

    def __init__(self, desk, bus, folder):
        self._file = folder / "heard.jsonl"
        environment = {**desk.display.environment, **desk.home, "DBUS_SESSION_BUS_ADDRESS": bus}
        environment.pop("PYTHONPATH")
        with self._file.open("wb") as out:
            self._process = subprocess.Popen(
                [PYTHON, "-I", LISTENER], env=environment, stdout=out, stderr=subprocess.DEVNULL
            )

    def article(self):
        """The article, once it is in the tree of widgets."""
        wait_for(lambda: self.heard("role") != [], "the article in the accessible tree")
        return next(line for line in self._lines() if "role" in line)

    def _lines(self):
        return [json.loads(line) for line in self._file.read_text().splitlines()]

    def heard(self, what="said"):
        """All of one kind: what was "said", "selected", "met" by the keyboard, or the places of the "caret"."""
        return [line[what] for line in self._lines() if what in line]

    def wait_until_it_is_served(self, desk):
        """Wait: a program learns some time after it that somebody listens. The caret is told of in the same way."""

        def hears_the_caret():
            desk.display.keys(["Right"])
            return self.heard("caret") != []

        wait_for(hears_the_caret, "any news of the caret")

    def after(self, do, *words):
        """What is said after `do`, once all of `words` are in it."""
        before = len(self.heard())
        do()
        try:
            wait_for(lambda: all(word in " ".join(self.heard()[before:]) for word in words), f"{words} being said")
        except AssertionError as error:
            error.add_note(f"heard: {self.heard()[before:]}")
            raise
        return self.heard()[before:]

    def end(self):
        self._process.terminate()
        self._process.wait(10)


def test_a_reader_hears_text_label_and_extent(desk, bus, tmp_path):
    desk.more = {"DBUS_SESSION_BUS_ADDRESS": bus, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0"}
    desk.project = make_sample(desk.folder / "Sample.annotator")
    article = max(desk.documents(), key=lambda document: len(document.annotations))
    listener = Listener(desk, bus, tmp_path)  # first, as a reader runs when one logs in
    try:
        desk.open(str(desk.project), title="Sample archive — Annotator")
        found = listener.article()
        assert found["role"] == "text"
        assert found["text"].split() == article.text.split()  # zones begin new lines on the page
        listener.wait_until_it_is_served(desk)

        hands = Hands(desk.display, article.text)
        place = article.text.index(QUOTE)
        quote = next(mark for mark in article.annotations if mark.label.name == "QUOTE" and mark.start == place)

        def go_into_the_quote():
            hands.go(place + 1)
            hands.flush()

        extent = f"characters {quote.start} to {quote.end}"
        assert extent in listener.after(go_into_the_quote, "QUOTE, “Nobody will be boarded", extent)[-1]

        hands.go(place + 1)
        hands.select(place + 1, place + 7)
        hands.flush()
        wait_for(lambda: "Nobody" in listener.heard("selected"), "the selected word")
        hands.press("Left")
        hands.flush()
        hands.caret = place + 1
        listener.after(lambda: desk.display.keys(["Return"]), "chosen: QUOTE", extent)
        listener.after(lambda: desk.display.keys(["F7", "Delete"]), "deleted: QUOTE")
        listener.after(lambda: desk.display.keys(["ctrl+z"]), "QUOTE")
        hands.go(article.text.index(CLAIM) + 1)
        said = listener.after(hands.flush, "CLAIM, ")
        assert any("; inside " in line for line in said), said
        listener.after(lambda: desk.display.keys(["Escape", "Escape", "p"]), "marked: PERSON, ")

        go_to_the_list_of_marks(desk, listener)
        desk.display.keys(["ctrl+Home", "Down"])
        first, second = sorted(article.annotations, key=lambda mark: (mark.start, -mark.end))[:2]
        for mark in (second, first):
            row = f"{mark.label.name}, {mark.covered(article.text)}, {mark.start} to {mark.end}"
            wait_for(lambda row=row: row in listener.heard("met"), f"the row {row}")
            desk.display.keys(["Up"])
    finally:
        listener.end()
    assert desk.quit() == 0
    _pass_over_what_qt_says_of_the_bus(desk)


def go_to_the_list_of_marks(desk, listener):
    for _ in range(20):
        if listener.heard("met")[-1] == "Marks of this article":
            return
        before = len(listener.heard("met"))
        desk.display.keys(["Tab"])
        wait_for(lambda before=before: len(listener.heard("met")) > before, "what Tab leads to")
    pytest.fail(f"Tab led to {listener.heard('met')}")


def _pass_over_what_qt_says_of_the_bus(desk):
    """Older buses ask Qt what it does not know; nothing else may stand in the log."""
    assert all(line.startswith("qt.accessibility.atspi") for line in desk.said().splitlines()), desk.said()
    desk.log.write_text("", encoding="utf-8")
