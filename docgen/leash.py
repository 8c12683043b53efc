"""Run a command so that it dies with the one who started it: python leash.py PARENT COMMAND…

Run as a program, in a session of its own. Killing that process group ends the command and its children.
"""

import ctypes
import os
import signal
import subprocess
import sys

_PR_SET_PDEATHSIG = 1


def _end_all(*_: object) -> None:
    os.killpg(0, signal.SIGKILL)


def main() -> int:
    """Run the command; return its exit code."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    signal.signal(signal.SIGTERM, _end_all)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return 1
    return subprocess.call(command)  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
