"""Files of some formats, made by us, for tests that need one of each."""

from __future__ import annotations

import quopri
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.exporters import exporter_named
from tests.exporters.references import written

_HEADERS = """From: <Saved by a browser>
Snapshot-Content-Location: http://archive.example/ferry
Subject: Ferry
Date: Wed, 2 Nov 2016 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----parted"

"""


def arc(*pages: tuple[str, bytes]) -> bytes:
    """A web archive of the older kind."""
    text = "1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n"
    held = [f"filedesc://a.arc 0.0.0.0 20161102100000 text/plain {len(text)}\n{text}\n".encode()]
    for address, page in pages:
        data = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        held.append(f"{address} 127.0.0.1 20161102100000 text/html {len(data)}\n".encode() + data + b"\n")
    return b"".join(held)


def mhtml(page: bytes) -> bytes:
    """A page as a browser saves it in one file."""
    first = "Content-Type: text/html\nContent-Location: http://archive.example/ferry\n"
    first += "Content-Transfer-Encoding: quoted-printable\n\n"
    text = f"{_HEADERS}\n------parted\n{first}{quopri.encodestring(page).decode()}\n------parted--\n"
    return text.replace("\n", "\r\n").encode()


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of members, the same bytes each time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2016, 11, 2, 10, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            package.writestr(info, data)
    return out.getvalue()


def own(name: str) -> bytes:
    """A project as this program writes it, in its own format of that name."""
    with TemporaryDirectory() as folder:
        files, _ = written(exporter_named(name), Path(folder))
        return next(iter(files.values()))
