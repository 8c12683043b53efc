"""Settings of the web server; the address comes from run.py as an open socket."""

import ctypes
import os
import signal
import sys

from gunicorn.http import wsgi

workers = 3
preload_app = True  # read once, and an office that cannot be opened is told at once
worker_class = "sync"
timeout = 30
graceful_timeout = 5
control_socket_disable = True
loglevel = "warning"
# A worker's heartbeat file on a slow disk would look like a hung worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108


def post_fork(arbiter: object, worker: object) -> None:
    """Let workers end with a master that was killed: by themselves they look only every 15 s."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)
    if office := sys.modules.get("workflow.installation"):
        office.forget_connections()


_with_server_header = wsgi.Response.default_headers


def _without_server_header(response: wsgi.Response) -> list[str]:
    return [line for line in _with_server_header(response) if not line.startswith("Server:")]


wsgi.Response.default_headers = _without_server_header
