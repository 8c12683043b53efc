"""Answer everybody without a sign-in: the public notices, the form for objections, what became of one."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for

from workflow.errors import ContentError, NotReady
from workflow.public_notices import finding, objecting

from .. import office
from ..api.often import Limit
from ..forms.content import problems_by_field
from ..language import say_all
from .routes import blueprint, counter, standings

OBJECTIONS_A_MINUTE, RECEIPTS_A_MINUTE = 5, 30  # from one address, in each worker

_objecting, _asking = Limit(OBJECTIONS_A_MINUTE), Limit(RECEIPTS_A_MINUTE)


@blueprint.get("/public/notices")
def notices() -> str:
    """List the notices that run, and those that have ended lately."""
    return render_template("public/notices.html", found=finding.current(office.session()), counter=counter)


@blueprint.get("/public/notices/<public_id>")
def notice(public_id: str) -> str:
    """Show a notice with its list and how to object."""
    return _notice(public_id)


@blueprint.post("/public/notices/<public_id>/objections")
def object_to(public_id: str) -> Any:
    """Take an objection; its receipt is the address of the page that follows."""
    _count(_objecting)
    try:
        receipt = objecting.object_on_page(public_id, request.form)
    except ContentError as error:
        return _notice(public_id, [], problems_by_field(error)), 422
    except NotReady as refusal:
        return _notice(public_id, say_all(refusal.reasons)), 422
    return redirect(url_for("public.receipt", receipt=receipt), 303)


@blueprint.get("/public/objections")
def receipts() -> Any:
    """Ask for a receipt, or go on to what it stands for."""
    code = request.args.get("receipt", "").strip()
    if code:
        return redirect(url_for("public.receipt", receipt=code[:60]))
    return render_template("public/receipts.html")


@blueprint.get("/public/objections/<receipt>")
def receipt(receipt: str) -> str:
    """Show how an objection stands; who made it is not shown."""
    _count(_asking)
    one = objecting.ask(office.session(), receipt)
    return render_template("public/receipt.html", one=one, standing=standings()[one.standing])


def _count(limit: Limit) -> None:
    """Refuse who asks too often."""
    if limit.is_reached(request.remote_addr):
        abort(429)
    limit.count(request.remote_addr)


def _notice(
    public_id: str, wrong: list[str] | None = None, problems: dict[str, list[str]] | None = None
) -> str:
    office.refresh()
    return render_template(
        "public/notice.html",
        it=finding.read(office.session(), public_id),
        counter=counter,
        typed=request.form,
        wrong=wrong or [],
        problems=problems or {},
    )
