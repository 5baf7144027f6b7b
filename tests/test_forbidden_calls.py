"""What no module of the program may do: make code out of data, unpack to disk, reach for the network, trust XML."""

import ast
from pathlib import Path

import pytest

import annotator

PACKAGE = Path(annotator.__file__).parent

MODULES = {
    *(
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "cloudpickle",
        "joblib",
        "yaml",
        "ruamel",
        "tarfile",
        "subprocess",
        "socket",
    ),
    *(
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "telnetlib",
        "xmlrpc",
        "webbrowser",
        "requests",
        "httpx",
        "aiohttp",
        "urllib3",
    ),
    *("urllib.request", "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "ctypes", "code"),
    *("xml.dom", "xml.sax", "runpy", "codeop"),
}
NAMES = {"eval", "exec", "compile", "__import__", "execfile"}  # as functions of Python, not methods of a value
METHODS = {"extractall", "mktemp", "load_extension", "enable_load_extension"}
OF_OS = ("system", "popen", "exec", "spawn", "posix_spawn", "startfile")
OPENED = {"resolve_entities": False, "no_network": True, "load_dtd": False}  # how a parser of XML must be made
ALLOWED_XML = {"Element", "SubElement", "TreeBuilder", "indent", "tostring"}  # of ElementTree: what parses nothing
ALLOWED = {
    ("gui/single_window.py", "socket"): "a file by which two windows of one person find each other: no network",
    ("store/folder_kinds.py", "subprocess"): "macOS tells by its own mount alone what is a network drive",
    ("store/folder_kinds.py", "ctypes"): "and Windows by a call",
    ("exporters/workbook.py", "xml.etree.ElementTree.iterparse"): "reads what it wrote itself, to compare",
}
EXPAT = "scheme_files/plain_xml.py"  # refuses document types by itself: see its tests


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def faults(text, name):
    for node in ast.walk(ast.parse(text)):
        line = f"{name}:{getattr(node, 'lineno', 0)}"
        for module in imported(node):
            if (name, module) in ALLOWED:
                continue
            if module in MODULES or module.partition(".")[0] in MODULES:
                yield f"{line}: imports {module}"
            if module.startswith("xml.etree.ElementTree.") and module.rpartition(".")[2] not in ALLOWED_XML:
                yield f"{line}: parses with {module}"
            if module == "xml.parsers.expat" and name != EXPAT:
                yield f"{line}: a parser of its own"
        if isinstance(node, ast.Call):
            yield from (f"{line}: {fault}" for fault in call_faults(node))


def call_faults(node):
    called = node.func
    words = {word.arg: getattr(word.value, "value", ...) for word in node.keywords}
    if isinstance(called, ast.Name) and called.id in NAMES:
        yield called.id
    if isinstance(called, ast.Attribute):
        if called.attr in METHODS or (getattr(called.value, "id", "") == "os" and called.attr.startswith(OF_OS)):
            yield called.attr
        trusting = any(words.get(name) is not value for name, value in OPENED.items())
        if called.attr in ("XMLParser", "iterparse") and trusting:
            yield f"{called.attr} that may reach out or expand"
        if called.attr == "fromstring" and getattr(called.value, "id", "") == "etree" and len(node.args) < 2:
            yield "fromstring without a parser"
        if called.attr in ("parse", "XML", "HTML") and getattr(called.value, "id", "") == "etree":
            yield f"etree.{called.attr}"
    if words.get("shell") is True:
        yield "shell=True"
    if getattr(called, "id", "") == "load_workbook" and words.get("keep_links") is not False:
        yield "load_workbook that keeps links"


def test_what_is_allowed_is_there():
    """Or the table of exceptions would grow old."""
    for name, module in ALLOWED:
        tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
        assert module in [each for node in ast.walk(tree) for each in imported(node)], (name, module)


def test_sockets_are_files_alone():
    texts = {path: path.read_text(encoding="utf-8") for path in modules()}
    assert [path.name for path, text in texts.items() if "socket.socket(" in text] == ["single_window.py"]
    assert not [path.name for path, text in texts.items() if "AF_INET" in text or "create_connection" in text]


def test_no_module_does():
    assert len(modules()) > 400
    found = [
        fault
        for path in modules()
        for fault in faults(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "import pickle",
        "from pickle import loads",
        "import urllib.request",
        "from urllib import request",
        "from PySide6.QtNetwork import X",
        "eval(x)",
        "exec(x)",
        "__import__(x)",
        "os.system(x)",
        "a.extractall(x)",
        "run(x, shell=True)",
        "etree.XMLParser()",
        "etree.XMLParser(resolve_entities=True, no_network=True, load_dtd=False)",
        "etree.fromstring(x)",
        "etree.parse(x)",
        "from xml.etree.ElementTree import fromstring",
        "import yaml",
        "load_workbook(x)",
        "import tarfile",
        "from xml.parsers import expat",
        "etree.iterparse(x)",
        "c.enable_load_extension(True)",
    ],
)
def test_what_would_be_one_is_seen(text):
    assert list(faults(text, "a.py"))


@pytest.mark.parametrize("text", ["window.exec()", "re.compile(x)", "from urllib.parse import quote", "x.parse(y)"])
def test_what_is_none_is_not(text):
    assert list(faults(text, "a.py")) == []
