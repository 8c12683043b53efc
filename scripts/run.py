"""Run the office: migrate, load the demonstration, then web server and job worker under one parent.

The environment is passed on as it is; only HOST, PORT and HONGTOU_ENV are read here. The one line on
standard output is the address, printed when /readyz answers 200; everything else goes to standard error.
"""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
FLASK = (sys.executable, "-m", "flask", "--app", "app")
READY_SECONDS = 60
STOP_SECONDS = 8
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None)
_children: list[subprocess.Popen[bytes]] = []


class Stop(Exception):
    """A signal asked for the end."""


class Failed(Exception):
    """The office cannot start or go on; the message is for the person at the terminal."""


def main() -> int:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        _office()
    except Stop:
        return 0
    except Failed as failure:
        print(f"hongtou: {failure}", file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _end_children()


def _office() -> NoReturn:
    door = _bind(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
    in_production = os.environ.get("HONGTOU_ENV") == "production"
    _once(*FLASK, "migrate", *([] if in_production else ["--demo"]))
    settings = str(Path(__file__).with_name("gunicorn.conf.py"))
    web = (sys.executable, "-m", "gunicorn", "--config", settings, "--bind", f"fd://{door.fileno()}")
    _start(*web, "app:serve()", keep=door.fileno())
    _start(*FLASK, "jobs", "work")
    host, port = door.getsockname()[:2]
    _wait_until_ready(host, port)
    print(f"http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
    while True:
        _check_children()
        time.sleep(0.2)


def _bind(host: str, port: str) -> socket.socket:
    """Take the port before any other work, so that one in use is told at once.

    It is not listened on yet: nobody connects to an office that is still being set up.
    """
    try:
        # getaddrinfo takes 99999 modulo 65536, and http for 80.
        if not (port.isdecimal() and int(port) <= 65535):
            raise ValueError("a port is a number up to 65535")
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except (OSError, ValueError) as error:
        raise Failed(f"cannot use {host}:{port} ({error}); choose another with PORT=… or HOST=…") from error
    return door


def _start(*command: str, keep: int | None = None) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def die_with_parent() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    child = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=() if keep is None else (keep,),
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    _children.append(child)
    return child


def _once(*command: str) -> None:
    child = _start(*command)
    code = child.wait()
    _children.remove(child)
    if code:
        raise Failed(f"`{_shown(command)}` failed (exit code {code})")


def _shown(command: tuple[str, ...]) -> str:
    return " ".join(word for word in command[2:] if not word.startswith("-"))


def _check_children() -> None:
    for child in _children:
        code = child.poll()
        if code is not None:
            raise Failed(f"`{_shown(tuple(child.args))}` ended (exit code {code})")  # type: ignore[arg-type]


def _wait_until_ready(host: str, port: int) -> None:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    answer = "no answer"
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        _check_children()
        connection = http.client.HTTPConnection(reachable, port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            answer = f"{response.status} {response.read(500).decode(errors='replace')}"
            if response.status == 200:
                return
        except (OSError, http.client.HTTPException) as error:
            answer = str(error)
        finally:
            connection.close()
        time.sleep(0.1)
    raise Failed(f"not ready after {READY_SECONDS} s: /readyz says {answer}")


def _end_children() -> None:
    for child in _children:
        child.terminate()
    end = time.monotonic() + STOP_SECONDS
    for child in _children:
        try:
            child.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


if __name__ == "__main__":
    sys.exit(main())
