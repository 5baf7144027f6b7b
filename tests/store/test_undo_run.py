import pytest

from annotator.store.project import Project
from tests import undo_run


@pytest.mark.parametrize("seed", [1, 2])
def test_undo_of_all_is_the_start_and_redo_of_all_the_end(tmp_path, seed):
    assert undo_run.run(tmp_path, 150, seed) == []


def test_the_run_notices_an_undo_that_forgets_something(tmp_path, monkeypatch):
    undo = Project.undo

    def forgetful(project):
        changed = undo(project)
        if project.undo_name is None:
            project._writer.execute("DELETE FROM labels WHERE position = 0")
        return changed

    monkeypatch.setattr(Project, "undo", forgetful)
    assert undo_run.run(tmp_path, 5, 3)[0].startswith("After undo of all")
