"""The table of export formats in the manual, made from what the formats say of themselves: `python -m
tests.manual_exports` writes it anew into `resources/manual/exporting.md`."""

from pathlib import Path

from annotator.exporters import EXPORTERS

PAGE = Path(__file__).parents[1] / "resources" / "manual" / "exporting.md"
COLUMNS = {
    "nested": "nested",
    "crossing": "crossing",
    "discontinuous": "pieces",
    "links": "links",
    "attributes": "answers",
    "link_attributes": "on links",
    "notes": "notes",
    "answers": "form",
    "people": "people",
    "zones": "zones",
    "statuses": "status",
    "facts": "facts",
}
HEAD = "| `--format` | what | written as | positions count | " + " | ".join(COLUMNS.values()) + " |"


def table():
    """The table as the page must have it."""
    lines = [HEAD, "|" + "---|" * (4 + len(COLUMNS))]
    for each in EXPORTERS:
        marks = " | ".join("✓" if getattr(each.carries, name) else "–" for name in COLUMNS)
        lines.append(f"| `{each.name}` | {each.title} | {each.suffix or 'a folder'} | {each.unit} | {marks} |")
    return "\n".join(lines) + "\n"


def main():
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(HEAD)
    behind = rest.partition("\n\n")[2]
    PAGE.write_text(f"{before}{table()}\n{behind}", encoding="utf-8")


if __name__ == "__main__":
    main()
