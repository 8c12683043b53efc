import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROW = {"name": "a", "value": 12.5, "unit": "ms", "against": 25, "ratio": 2.0, "aim": "≥ 2", "holds": True}
MODULES = {
    "good": f"def run():\n    return [{ROW}]",
    "settings": "import os\ndef run():\n    return [dict.fromkeys("
    "('value', 'unit', 'against', 'ratio', 'aim', 'holds')) | {'name': os.environ['HONGTOU_DATA_DIR'] "
    "+ os.environ.get('HONGTOU_DATABASE_URL', '')}]",
    "broken": "def run():\n    raise OSError('no paper')",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "benchmarks").mkdir()
    shutil.copy(ROOT / "benchmarks" / "__main__.py", tmp_path / "benchmarks")
    for name, text in MODULES.items():
        (tmp_path / "benchmarks" / f"{name}.py").write_text(text)
    return tmp_path


def bench(folder: Path, *names: str) -> subprocess.CompletedProcess[str]:
    settings = {"HONGTOU_DATA_DIR": "data", "HONGTOU_DATABASE_URL": "sqlite:////real.db"}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *names],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )


def test_rows_are_printed_and_written_to_the_data_folder(folder: Path) -> None:
    done = bench(folder, "good")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["a", "12.5", "ms", "25", "2", "≥", "2", "yes"]
    assert json.loads((folder / "data" / "bench.json").read_text()) == [ROW]


def test_a_benchmark_sees_an_empty_folder_and_no_database(folder: Path) -> None:
    bench(folder, "settings")
    (row,) = json.loads((folder / "data" / "bench.json").read_text())
    assert "hongtou-bench-" in row["name"]
    assert "real.db" not in row["name"]


def test_one_that_breaks_fails_the_run_and_loses_no_other(folder: Path) -> None:
    done = bench(folder)
    assert done.returncode == 1
    assert "OSError: no paper" in done.stderr
    assert "broken: failed" in done.stdout
    assert len(json.loads((folder / "data" / "bench.json").read_text())) == 2


def test_an_unknown_name_is_told_with_those_there_are(folder: Path) -> None:
    done = bench(folder, "godo")
    assert done.returncode == 2
    assert "no benchmark godo; there are: broken, good, settings" in done.stderr
