"""Commands on work that is done after a commit."""

import signal
from collections.abc import Mapping

from flask.cli import AppGroup
from flask_babel import force_locale

from workflow import attached_text, conversions, jobs, papers, slips
from workflow.conferring import concluding
from workflow.deferring import come_back
from workflow.delegation.settle import follow_again, settle_due
from workflow.intake.past import waiting
from workflow.keeping import nightly
from workflow.sweep import sweep
from workflow.titles import certificates, following
from workflow.titles.expiring import expire_due
from workflow.urging import ladder, outside

from ..documents.slip import PAPER_LANGUAGE, Spoken
from ..language import say
from .opened import open_office

AGAIN = (following.end_due, concluding.ask_again, certificates.ask_again)

jobs_group = AppGroup("jobs", help="Work that is done after a commit.")


@jobs_group.command("work")
def work() -> None:
    """Do jobs as they come, until told to stop."""
    open_office()
    stopped = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.append(True))
    handlers = {
        **papers.HANDLERS,
        **conversions.HANDLERS,
        **attached_text.HANDLERS,
        slips.FORMAT: keep_slip,
        **nightly.HANDLERS,
        **concluding.HANDLERS,
        **certificates.HANDLERS,
        **waiting.HANDLERS,
        **outside.handlers(say),
    }
    hourly = (sweep, nightly.ask_if_due, waiting.forget, follow_again, *AGAIN)
    by_the_minute = (settle_due, come_back, ladder.climb, expire_due)
    jobs.work(handlers, stop=lambda: bool(stopped), hourly=hourly, by_the_minute=by_the_minute)


def keep_slip(key: str, payload: Mapping[str, str]) -> None:
    """Job: keep the 发文稿纸 of a document that was filed."""
    with force_locale(PAPER_LANGUAGE):
        slips.keep(key, payload, Spoken())


COMMANDS = (jobs_group,)
