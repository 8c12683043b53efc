"""Start an office as `make run` does, in a process of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Office:
    """Hold one office that was started.

    The port is any free one unless `settings` has PORT; the rest of the environment is passed on, without
    the settings of an office that the person running the tests may have.
    """

    def __init__(self, root: Path = ROOT, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HONGTOU_")}
        self.errors: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, str(root / "scripts" / "run.py")],
            env=kept | {"HOST": "127.0.0.1", "PORT": "0"} | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read_errors, daemon=True)
        self._reader.start()

    def wait_until_ready(self) -> str:
        """Return the address, which is the first and only line on standard output."""
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            self.wait()
            raise AssertionError(f"the office did not start:\n{''.join(self.errors)}")
        return self.url

    def wait(self, seconds: float = 20) -> int:
        """Wait for the end, close the pipes and return the exit code."""
        code = self.process.wait(seconds)
        self._reader.join(seconds)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()
        return code

    def stop(self) -> int:
        self.process.terminate()
        return self.wait()

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors.extend(self.process.stderr)
