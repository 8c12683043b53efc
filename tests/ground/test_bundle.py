"""The bundle installs and starts where there is no network."""

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Raises the loopback interface of the new network namespace, then becomes the office.
START = """
import fcntl, os, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
    request = struct.pack("16sh14x", b"lo", 0)
    flags = struct.unpack("16sh14x", fcntl.ioctl(door, 0x8913, request))[1]
    fcntl.ioctl(door, 0x8914, struct.pack("16sh14x", b"lo", flags | 1))
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError:
    os.execvp("sh", ["sh", "-c", '''
        make run >out &
        office=$!
        for second in $(seq 120); do grep -q ^http out && break; sleep 1; done
        cat out
        .venv/bin/python -c "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1] + '/readyz').read().decode())" $(grep ^http out)
        kill $office
    '''])
raise SystemExit("there is a network here")
"""  # noqa: E501


@pytest.mark.long
def test_a_bundle_installs_and_starts_in_a_namespace_without_a_network(tmp_path: Path) -> None:
    subprocess.run(["make", "--silent", "bundle"], cwd=ROOT, check=True, capture_output=True)
    (built,) = sorted((ROOT / "dist").glob("*.tar.gz"), key=os.path.getmtime)[-1:]
    with tarfile.open(built) as bundle:
        bundle.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    sums = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
    )
    assert sums.returncode == 0, sums.stdout
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HONGTOU_", "PIP_"))}
    done = subprocess.run(
        ["unshare", "--net", *([] if os.getuid() == 0 else ["--map-root-user"]), sys.executable, "-c", START],
        cwd=folder,
        env=kept | {"PORT": "0", "PIP_CONFIG_FILE": os.devnull, "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "http://127.0.0.1:" in done.stdout, done.stderr[-2000:]
    assert '"database":true' in done.stdout.replace(" ", ""), done.stderr[-2000:]
