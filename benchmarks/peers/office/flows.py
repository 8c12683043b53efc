"""A notice's way as viewflow goes it: drafting begins it, six human steps follow."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow

from .models import Notice


def no_view(_request: Any) -> None:
    """Stand where a page would: the steps are taken without one."""


class NoticeFlow(flow.Flow):
    process_class = Notice

    draft = flow.Start(no_view).Next(this.submit)
    submit = flow.View(no_view).Assign(username="drafter").Next(this.review)
    review = flow.View(no_view).Assign(username="unit_head").Next(this.countersigning)
    countersigning = flow.Split().Always(this.countersign1).Always(this.countersign2)
    countersign1 = flow.View(no_view).Assign(username="countersigner1").Next(this.countersigned)
    countersign2 = flow.View(no_view).Assign(username="countersigner2").Next(this.countersigned)
    countersigned = flow.Join().Next(this.sign)
    sign = flow.View(no_view).Assign(username="signatory").Next(this.register)
    register = flow.View(no_view).Assign(username="registrar").Next(this.registered)
    registered = flow.End()
