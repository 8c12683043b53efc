"""Take past documents in: the register, its files, the dry run, the confirmation, progress and report."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.errors import NotReady, Reason
from workflow.intake import imports
from workflow.intake.findings import read_finding
from workflow.intake.past import unpacking, waiting

from .. import office, uploads
from ..auth import person
from ..language import say_all
from . import past_report
from .listing import TONES, state_names
from .routes import blueprint
from .workbook import xlsx

LOOK_AGAIN_SECONDS = 2
SHOWN = 500  # findings of a kind; the rest is in the workbook
LARGEST_FORM = 200 * uploads.MB  # files or a ZIP without a script
LARGEST_FILE = 51 * uploads.MB  # one file of 50 MB, and the form around it


@blueprint.get("/past")
def past() -> Any:
    """Say how past documents come in, and take their register."""
    imports.demand(person(), waiting.KIND)
    return _start()


@blueprint.post("/past")
@uploads.takes(33 * uploads.MB)
def begin_past() -> Any:
    """Open an import with its register, and go on to its files."""
    imports.demand(person(), waiting.KIND)
    try:
        public_id = waiting.open_import(person(), *_sent("workbook"))
    except NotReady as refusal:
        return _start(say_all(refusal.reasons)), 422
    return redirect(url_for("imports.past_import", public_id=public_id))


@blueprint.get("/past/<public_id>")
def past_import(public_id: str) -> Any:
    """Show how far an import is: its files, what the check found, how much is in, the report."""
    return _show(public_id)


@blueprint.post("/past/<public_id>/register")
@uploads.takes(33 * uploads.MB)
def mend_past(public_id: str) -> Any:
    """Take a mended register in the place of the first, and check again."""
    return _do(public_id, _mend)


def _mend(public_id: str) -> None:
    waiting.replace_register(person(), public_id, *_sent("workbook"))
    waiting.ask_check(person(), public_id)


@blueprint.post("/past/<public_id>/files")
@uploads.takes(LARGEST_FORM)
def add_past_files(public_id: str) -> Any:
    """Take files, or a ZIP of them, that a form brings."""
    return _do(public_id, _add)


def _add(public_id: str) -> None:
    sent = [file for file in request.files.getlist("files") if file.filename]
    if not sent:
        raise NotReady([Reason("Choose files first")])
    for file in sent:
        waiting.add_files(person(), public_id, unpacking.files_in(file.filename or "", file.stream))


@blueprint.get("/past/<public_id>/files.json")
def past_files(public_id: str) -> Any:
    """Tell which files are there already, so that an upload that was cut off goes on."""
    imports.find(office.session(), person(), waiting.KIND, public_id, lock=False)
    return {"files": waiting.files(public_id)}


@blueprint.post("/past/<public_id>/file")
@uploads.takes(LARGEST_FILE)
def add_past_file(public_id: str) -> Any:
    """Take one file that the page's script sends, under the name it has in its folder."""
    sent = request.files.get("file")
    try:
        if sent is None:
            raise NotReady([Reason("Choose files first")])
        waiting.add_file(person(), public_id, request.form.get("name", ""), sent.read())
    except NotReady as refusal:
        return {"reasons": say_all(refusal.reasons)}, 422
    return {}, 201


@blueprint.post("/past/<public_id>/check")
def check_past(public_id: str) -> Any:
    """Have what was collected checked."""
    return _do(public_id, lambda public_id: waiting.ask_check(person(), public_id))


@blueprint.post("/past/<public_id>/confirm")
def confirm_past(public_id: str) -> Any:
    """Let what was checked go in."""
    seen = request.form.get("seen", "")
    return _do(public_id, lambda public_id: waiting.confirm(person(), public_id, seen))


@blueprint.post("/past/<public_id>/again")
def again_past(public_id: str) -> Any:
    """Try the job anew that came to nothing."""
    return _do(public_id, lambda public_id: waiting.ask_again(person(), public_id))


@blueprint.post("/past/<public_id>/break-off")
def break_off_past(public_id: str) -> Any:
    """End an import that cannot go on."""
    return _do(public_id, lambda public_id: waiting.break_off(person(), public_id))


@blueprint.post("/past/<public_id>/files/remove")
def remove_past_files(public_id: str) -> Any:
    """Throw the files away and keep the register."""
    return _do(public_id, lambda public_id: waiting.remove_files(person(), public_id))


@blueprint.post("/past/<public_id>/discard")
def discard_past(public_id: str) -> Any:
    """Throw an import away that has not begun."""
    try:
        waiting.discard(person(), public_id)
    except NotReady as refusal:
        return _show(public_id, say_all(refusal.reasons), 409)
    return redirect(url_for("imports.index"))


@blueprint.get("/past/<public_id>/report.xlsx")
def send_past_report(public_id: str) -> Any:
    """Send everything that was found as a workbook."""
    found = imports.find(office.session(), person(), waiting.KIND, public_id, lock=False)
    return xlsx(past_report.workbook(found.report), f"{gettext('Report')} {found.name}")


def _sent(field: str) -> tuple[str, bytes]:
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        raise NotReady([Reason("Choose the workbook first")])
    return sent.filename, sent.read()


def _do(public_id: str, act: Any) -> Any:
    """Do something with an import and show it again; a refusal stands above it."""
    try:
        act(public_id)
    except NotReady as refusal:
        office.refresh()
        return _show(public_id, say_all(refusal.reasons), 422)
    return redirect(url_for("imports.past_import", public_id=public_id))


def _start(problems: list[str] | None = None) -> str:
    return render_template("imports/past.html", problems=problems or [])


def _show(public_id: str, told: list[str] | None = None, status: int = 200) -> Any:
    session = office.session()
    one = imports.find(session, person(), waiting.KIND, public_id, lock=False)
    trouble = waiting.trouble(session, one)
    under_way = one.state in ("checking", "running") and not trouble
    page = render_template(
        "imports/past_import.html",
        one=one,
        report=one.report,
        told=told or [],
        trouble=trouble,
        under_way=under_way,
        files=waiting.files(public_id),
        errors=[read_finding(kept) for kept in one.report.get("errors", [])],
        warnings=[read_finding(kept) for kept in one.report.get("warnings", [])],
        shown=SHOWN,
        states=state_names(),
        tones=TONES,
    )
    return page, status, {"Refresh": str(LOOK_AGAIN_SECONDS)} if under_way and not told else {}
