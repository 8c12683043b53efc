"""Take in a folder of past documents from beginning to end, as a command does."""

import hashlib
import shutil
from typing import Any

from sqlalchemy import select

from ...installation import read_tx, write_tx
from ...models import Import
from .. import imports
from . import plan, running
from .checking import check
from .source import Checked, Refused, Source, Tell, say_nothing


def run(
    source: Source, by_id: int | None = None, tell: Tell = say_nothing, *, checked: Checked | None = None
) -> dict[str, Any]:
    """Check and enter past documents; one that was cut off is gone on with. Returns the report.

    checked: what a check of this source has just found, where there was one.
    Raises Refused where there is an error, NotReady when another import runs or nobody is there to do it
    for: nothing is changed then.
    """
    sha256 = hashlib.sha256(source.register).hexdigest()
    before = _begun(sha256)
    if before is not None and before.state == "running":
        public_id = before.public_id
    else:
        checked = checked or check(source, tell)
        if checked.errors:
            raise Refused(checked)
        public_id = _begin(source, by_id, checked, sha256)
    running.go_on(public_id, tell)
    with read_tx() as session:
        report = session.scalars(select(Import.report).where(Import.public_id == public_id)).one()
    return dict(report)


def begun(source: Source) -> str | None:
    """Say whether this register is already done or running (then it was cut off)."""
    found = _begun(hashlib.sha256(source.register).hexdigest())
    return found.state if found else None


def _begun(sha256: str) -> Import | None:
    """Return the import that began with a register."""
    with read_tx() as session:
        states = ("running", "done")
        rows = session.scalars(select(Import).where(Import.kind == "past", Import.state.in_(states)))
        return next((one for one in rows if one.report.get("register") == sha256), None)


def _begin(source: Source, by_id: int | None, checked: Checked, sha256: str) -> str:
    """Lay down register, files and plan, then let the import begin; what does not begin leaves nothing."""
    public_id = imports.new_id()
    try:
        imports.keep(public_id, plan.REGISTER, source.register)
        for planned in checked.documents:
            for taken in planned.files:
                target = plan.path_of(public_id, taken.name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source.files[taken.name], target)
        report = {**checked.report, "register": sha256, "plan": plan.keep(public_id, checked.documents)}
        plan.reach_the_disk()
        with write_tx() as session:
            imports.enter(session, "past", source.name, by_id, "ready", public_id=public_id)
            found = session.scalars(select(Import).where(Import.public_id == public_id)).one()
            found.report = report
            running.start(session, found, checked.documents)
    except BaseException:
        imports.clear(public_id)
        raise
    return public_id
