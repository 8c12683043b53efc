"""Time the engine's acts against bare sqlite3 writing the same rows in as many commits.

A document is drafted and submitted, reviewed, countersigned by two, signed and registered: six acts, seven
commits, SQLite with synchronous=FULL. The engine's own writing statements are recorded as they pass and
replayed, on a copy of the same office, by the bare module; so both leave the same rows. Laying out on
paper is timed elsewhere.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from states.loader import load_text
from workflow import engine, opening
from workflow.db import SQLITE_PRAGMAS, Database, sqlite_module
from workflow.demonstration.office import set_up
from workflow.effects import EFFECTS
from workflow.installation import Installation, here, install, write_tx
from workflow.models import Base, ProcedureText, User

ACTS = 6
AIM = 1 / 6
ROUNDS = 7
DOCUMENTS = 40

PROCEDURE = """
kind: notice
label: {zh: 发文, en: Outgoing document}
start: draft
stages:
  draft:
    label: {zh: 拟稿, en: Drafting}
    holders: [drafter]
    edit: free
  unit_review:
    label: {zh: 部门核稿, en: Unit review}
    holders: [head_of(drafter.unit), leader_in_charge(drafter.unit)]
    own: never
    skip: [nobody_holds_it]
    edit: in_place
    opinion: true
  countersign:
    label: {zh: 会签, en: Countersigning}
    holders: [chosen_by_drafter(countersigners), post(office_clerk)]
    own: never
    consent: all
    skip: [nobody_was_chosen]
    opinion: true
  signing:
    label: {zh: 签发, en: Sign-off}
    holders: [asked_signers, post(principal), post(deputy)]
    own: never
    edit: in_place
    opinion: true
  registration:
    label: {zh: 登记, en: Registration}
    holders: [post(registrar)]
  registered:
    label: {zh: 已登记, en: Registered}
    final: true
steps:
  - action: submit
    label: {zh: 送审, en: Submit}
    from: [draft]
    to: unit_review
    direction: forward
    who: holder
    effects: [choose_countersigners]
    inputs:
      countersigners: {type: people, label: {zh: 会签人, en: Countersigners}, default: chosen_countersigners}
  - action: approve
    label: {zh: 同意, en: Approve}
    from: [unit_review]
    to: countersign
    direction: forward
    who: holder
  - action: countersign
    label: {zh: 会签同意, en: Countersign}
    from: [countersign]
    to: signing
    direction: forward
    who: holder
  - action: sign
    label: {zh: 签发, en: Sign}
    from: [signing]
    to: registration
    direction: forward
    who: holder
    when: [not_own_draft]
    effects: [sign_off]
  - action: register
    label: {zh: 登记编号, en: Register}
    from: [registration]
    to: registered
    direction: forward
    who: holder
    when: [only_declared_changes]
    effects: [take_number]
    inputs:
      distribution: {type: text, label: {zh: 分送范围, en: Distribution}, default: proposed_distribution}
      copies: {type: count, label: {zh: 印制份数, en: Copies}, default: proposed_copies}
      year: {type: choice, label: {zh: 编号年度, en: Year}, choices: open_years, default: usual_year}
      restricted: {type: yes_no, label: {zh: 限制阅读, en: Restricted reading}, default: false}
"""

CONTENT: dict[str, Any] = {
    "type": "通知",
    "title": "关于报送年度工作总结的通知",
    "addressees": "省直各单位、中央驻豫各单位",
    "body": "\n".join(
        ["为做好有关工作，现就报送年度工作总结有关事项通知如下。", *["各单位要按时报送。"] * 12]
    ),
    "copy_to": "省委宣传部、省文明办",
}
SUBMIT = {"countersigners": ["countersigner1", "countersigner2"]}
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("drafter", "submit", SUBMIT),
    ("unit_head", "approve", {"comment": "同意。"}),
    ("countersigner1", "countersign", {"comment": "同意。"}),
    ("countersigner2", "countersign", {}),
    ("signatory", "sign", {"comment": "同意，请印发。"}),
    ("registrar", "register", {}),
)
Transaction = list[tuple[str, tuple[Any, ...]]]


def run() -> list[dict[str, Any]]:
    """Return the row of the engine's acts per second."""
    with tempfile.TemporaryDirectory(prefix="hongtou-engine-") as folder:
        template = Path(folder) / "template.db"
        make_office(template)
        written = _record(template, Path(folder) / "recorded.db")
        rates: dict[str, list[float]] = {"engine": [], "bare": []}
        for number in range(ROUNDS):
            ours, bare = Path(folder) / f"engine{number}.db", Path(folder) / f"bare{number}.db"
            rates["engine"].append(ACTS * DOCUMENTS / _engine(template, ours))
            rates["bare"].append(ACTS * DOCUMENTS / _bare(template, bare, written))
            if _rows(ours) != _rows(bare):
                raise AssertionError("the engine and the bare module did not write the same rows")
    value, against = statistics.median(rates["engine"]), statistics.median(rates["bare"])
    ratio = value / against
    return [
        {
            "name": "engine: six acts, SQLite, synchronous=FULL",
            "value": round(value, 1),
            "unit": "acts/s",
            "against": round(against, 1),
            "ratio": round(ratio, 3),
            "aim": "≥ 1/6 of bare sqlite3",
            "holds": ratio >= AIM,
        }
    ]


def make_office(path: Path) -> None:
    """Make a database with the demonstration office in it."""
    opening.prepare(f"sqlite:///{path}", path.parent)
    with installed(path), write_tx() as session:
        set_up(session)


@contextmanager
def installed(path: Path) -> Iterator[dict[str, int]]:
    """Open an office that knows the benchmark's procedure only; give the people's ids by user name."""
    procedure = load_text(PROCEDURE, file="benchmark", effects=EFFECTS)
    database = Database(f"sqlite:///{path}")
    with database.write_tx() as session:
        stored = ProcedureText(hash=procedure.hash, kind=procedure.kind, text=procedure.text, stored_at="")
        session.merge(stored)
    install(Installation(database, path.parent, {"notice": procedure}, {procedure.hash: procedure}))
    try:
        with database.read_tx() as session:
            people = dict(session.execute(select(User.username, User.id)).tuples().all())
        yield people
    finally:
        database.dispose()  # the last connection to close empties the write-ahead log into the file


def _engine(template: Path, path: Path) -> float:
    """Return how long the engine takes, after one document to warm up."""
    shutil.copy(template, path)
    with installed(path) as people:
        carry_through(people, 0)
        start = time.perf_counter()
        for number in range(DOCUMENTS):
            carry_through(people, number + 1)
        return time.perf_counter() - start


def carry_through(people: dict[str, int], number: int) -> None:
    """Draft a document and take its six steps."""
    made = engine.draft(people["drafter"], "notice", {**CONTENT, "note": f"第{number}件"})
    version = 1
    for who, action, inputs in STEPS:
        engine.advance(people[who], made.document, action, version, inputs)
        version += 1


def _record(template: Path, path: Path) -> list[Transaction]:
    """Return what the engine writes, a list of statements a commit, as they come to the driver."""
    shutil.copy(template, path)
    module: Any = sqlite_module()
    written: list[Transaction] = []

    class Cursor(module.Cursor):
        def execute(self, statement: str, parameters: Any = ()) -> Any:
            if statement.startswith(("INSERT", "UPDATE", "DELETE")):
                written[-1].append((statement, tuple(parameters)))
            return super().execute(statement, parameters)

    class Connection(module.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def execute(self, statement: str, *parameters: Any) -> Any:
            if statement == "BEGIN IMMEDIATE":
                written.append([])
            return super().execute(statement, *parameters)

    with installed(path) as people:
        writer = here().database.writer
        writer.dispose()  # the connection of setting up is none of ours
        event.listen(
            writer,
            "do_connect",
            lambda _dialect, _record, arguments, options: module.connect(
                *arguments, **options, factory=Connection
            ),
        )
        for number in range(DOCUMENTS + 1):
            carry_through(people, number)
    return written


def _bare(template: Path, path: Path, written: list[Transaction]) -> float:
    """Return how long the bare module takes for the same statements, after the same warming up."""
    shutil.copy(template, path)
    connection = sqlite_module().connect(path, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    commits = len(STEPS) + 1
    _replay(connection, written[:commits])
    start = time.perf_counter()
    _replay(connection, written[commits:])
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def _replay(connection: Any, written: list[Transaction]) -> None:
    for transaction in written:
        connection.execute("BEGIN IMMEDIATE")
        for statement, parameters in transaction:
            connection.execute(statement, parameters).fetchall()
        connection.execute("COMMIT")


def _rows(path: Path) -> dict[str, int]:
    connection = sqlite_module().connect(path)
    counts = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for name in Base.metadata.tables
    }
    connection.close()
    return counts
