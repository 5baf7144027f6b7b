"""Nothing is fetched and nothing is told to anybody: in a place without any network, all works as elsewhere."""

import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.no_calls import WATCH, Called

ROOT = Path(__file__).parents[2]
ALONE = ("unshare", "--map-root-user", "--net")

SCRIPT = """
import os, sys, json
from pathlib import Path
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from tests.no_calls import WATCH
sys.addaudithook(WATCH.hook)
WATCH.begin("alone")
from annotator.exporters import EXPORTERS
from annotator.exporters.contents import contents_of
from annotator.gui.app import make_application, open_window
from annotator.gui.printing.pages import print_pages
from annotator.gui.settings import Settings
from annotator.importers.walking import items, read_file
from annotator.scheme_files.files import scheme_texts
from annotator.store.project import Project
from tests.hostile.pages import cases
from tests.hostile.running import write

folder = Path(sys.argv[1])
for number, case in enumerate(cases()):
    if sum(map(len, case.files.values())) < 10_000:
        (folder / "pages" / str(number)).mkdir(parents=True)
        write(case, folder / "pages" / str(number))
application = make_application()
with Project.create(folder / "a.annotator") as project:
    report = project.import_documents(items([Path("tests/data/sources"), Path("tests/data/annotations"), folder / "pages"]))
    project.index_documents()
    written = []
    for exporter in EXPORTERS:
        contents = contents_of(project, read_back=read_file, scheme_texts=scheme_texts, print_pages=print_pages)
        made = exporter.export(contents, folder / f"out-{exporter.name}{exporter.suffix}")
        written.append((exporter.name, made.verified))
window = open_window(Settings(annotator="Ann"), folder / "a.annotator")
window.resize(1200, 800)
window.show()
for key in window.session.project.document_ids()[:40]:
    window.session.show(key)
    application.processEvents()
    window.grab()
window.close()
print(json.dumps({"documents": report.documents, "written": written, "calls": WATCH.end()}))
"""


def can_be_alone():
    if shutil.which(ALONE[0]) is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_be_alone(), reason="the system lets no process have a network of its own")
def test_import_view_and_export_in_a_place_without_network(tmp_path):
    command = [*ALONE, sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    assert report["calls"] == [] and report["documents"] > 60
    assert [name for name, verified in report["written"] if not verified] == []


@pytest.mark.skipif(not can_be_alone(), reason="the system lets no process have a network of its own")
def test_that_place_has_no_network():
    script = "import socket; socket.create_connection(('127.0.0.1', 9), 2)"
    run = subprocess.run([*ALONE, sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in run.stderr


@pytest.mark.parametrize(
    "call",
    [
        lambda: socket.getaddrinfo("host.invalid", 80),
        lambda: socket.create_connection(("127.0.0.1", 9), 1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
    ],
)
def test_every_test_would_fail_that_called_the_network(call):
    with pytest.raises(Called):
        call()
    assert len(WATCH.calls) == 1
    WATCH.calls.clear()


def test_a_test_may_start_programs_and_the_program_may_not(monkeypatch):
    subprocess.run([sys.executable, "-c", ""], check=True)
    names = {"__name__": "annotator.importers.made_up", "subprocess": subprocess, "sys": sys}
    with pytest.raises(Called):
        eval("subprocess.run([sys.executable, '-c', ''])", names)
    WATCH.calls.clear()
