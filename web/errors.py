"""Turn every refusal into a page or into problem+json, with every reason, in the reader's language."""

import logging
from typing import Any

from flask import Flask, current_app, make_response, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from workflow import errors as e

from . import auth
from .addresses import here
from .language import say, say_all
from .typed import typed

log = logging.getLogger(__name__)

STATUS: dict[type[Exception], int] = {
    e.NotAllowed: 403,
    e.NotFound: 404,
    e.NoSuchStep: 409,
    e.Stale: 412,
    e.NotReady: 422,
    e.ContentError: 422,
    e.KeyReused: 422,
    e.WrongLogin: 401,
    e.Busy: 503,
    e.ConverterMissing: 503,
}
TITLES = {
    400: _("The request could not be read"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible here"),
    409: _("Not possible any more"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Wrong kind of content"),
    422: _("Not ready yet"),
    428: _("The version is missing"),
    429: _("Too many requests"),
    500: _("Something went wrong"),
    503: _("Not available just now"),
}
WORDS: dict[type[Exception], Any] = {
    e.NotFound: _("There is no such document, or it is not for you to see."),
    e.Stale: _("The document has changed since you opened it. What you typed is below."),
    e.KeyReused: _("This key was used before, with another request."),
    e.Busy: _("The system is busy; nothing was done. Please try again in a moment."),
    e.ConverterMissing: _("LibreOffice is not installed here: there is no PDF and no preview."),
}
HTTP_WORDS = {
    400: _("The request is damaged, or something is missing from it."),
    401: _("Please sign in first."),
    404: _("There is no such page."),
    405: _("This address does not take such a request."),
    413: _("This is too large."),
    415: _("Send this as application/json."),
    429: _("Too many requests; please wait."),
}
RETRY_SECONDS = "3"


def init_app(app: Flask) -> None:
    for kind in STATUS:
        app.register_error_handler(kind, refused)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, failed_http)
    app.register_error_handler(Exception, failed)


def refused(error: Exception) -> Any:
    return answer(STATUS[next(kind for kind in type(error).__mro__ if kind in STATUS)], reasons_of(error))


def reasons_of(error: Exception) -> list[str]:
    """Return what to tell about an error, in the reader's language."""
    if isinstance(error, e.Refused | e.WrongLogin):
        return say_all(error.reasons)
    if isinstance(error, e.ContentError):
        return [
            f"{problem.where}: {say(problem)}" if problem.where else say(problem)
            for problem in error.problems
        ]
    return [str(WORDS[next(kind for kind in type(error).__mro__ if kind in WORDS)])]


def forged(error: CSRFError) -> Any:
    """Answer a form whose token is missing or old: what was typed can be sent again with a new one."""
    if request.endpoint == "auth.sign_in":
        return auth.ask_again(gettext("This page was open too long; please sign in once more.")), 400
    return answer(400, [gettext("This page was open too long; nothing was done.")], again=True)


def failed_http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    response = answer(error.code, [str(HTTP_WORDS.get(error.code, TITLES[500]))])
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    return response


def failed(error: Exception) -> Any:
    log.exception("request failed: %s %s", request.method, request.path)
    if current_app.testing:
        raise error
    return answer(500, [gettext("Something went wrong. Nothing was done.")])


def answer(status: int, reasons: list[str], *, again: bool = False) -> Any:
    """Answer with a status and its reasons: a problem for programs, a page for people.

    again: offer to send the same form once more; what is not available now can always be sent again.
    """
    if request.path.startswith("/api/") or request.is_json:
        response = _problem(status, reasons)
    else:
        response = _page(status, reasons, again or status == 503)
    if status in (429, 503):
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _problem(status: int, reasons: list[str]) -> Any:
    problem = {
        "type": "about:blank",
        "title": str(TITLES.get(status, TITLES[500])),
        "status": status,
        "detail": "; ".join(reasons),
        "reasons": reasons,
    }
    response = current_app.json.response(problem)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _page(status: int, reasons: list[str], again: bool) -> Any:
    title = str(TITLES.get(status, TITLES[500]))
    # a form that moved on is a conflict to a person, whatever the protocol calls it
    status = 409 if status == 412 else status
    document = (request.view_args or {}).get("public_id")
    page = render_template(
        "errors/refused.html",
        status=status,
        title=title,
        reasons=reasons,
        typed=typed(),
        again=here() if again and request.method == "POST" else None,
        document=document if status in (409, 422) else None,
        bare=status >= 500,  # whatever is broken, this page needs none of it
    )
    return make_response(page, status)
