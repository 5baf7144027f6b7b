"""Whether a file lies where others move it about: on a network drive, or in a folder that is kept in step elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple


class Shared(NamedTuple):
    """Why a place is shared."""

    kind: Literal["network", "sync"]
    name: str  # of the service, or of the kind of network drive


NETWORK = {
    **dict.fromkeys(("nfs", "nfs4"), "NFS"),
    **dict.fromkeys(("cifs", "smb3", "smbfs", "smb2"), "SMB"),
    **dict.fromkeys(("davfs", "fuse.davfs2", "webdav"), "WebDAV"),
    **{"fuse.sshfs": "SSHFS", "afpfs": "AFP", "fuse.gvfsd-fuse": "GVFS", "9p": "9P", "ncpfs": "NCP"},
    **{"fuse.rclone": "rclone", "fuse.google-drive-ocamlfuse": "Google Drive", "fuse.glusterfs": "GlusterFS"},
    "ceph": "Ceph",
}
_FOLDERS = (  # how a folder's name begins, in small letters
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("syncthing", "Syncthing"),
    ("pclouddrive", "pCloud"),
    ("seafile", "Seafile"),
)
_SIGNS = (  # what lies in a folder that such a program keeps in step
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync_*.db", "Nextcloud"),
    ("._sync_*.db", "ownCloud"),
)


def shared_place(path: Path) -> Shared | None:
    """Why the folder that holds `path` is no place for a file that is open; None where nothing speaks against it.

    Never fails: what cannot be looked at is taken for a usual place.
    """
    try:
        folder = path.resolve().parent
        network = network_kind(folder, _mounts())
        if network:
            return Shared("network", network)
        found = next(filter(None, map(_synchronised, (folder, *folder.parents))), "")
        return Shared("sync", found) if found else None
    except OSError:
        return None


def _synchronised(folder: Path) -> str:
    """Which program keeps `folder` in step, by its name or by what lies in it."""
    name = folder.name.lower()
    if name in (".stfolder", ""):
        return ""
    for start, service in _FOLDERS:
        if name.startswith(start):
            return service
    for sign, service in _SIGNS:
        if next(folder.glob(sign), None) is not None:
            return service
    return ""


def network_kind(folder: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """What kind of network drive `folder` lies on, by the list of what is mounted where; empty where on none."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    held, kind = "", ""
    for place, system in mounts:
        inside = folder == Path(place) or Path(place) in folder.parents
        if inside and len(place) >= len(held):  # what was mounted last over a place is what is there
            held, kind = place, system
    return NETWORK.get(kind, "")


def _mounts() -> list[tuple[str, str]]:
    """Places and the file systems mounted there, in order."""
    if sys.platform == "linux":
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return [_linux_mount(line) for line in lines if " - " in line]
    if sys.platform == "darwin":
        import subprocess

        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=2).stdout
        parts = (line.partition(" on ")[2].rpartition(" (") for line in listed.splitlines())
        return [(place, told.partition(",")[0].rstrip(")")) for place, _, told in parts if place]
    return []


def _linux_mount(line: str) -> tuple[str, str]:
    """The place and kind in a line of mountinfo, in which spaces are written as \\040."""
    before, _, after = line.partition(" - ")
    place = before.split(" ")[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    return place, after.split(" ")[0]


def _windows_kind(folder: Path) -> str:
    if str(folder).startswith("\\\\"):
        return "SMB"
    import ctypes

    remote = 4  # DRIVE_REMOTE
    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW(os.path.splitdrive(folder)[0] + "\\")  # noqa: B009
    return "SMB" if kind == remote else ""
