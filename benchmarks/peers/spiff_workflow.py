"""Carry notices through SpiffWorkflow: python spiff_workflow.py DATABASE.

The first line of the input is the text, each further one how many notices; the answer is how many seconds
they took. The BPMN is parsed once; a notice is one row with the workflow as SpiffWorkflow's serializer writes
it, read before each step and written after it in one transaction.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

Text = dict[str, str]

STEPS = (
    ("submit", ""),
    ("review", "同意。"),
    ("countersign1", "同意。"),
    ("countersign2", ""),
    ("sign", "同意，请印发。"),
    ("register", ""),
)


def main(database: str) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE workflow (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    parser = BpmnParser()
    parser.add_bpmn_file(str(Path(__file__).with_name("notice.bpmn")))
    office = Office(connection, parser.get_spec("notice"))
    text = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        begun = perf_counter()
        last = [office.carry_through(text) for _ in range(int(line))][-1]
        seconds = perf_counter() - begun
        if not office.read(last).is_completed():
            raise AssertionError("the workflow did not come to its end")
        print(seconds, flush=True)


class Office:
    """Notices as rows of one table."""

    def __init__(self, connection: sqlite3.Connection, spec: Any) -> None:
        self.connection = connection
        self.spec = spec
        self.serializer = BpmnWorkflowSerializer()

    def carry_through(self, text: Text) -> int:
        document = self.draft(text)
        for step, comment in STEPS:
            self.take(document, step, comment)
        return document

    def draft(self, text: Text) -> int:
        with self.transaction():
            workflow = BpmnWorkflow(self.spec)
            workflow.data.update(text)
            workflow.do_engine_steps()
            written = self.serializer.serialize_json(workflow)
            return (
                self.connection.execute("INSERT INTO workflow (state) VALUES (?)", (written,)).lastrowid or 0
            )

    def take(self, document: int, step: str, comment: str) -> None:
        with self.transaction():
            workflow = self.read(document)
            (task,) = workflow.get_tasks(state=TaskState.READY, spec_name=step)
            task.data[f"{step}_comment"] = comment
            task.run()
            workflow.do_engine_steps()
            written = self.serializer.serialize_json(workflow)
            self.connection.execute("UPDATE workflow SET state = ? WHERE id = ?", (written, document))

    def read(self, document: int) -> Any:
        found = self.connection.execute("SELECT state FROM workflow WHERE id = ?", (document,))
        return self.serializer.deserialize_json(found.fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")


if __name__ == "__main__":
    main(sys.argv[1])
