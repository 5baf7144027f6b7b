"""The table of what comes in from which format, made from what the importers say of themselves and a test has shown:
`python -m tests.manual_imports` writes it anew into `resources/manual/annotations-in.md`."""

from pathlib import Path

from annotator.importers import ANNOTATIONS
from tests.manual_exports import COLUMNS

PAGE = Path(__file__).parents[1] / "resources" / "manual" / "annotations-in.md"
HEAD = "| `--format` | " + " | ".join(COLUMNS.values()) + " |"


def table():
    """The table as the page must have it."""
    lines = [HEAD, "|" + "---|" * (1 + len(COLUMNS))]
    for each in [each for each in ANNOTATIONS if any(each.carries)]:  # others bring no articles
        marks = " | ".join("✓" if getattr(each.carries, name) else "–" for name in COLUMNS)
        lines.append(f"| `{each.name}` | {marks} |")
    return "\n".join(lines) + "\n"


def main():
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(HEAD)
    behind = rest.partition("\n\n")[2]
    PAGE.write_text(f"{before}{table()}\n{behind}", encoding="utf-8")


if __name__ == "__main__":
    main()
