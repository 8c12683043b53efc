import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "system.sh"
NAMED = "apt-get install -y --no-install-recommends libreoffice-writer-nogui"


class Machine:
    """Hold a folder of commands that stands for a machine: what is not in it is not installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands = folder / "bin"
        self.commands.mkdir()
        for name in ("sh", "env", "mkdir", "tr", "id", "true", "touch"):
            (self.commands / name).symlink_to(Path("/usr/bin") / name)
        self.add("sudo", "exit 1")
        self.add("id", "echo 0")

    def add(self, name: str, script: str) -> None:
        (self.commands / name).unlink(missing_ok=True)
        (self.commands / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.commands / name).chmod(0o755)

    def set_up(self, *needs: str, **settings: str) -> str:
        done = subprocess.run(
            ["/bin/sh", str(SCRIPT), *needs],
            cwd=self.folder,
            env={"PATH": str(self.commands), "BIN": str(self.commands)} | settings,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout

    def calls(self) -> list[str]:
        path = self.folder / "calls"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.add("apt-get", 'echo "$*" >>calls\ncase "$*" in *install*) touch "$BIN/soffice";; esac')
    return machine


def test_what_is_there_is_not_installed_again(machine: Machine) -> None:
    machine.add("soffice", "")
    assert machine.set_up("office") == ""
    assert machine.calls() == []


def test_what_is_missing_is_installed_without_a_question(machine: Machine) -> None:
    assert machine.set_up("office") == "Installing libreoffice-writer-nogui ...\n"
    assert machine.calls() == [
        "-q update",
        "-q install -y --no-install-recommends libreoffice-writer-nogui",
    ]


def test_a_failed_installation_is_named_and_not_tried_at_every_start(machine: Machine) -> None:
    machine.add("apt-get", 'echo "$*" >>calls\nexit 100')
    assert NAMED in machine.set_up("office")
    assert NAMED in machine.set_up("office")
    assert len(machine.calls()) == 2


@pytest.mark.parametrize("why", ["switched off", "not root", "no apt"])
def test_where_it_cannot_be_installed_the_command_is_named(machine: Machine, why: str) -> None:
    if why == "not root":
        machine.add("id", "echo 1000")
    if why == "no apt":
        os.unlink(machine.commands / "apt-get")
    settings = {"HONGTOU_NO_APT": "1"} if why == "switched off" else {}
    shown = machine.set_up("office", **settings)
    assert shown == f"Not installed: libreoffice-writer-nogui. As root: {NAMED}\n"
    assert machine.calls() == []


def test_a_password_free_sudo_will_do(machine: Machine) -> None:
    machine.add("id", "echo 1000")
    machine.add("sudo", 'shift\nexec "$@"')
    machine.set_up("office", "browser")
    assert machine.calls()[-1].endswith("libreoffice-writer-nogui chromium")
