import json
import os
import signal
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.office import ROOT, Office

FAKE_APP = """
import json, os, pathlib, time
import click, flask
from flask.cli import AppGroup

here = pathlib.Path(__file__).parent

def note(what):
    with open(here / "notes", "a") as notes:
        notes.write(json.dumps([what, os.getpid()]) + "\\n")

def create_app():
    app = flask.Flask(__name__)
    jobs = AppGroup("jobs")

    @app.get("/readyz")
    def readyz():
        note("web")
        return "", 503 if not (here / "working").exists() else 200

    @app.cli.command("migrate")
    @click.option("--demo", is_flag=True)
    def migrate(demo):
        note("migrate")
        print("migrated")
        if os.environ.get("BREAK") == "migrate":
            raise SystemExit(3)
        if os.environ.get("SLOW") == "migrate":
            time.sleep(60)
        if demo:
            note("demo")

    @jobs.command("work")
    def work():
        note("work")
        time.sleep(0.5)
        (here / "working").touch()
        while not (here / "quit").exists():
            time.sleep(0.05)

    app.cli.add_command(jobs)
    return app

serve = create_app
"""


class FakeOffice:
    """Hold a folder with the real run.py and an app that only notes who was called."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "scripts").mkdir()
        for name in ("run.py", "gunicorn.conf.py"):
            (root / "scripts" / name).write_text((ROOT / "scripts" / name).read_text())
        (root / "app.py").write_text(FAKE_APP)
        self.started: list[Office] = []

    def start(self, **settings: str) -> Office:
        office = Office(self.root, **settings)
        self.started.append(office)
        return office

    def notes(self) -> list[tuple[str, int]]:
        path = self.root / "notes"
        return [tuple(json.loads(line)) for line in path.read_text().splitlines()] if path.exists() else []

    def pid(self, what: str) -> int:
        return next(pid for name, pid in self.notes() if name == what)


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeOffice]:
    fake = FakeOffice(tmp_path)
    yield fake
    for office in fake.started:
        if office.process.returncode is None:
            office.stop()


def within(seconds: float, is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_migrates_loads_the_demonstration_and_prints_the_address_when_ready(fake: FakeOffice) -> None:
    office = fake.start()
    url = office.wait_until_ready()
    with urllib.request.urlopen(f"{url}/readyz") as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers
    assert url.startswith("http://127.0.0.1:")
    names = [name for name, _ in fake.notes()]
    assert names[:2] == ["migrate", "demo"]
    assert "work" in names
    assert office.stop() == 0


def test_standard_output_has_the_address_and_nothing_else(fake: FakeOffice) -> None:
    office = fake.start()
    office.wait_until_ready()
    office.process.terminate()
    assert office.process.stdout is not None
    assert office.process.stdout.read() == ""
    assert office.wait() == 0
    assert "migrated\n" in office.errors


def test_production_gets_no_demonstration(fake: FakeOffice) -> None:
    office = fake.start(HONGTOU_ENV="production")
    office.wait_until_ready()
    assert "demo" not in [name for name, _ in fake.notes()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_everything_within_seconds(fake: FakeOffice, number: signal.Signals) -> None:
    office = fake.start()
    office.wait_until_ready()
    office.process.send_signal(number)
    assert office.wait(8) == 0
    assert not alive(fake.pid("work"))
    assert not alive(fake.pid("web"))


def test_a_signal_during_migration_ends_it_too(fake: FakeOffice) -> None:
    office = fake.start(SLOW="migrate")
    assert within(10, lambda: bool(fake.notes()))
    office.process.terminate()
    assert office.wait(8) == 0
    assert not alive(fake.pid("migrate"))


def test_when_the_worker_ends_the_office_ends(fake: FakeOffice) -> None:
    office = fake.start()
    office.wait_until_ready()
    (fake.root / "quit").touch()
    assert office.wait(10) == 1
    assert "`flask app jobs work` ended (exit code 0)" in "".join(office.errors)
    assert not alive(fake.pid("web"))


def test_when_the_web_server_ends_the_office_ends(fake: FakeOffice) -> None:
    office = fake.start()
    office.wait_until_ready()
    master = int(Path(f"/proc/{fake.pid('web')}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(master, signal.SIGKILL)
    assert office.wait(10) == 1
    assert not alive(fake.pid("work"))
    assert within(5, lambda: not alive(fake.pid("web")))


def test_when_the_parent_is_killed_the_children_end(fake: FakeOffice) -> None:
    office = fake.start()
    office.wait_until_ready()
    office.process.kill()
    office.wait()
    assert within(10, lambda: not any(alive(pid) for _, pid in fake.notes()))


def test_a_failed_migration_is_told_and_nothing_is_started(fake: FakeOffice) -> None:
    office = fake.start(BREAK="migrate")
    assert office.wait() == 1
    assert "`flask app migrate` failed (exit code 3)" in "".join(office.errors)
    assert [name for name, _ in fake.notes()] == ["migrate"]


@pytest.mark.parametrize("port", ["taken", "99999", "http"])
def test_a_port_that_cannot_be_used_is_told_before_anything_is_done(fake: FakeOffice, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        office = fake.start(PORT=str(taken.getsockname()[1]) if port == "taken" else port)
        assert office.wait() == 1
    assert "choose another with PORT=" in "".join(office.errors)
    assert fake.notes() == []
