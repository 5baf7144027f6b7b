import sys
from pathlib import Path

import pytest

from annotator.store import folder_kinds
from annotator.store.folder_kinds import Shared, network_kind, shared_place

MOUNTS = """\
22 27 0:21 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:40 / /mnt/archive rw shared:1 - nfs4 server:/archive rw
41 22 0:41 / /mnt/my\\040share rw - cifs //server/share rw
42 40 0:42 / /mnt/archive/local rw - ext4 /dev/sdb1 rw
43 22 0:43 / /mnt/over rw - nfs4 server:/over rw
44 22 0:44 / /mnt/over rw - tmpfs tmpfs rw
"""


@pytest.fixture
def mounts():
    return [folder_kinds._linux_mount(line) for line in MOUNTS.splitlines()]


@pytest.mark.skipif(sys.platform == "win32", reason="drives are asked for there")
@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/ana", ""),
        ("/mnt/archive", "NFS"),
        ("/mnt/archive/2016/gulf", "NFS"),
        ("/mnt/archives", ""),
        ("/mnt/my share/gulf", "SMB"),
        ("/mnt/archive/local", ""),
        ("/mnt/over", ""),
    ],
)
def test_a_network_drive_is_known_by_what_is_mounted(mounts, place, kind):
    assert network_kind(Path(place), mounts) == kind


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox/work", "Dropbox"),
        ("Dropbox (Press)", "Dropbox"),
        ("OneDrive - Press/gulf", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_folder_that_is_kept_in_step_is_known_by_its_name(tmp_path, folder, name):
    (tmp_path / folder).mkdir(parents=True)
    assert shared_place(tmp_path / folder / "gulf.annotator") == Shared("sync", name)


@pytest.mark.parametrize(("sign", "name"), [(".stfolder", "Syncthing"), (".sync_1f.db", "Nextcloud")])
def test_a_folder_that_is_kept_in_step_is_known_by_what_lies_in_it(tmp_path, sign, name):
    (tmp_path / sign).mkdir()
    (tmp_path / "deep" / "er").mkdir(parents=True)
    assert shared_place(tmp_path / "deep" / "er" / "gulf.annotator") == Shared("sync", name)


def test_a_link_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Dropbox" / "gulf.annotator").write_text("")
    (tmp_path / "gulf.annotator").symlink_to(tmp_path / "Dropbox" / "gulf.annotator")
    assert shared_place(tmp_path / "gulf.annotator") == Shared("sync", "Dropbox")


def test_an_ordinary_folder_is_none_of_these(tmp_path):
    assert shared_place(tmp_path / "gulf.annotator") is None


def test_what_cannot_be_looked_at_is_an_ordinary_place(tmp_path, monkeypatch):
    def fails():
        raise PermissionError

    monkeypatch.setattr(folder_kinds, "_mounts", fails)
    assert shared_place(tmp_path / "gulf.annotator") is None
