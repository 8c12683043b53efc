"""Run the benchmarks: python -m benchmarks [NAME].

A benchmark is a module of this folder with `run() -> list[dict]`; a dict is a row {name, value, unit,
against, ratio, aim, holds}, its value the median of at least five, taken in turn with what it is compared
against.
"""

import importlib
import json
import os
import pkgutil
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("name", "value", "unit", "against", "ratio", "aim", "holds")


def main(arguments: list[str]) -> int:
    names = sorted(module.name for module in pkgutil.iter_modules([str(ROOT / "benchmarks")]))
    names.remove("__main__")
    if unknown := set(arguments) - set(names):
        print(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(names)}", file=sys.stderr)
        return 2
    data = (ROOT / os.environ.get("HONGTOU_DATA_DIR", "var")).resolve()
    with tempfile.TemporaryDirectory(prefix="hongtou-bench-") as folder:
        # A benchmark that asks for the office's settings gets an empty office, never the real one.
        os.environ["HONGTOU_DATA_DIR"] = folder
        os.environ.pop("HONGTOU_DATABASE_URL", None)
        rows, failed = _measure(arguments or names)
    data.mkdir(parents=True, exist_ok=True)
    (data / "bench.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(_table(rows))
    for name in failed:
        print(f"{name}: failed, see above")
    return 1 if failed else 0


def _measure(names: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    rows: list[dict[str, Any]] = []
    failed = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            rows += [
                {column: row[column] for column in COLUMNS}
                for row in importlib.import_module(f"benchmarks.{name}").run()
            ]
        except Exception:
            traceback.print_exc()
            failed.append(name)
    return rows, failed


def _table(rows: list[dict[str, Any]]) -> str:
    lines = [list(COLUMNS)] + [[_cell(row[column]) for column in COLUMNS] for row in rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "NO"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return "" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
