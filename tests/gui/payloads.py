"""Texts that Qt would take for markup: each names a bright picture, or would stop the window."""

from PySide6.QtGui import QColor, QImage

LOUD = QColor(254, 2, 98)  # no theme, label or picture of ours has this colour


def picture(folder):
    """A local file that must never be painted."""
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(LOUD)
    path = folder / "loud.png"
    assert image.save(str(path))
    return path


def payloads(path):
    """Forty of them. None is longer than a title may be shown."""
    url, image = path.as_uri(), f'<img src="{path}">'
    return [
        image,
        f"<img src='{url}'>",
        f"<img src={url} width=300 height=200>",
        f"<b>{image}</b>",
        f"<p>{image}</p>",
        f"<html><body>{image}</body></html>",
        f"<!DOCTYPE html><html>{image}",
        f"<qt>{image}</qt>",
        f"<?xml version='1.0'?>{image}",
        f"<!-- x -->{image}",
        f"\n\n{image}",
        f"  \t{image}",
        f"\ufeff{image}",
        f"Ferry {image}",
        f"Ferry\n{image}",
        f"<table background='{url}' width=300 height=200><tr><td>Ferry</td></tr></table>",
        f"<body background='{url}'>Ferry",
        f"<div style=\"background-image: url('{url}')\">Ferry</div>",
        f"<style>body {{ background-image: url({url}); }}</style><p>Ferry",
        f"<span style='background-color: {LOUD.name()}; color: {LOUD.name()}'>Ferry</span>",
        f"<font color='{LOUD.name()}' size=7>Ferry</font>",
        f"<h1 style='color: {LOUD.name()}'>Ferry</h1>",
        f"<hr color='{LOUD.name()}' size=90>",
        f'<ul style="list-style-image: url({url})"><li>Ferry</ul>',
        f"<a href='{url}'>{image}</a>",
        f"<object data='{url}'></object>{image}",
        f"<svg><image href='{url}'/></svg>{image}",
        f"&lt;img src=&quot;{path}&quot;&gt;",
        f"&amp;lt;{image}",
        f"R&D &copy; {image}",
        f"![loud]({url})",
        f"# Ferry\n![]({path})",
        f"\u202e{image}\u202c",
        f"\u2067{image}",
        f"\u0627\u0644\u0645\u0645\u0631 {image}",
        "<table><tr><td>" * 30 + "Ferry",
        "<ul><li>" * 60 + image,
        "<b>" * 400 + image,
        f"<br>{image}" + "x" * 3000,
        f"%n %1 {{0}} {{name}} && & {image}",
    ]
