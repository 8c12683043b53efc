"""Send a sheet back to its assessor (退回重评), with a reason that stays on record."""

from sqlalchemy import select, update

from states.errors import NotReady
from states.reasons import Reason

from .. import notices
from ..campaigns.clerk import clerk
from ..clock import stamp
from ..directory import OFFICE_CLERK
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Task, User, table
from ..movements import RETURN_SCORES
from ..work import take_up
from .finding import find_judged, refuse_frozen
from .giving import follow_stage
from .sheets import find_assignment

_tasks = table(Task)


def send_back(actor_id: int, public_id: str, method: str, username: str, reason: str) -> None:
    """Let an assessor change what they handed in; raises NotFound, NotAllowed, NotReady.

    It is a movement on the application, which stays where it is. What the others gave is hidden from the
    assessor again until they have handed in.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        judged = find_judged(session, public_id, lock=True)
        refuse_frozen(judged.campaign)
        user = session.scalars(select(User).where(User.username == username)).first()
        if user is None:
            raise NotFound
        sheet = find_assignment(session, judged, method, user.id, lock=True)
        reason, wrong = clean_entry(reason), []
        if not reason:
            wrong.append(Reason("Say why you send it back"))
        if sheet.handed_in_at is None:
            wrong.append(Reason("%(name)s has not handed it in", {"name": user.name}))
        if not judged.row.live:
            wrong.append(Reason("The application is no longer under way"))
        if wrong:
            raise NotReady(wrong)
        at = stamp()
        sheet.handed_in_at, sheet.returned = None, reason
        work = take_up(session, person, public_id, at)
        work.details = {"method": method, "assessor": username}
        state = work.document["state"]
        work.record(RETURN_SCORES, state, state, comment=reason, post=person.title(OFFICE_CLERK))
        work.save_record()
        if judged.is_at(method):
            session.execute(
                update(_tasks)
                .where(
                    _tasks.c.document_id == judged.id,
                    _tasks.c.stage == state,
                    _tasks.c.round == work.document["round"],
                    _tasks.c.user_id == user.id,
                    _tasks.c.outcome == "done",
                )
                .values(outcome="sent_back")
            )
            follow_stage(session, [judged.id])
        notices.tell(
            session,
            user.id,
            judged.id,
            at,
            "Your scores came back from the office: %(reason)s",
            {"reason": reason},
        )
