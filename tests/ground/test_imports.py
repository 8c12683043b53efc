"""The packages know each other in one direction only, and few modules own a transaction."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLASK = {"flask", "werkzeug", "jinja2", "markupsafe", "itsdangerous", "click", "babel", "wtforms"} | {
    f"flask_{extension}" for extension in ("babel", "bootstrap", "login", "wtf")
}
MAY_IMPORT = {
    "states": {"transitions", "pydantic", "pydantic_core", "yaml"},
    "docgen": {"docx", "lxml", "pypdfium2", "PIL"},
    "workflow": {
        *("sqlalchemy", "alembic", "argon2", "openpyxl", "pysqlite3", "chinese_calendar"),
        *("states", "docgen"),
    },
    "web": FLASK | {"pydantic", "pydantic_core", "workflow", "states"},
    "app.py": FLASK | {"config", "states", "docgen", "workflow", "web"},
    "config.py": set(),
}
OWN_A_TRANSACTION = {"workflow/db.py"}


def modules(part: str) -> list[Path]:
    path = ROOT / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name.partition(".")[0], node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0], node.lineno


def transactions(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit" | "begin" | "begin_nested")):
                yield node.lineno


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_the_design_lets_it(part: str) -> None:
    allowed = MAY_IMPORT[part] | sys.stdlib_module_names | {part}
    found = modules(part)
    assert found, f"{part} is missing"
    assert [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in found
        for name, line in imported(ast.parse(path.read_bytes()))
        if name not in allowed
    ] == []


def test_only_the_modules_that_own_a_transaction_begin_or_commit_one() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line}"
        for part in MAY_IMPORT
        for path in modules(part)
        if str(path.relative_to(ROOT)) not in OWN_A_TRANSACTION
        for line in transactions(ast.parse(path.read_bytes()))
    ] == []


def test_every_module_that_may_own_a_transaction_does() -> None:
    assert [name for name in sorted(OWN_A_TRANSACTION) if not owns_one(ROOT / name)] == []


def owns_one(path: Path) -> bool:
    return path.exists() and any(transactions(ast.parse(path.read_bytes())))
