"""Back up every night, thin the old ones out, and say so when it fails."""

from collections.abc import Mapping
from datetime import timedelta

from .. import jobs
from ..clock import SHANGHAI, now, read, stamp
from ..errors import Damaged
from ..installation import here, write_tx
from ..models import Mark
from .backup import back_up, damage
from .retention import thin_out

NIGHT = range(2, 6)  # hours in Shanghai
LONGEST_PAUSE = timedelta(hours=36)  # an office whose server sleeps at night is backed up by day
MARK = "backup"


def ask_if_due() -> bool:
    """Ask for tonight's backup if it is time and none was made; a new office waits for its first night."""
    moment = now().astimezone(SHANGHAI)
    with write_tx() as session:
        mark = session.get(Mark, MARK)
        if mark is None:
            session.add(Mark(name=MARK, value=stamp()))
            return False
        last = read(mark.value)
        tonight = moment.hour in NIGHT and last.date() < moment.date()
        if not tonight and moment - last < LONGEST_PAUSE:
            return False
        jobs.ask(session, "backup", moment.date().isoformat(), {})
        return True


def back_up_tonight(key: str, payload: Mapping[str, str]) -> None:
    """Job: make a backup, check it, and thin the old ones out; raises Damaged when it is no good."""
    made = back_up(here().backups)
    if wrong := list(damage(made)):
        raise Damaged(f"the backup {made.name} is damaged: {'; '.join(wrong[:3])}")
    with write_tx() as session:
        session.merge(Mark(name=MARK, value=stamp()))
    thin_out(here().backups)


HANDLERS: dict[str, jobs.Handler] = {"backup": back_up_tonight}
