"""An office whose database is kept at many points, and tries of a step that see what was written."""

import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask

from tests.web import oracle
from tests.web.api.caller import Everybody, InProcess, Reply
from workflow.db import sqlite_module
from workflow.directory import find_by_usernames
from workflow.installation import here, read_tx

sqlite = sqlite_module()  # a second library in one process would drop the locks of the first
BOTH = {"countersigners": ["countersigner1", "countersigner2"]}
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# What a step asks for and does not propose by itself.
ENTERED = {
    "submit": BOTH,
    "sign_with_correction": {"correction": "第一段“通知”改为“通告”"},
    "ask_signer": {"signer": "deputy"},
    "add_signer": {"person": "archivist"},
    "transfer": {"person": "deputy"},
    "remove_signer": {"person": "countersigner2"},
}


class Stand:
    """An office whose database can be kept at a point and put back to it."""

    def __init__(self, app: Flask, data: Path) -> None:
        self.app, self.data = app, data
        self.people = Everybody(InProcess(app))
        self.documents: dict[str, str] = {}

    @property
    def path(self) -> Path:
        return self.data / "hongtou.db"

    def keep(self, drafter: str, stage: str) -> None:
        here().database.dispose()
        shutil.copy(self.path, self._kept(drafter, stage))

    def put_back(self, drafter: str, stage: str) -> None:
        here().database.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._kept(drafter, stage), self.path)

    def _kept(self, drafter: str, stage: str) -> Path:
        return self.data / f"{drafter}-{stage}.db"

    def without_names(self, words: str) -> str:
        """Return words without the names of people, which are Chinese in either language."""
        with read_tx() as session:
            names = [one.name for one in find_by_usernames(session, oracle.ACCOUNTS).values()]
        return re.sub("|".join(sorted(names, key=len, reverse=True)), "", words)

    def version(self, id_: str) -> int:
        with closing(sqlite.connect(self.path)) as connection:
            row = connection.execute("SELECT version FROM documents WHERE public_id = ?", [id_]).fetchone()
        return int(row[0])

    def act(self, drafter: str, who: str, action: str) -> None:
        id_ = self.documents[drafter]
        taken = self.people(who).act(id_, action, self.version(id_), self.entered(action))
        assert taken.status == 200, (drafter, who, action, taken.body)

    def entered(self, action: str) -> dict[str, object]:
        """Return what is entered with a step, whoever takes it."""
        return {"comment": "理由如下。", **ENTERED.get(action, {})}


def try_once(stand: Stand, who: str, id_: str, version: int, action: str, wanted: int, **more: str) -> bool:
    """Try a step and return whether it went through; a refusal says why in both languages."""
    reply = tried(stand, who, "zh", id_, version, action, wanted, more)
    if wanted == 200:
        return True
    zh, en = reply.reasons, tried(stand, who, "en", id_, version, action, wanted, more).reasons
    assert len(zh) == len(en)
    for chinese, english in zip(zh, en, strict=True):
        assert CHINESE.search(chinese), chinese
        assert english.strip()
        assert not CHINESE.search(stand.without_names(english)), english
        assert "%(" not in chinese + english
    return False


def tried(
    stand: Stand,
    who: str,
    language: str,
    id_: str,
    version: int,
    action: str,
    wanted: int,
    more: dict[str, str],
) -> Reply:
    nobody = who == oracle.NOBODY
    caller = stand.people.nobody(language) if nobody else stand.people(who, language)
    with closing(sqlite.connect(stand.path)) as watch:
        before = changes(watch)
        reply = caller.act(id_, action, version, {**stand.entered(action), **more})
        written = changes(watch) != before
    assert reply.status == wanted, (who, action, reply.body.decode())
    assert written is (wanted == 200), f"{action} was answered {wanted}"
    return reply


def changes(connection: Any) -> int:
    """Return SQLite's counter of what other connections have committed."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
