"""Two processes at one file, and processes that end in the middle of things."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from annotator.core.errors import KnownError
from annotator.store import checking
from annotator.store import project as store
from annotator.store.database import schema_version
from annotator.store.listing import DocumentFilter, numbers_in
from annotator.store.project import SCHEMA_VERSION, Project
from annotator.store.reading import Reader
from tests.store.examples import add_mark, document, is_true, label, mark, state, stranger

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def begin(task, path):
    arguments = [sys.executable, "-m", "tests.store.worker", task, str(path)]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(process, after):
    """What `process` said in the `after` seconds since its first word, until it was killed."""
    told = [process.stdout.readline()]
    time.sleep(after)
    process.kill()
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    return [line.strip() for line in told if line.endswith("\n")]


def test_no_mark_that_was_told_saved_is_lost_to_a_sudden_end(path, news):
    with Project.create(path, news) as project:
        project.import_documents([document(1)])
    told = set()
    for attempt in range(KILLS):
        said = killed(begin("mark_for_ever", path), 0.003 * attempt)
        assert said
        told |= set(said)
        with Reader(path) as reader:
            (key,) = reader.document_ids()
            assert told <= {made.id for made in reader.annotations(key)}
    with Project.open(path) as project:
        assert checking.check(project) == []
        assert is_true(project)
        assert project.undo_name == "Mark PERSON"


def test_an_index_goes_on_after_a_sudden_end(path, news):
    """It is killed again and again, until it comes to an end; then each article is found, and found once."""
    with Project.create(path, news) as project:
        project.import_documents([document(n, f"article{n} " + f"envoy{n % 7} talks " * 300) for n in range(3000)])
    told, kills = [0], 0
    while told[-1] != "all":
        process = begin("index", path)
        said = [process.stdout.readline().strip()]
        while said[-1] != "all" and len(said) < 2:
            said.append(process.stdout.readline().strip())
        process.kill()
        said += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        told += [line if line == "all" else int(line) for line in said if line]
        kills += 1
    assert kills > 1
    assert told[:-1] == sorted(told[:-1])
    with Project.open(path) as project:
        assert not project.index_waits()
        assert project.listed(DocumentFilter(text="talks")) == numbers_in(",".join(map(str, range(1, 3001))))
        assert all(list(project.listed(DocumentFilter(text=f"article{n}"))) == [n + 1] for n in range(0, 3000, 137))
        project._writer.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        assert checking.check(project) == []


def test_who_marks_while_the_index_is_made_does_not_wait_for_it(shared, monkeypatch):
    """Each mark comes after a few more documents, not after a transaction of all of them."""
    monkeypatch.setattr(store, "INDEX_BATCH", 100_000)
    (key,) = shared.document_ids()
    shared.import_documents([document(n, f"{n} " + "envoy talks " * 400) for n in range(2, 1200)])
    reached = []
    job = threading.Thread(target=lambda: shared.index_documents(progress=lambda number, last: reached.append(number)))
    job.start()
    for start in range(5):
        add_mark(shared, key, start=start, end=start + 2)
    job.join()
    assert reached[-1] == 1199
    assert len(reached) > 1
    assert is_true(shared)


def test_a_sudden_end_leaves_no_half_made_project(tmp_path):
    for attempt in range(6):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        said = killed(begin("create_for_ever", folder / "first.annotator"), 0.013 * attempt)
        made = sorted(folder.glob("[0-9]*.annotator"))
        assert len(made) >= len(said) >= 1
        for file in made:
            assert schema_version(file) == SCHEMA_VERSION
            with Project.open(file) as project:
                assert project.id
                assert checking.check(project) == []


@pytest.fixture
def shared(path, news):
    with Project.create(path, news) as project:
        project.import_documents([document(1)])
        yield project


def test_a_second_writer_is_told_so_soon_and_reading_never_waits(shared, path):
    (key,) = shared.document_ids()
    other = begin("hold", path)
    try:
        assert other.stdout.readline() == "holding\n"
        started = time.monotonic()
        with pytest.raises(KnownError, match=r"Another program is writing to .*gulf\.annotator"):
            add_mark(shared, key)
        assert time.monotonic() - started < 3
        assert shared.annotations(key) == []
    finally:
        other.kill()
        other.communicate()
    add_mark(shared, key)
    assert len(shared.annotations(key)) == 1
    assert is_true(shared)


def test_two_processes_take_turns_with_one_file(shared, path):
    (key,) = shared.document_ids()
    for _ in range(2):
        add_mark(shared, key)
        assert begin("mark_once", path).wait() == 0
    add_mark(shared, key)
    assert len(shared.annotations(key)) == 5
    assert is_true(shared)
    names = []
    while shared.undo():
        names.append(shared.redo_name)
    assert names == ["Mark PERSON"] * 5 + ["Import"]


def test_looking_at_an_open_file_gives_up_no_lock(shared, path):
    """A process that closes a file loses its locks on it: another then cleared the log away under our hands."""
    (key,) = shared.document_ids()
    add_mark(shared, key)
    Reader(path).close()
    Project.open(path).close()
    assert schema_version(path) == SCHEMA_VERSION
    assert begin("mark_once", path).wait() == 0
    add_mark(shared, key)
    assert begin("mark_once", path).wait() == 0
    with Reader(path) as reader:
        assert len(reader.annotations(key)) == 4


def test_what_another_process_added_to_the_scheme_is_read(shared, path):
    assert len(shared.scheme.labels) == len(shared.scheme.labels)
    with Project.open(path) as other:
        other.work_as("ben")
        odd = mark(stranger("ODD"), 0, 3, attributes={"how": "so"})
        other.import_documents([document(2, annotations=(odd,))])
    _, read = shared.annotated_documents()
    assert read.annotations[0].label.name == "ODD"
    add_mark(shared, shared.document_ids()[0], "ODD")
    assert is_true(shared)


# Threads


def test_closing_during_an_import_ends_it_with_a_sentence(shared, monkeypatch):
    from annotator.store import importing

    monkeypatch.setattr(importing, "BATCH_DOCUMENTS", 250)
    begun, told = threading.Event(), []

    def pages():
        for number in range(2, 100_000):
            yield document(number)
            if number == 600:
                begun.set()

    def work():
        try:
            shared.import_documents(pages())
        except KnownError as error:
            told.append(str(error))

    job = threading.Thread(target=work)
    job.start()
    begun.wait()
    shared.close()
    job.join()
    assert "was closed" in told[0]
    with Reader(shared.path) as reader:
        assert len(reader.document_ids()) >= 500


def test_a_person_marks_and_reads_while_a_job_imports(shared, news, monkeypatch):
    from annotator.store import importing

    monkeypatch.setattr(importing, "BATCH_DOCUMENTS", 20)
    before = state(shared)
    assert shared.undo_name == "Import"  # later the answer is that of before, while the other thread writes
    (key,) = shared.document_ids()
    person, odd = label(news, "PERSON"), stranger("ODD")
    reports, failures = [], []

    def pages():
        for number in range(2, 600):
            chosen = odd if number > 200 else person
            yield document(number, annotations=tuple(mark(chosen, n, n + 3, attributes={"k": "v"}) for n in range(5)))

    def work():
        try:
            reports.append(shared.import_documents(pages()))
            shared.index_documents()
        except BaseException as error:
            failures.append(error)

    job = threading.Thread(target=work)
    job.start()
    marks = 0
    while job.is_alive() or marks < 5:
        add_mark(shared, key, start=marks % 50, end=marks % 50 + 3)
        marks += 1
        assert len(shared.annotations(key)) == marks
        assert shared.scheme.label("entities", "PERSON")
        shared.annotated(shared.document_ids()[-1])
        assert shared.undo_name in {"Mark PERSON", "Import"}
    job.join()
    assert failures == []
    assert reports[0].documents == 598
    assert reports[0].annotations == 598 * 5
    assert is_true(shared)
    after = state(shared)
    steps = 0
    while shared.undo():
        steps += 1
    assert steps > marks
    shared.redo()
    assert state(shared) == before
    while shared.redo():
        pass
    assert state(shared) == after


def test_two_threads_that_mark_lose_nothing(shared):
    (key,) = shared.document_ids()
    made, failures = [], []

    def work(start):
        try:
            made.extend(add_mark(shared, key, start=start, end=start + 2).id for _ in range(40))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {each.id for each in shared.annotations(key)} == set(made)
    assert len(made) == 120
    assert is_true(shared)
