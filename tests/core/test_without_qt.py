"""The program below the window is a library: it imports, and works, where there is no Qt."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "annotator"
BLOCK_QT = "import sys; sys.modules['PySide6'] = sys.modules['shiboken6'] = None; import {}"
MODULES = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for package in (
        "core",
        "store",
        "importers",
        "exporters",
        "scheme_files",
        "cli",
        "resources.py",
        "templates.py",
    )
    for file in ([PACKAGE / package] if package.endswith(".py") else (PACKAGE / package).rglob("*.py"))
    if file.exists()
)


def python(code):
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_modules_are_found():
    assert {"annotator.core.span", "annotator.store.project", "annotator.resources"} <= set(MODULES)


def test_all_below_the_window_imports_without_qt():
    done = python(BLOCK_QT.format(", ".join(MODULES)))
    assert done.returncode == 0, done.stderr


def test_the_block_blocks():
    done = python(BLOCK_QT.format("PySide6.QtCore"))
    assert "ModuleNotFoundError" in done.stderr


def test_a_project_works_without_qt():
    done = python(
        BLOCK_QT.format("annotator.store.project as store")
        + "; from annotator.core.annotation import AnnotatedDocument"
        + "; project = store.Project(); project.import_documents([AnnotatedDocument(text='a b', title='t')])"
        + "; print([d.text for d in project.annotated_documents()])"
    )
    assert done.stdout == "['a b']\n", done.stderr


@pytest.mark.parametrize("module", ["annotator.core.edits", "annotator.core.scheme_json"])
def test_the_core_needs_the_standard_library_alone(module):
    done = python(f"import sys, {module}; print([m for m in ('sqlite_utils', 'orjson', 'click') if m in sys.modules])")
    assert done.stdout == "[]\n", done.stderr
