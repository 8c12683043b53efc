"""Turn every refusal into a page or into problem+json, with every reason, in the reader's language."""

import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_babel import gettext
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from workflow import errors as e

from .language import say, say_all

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
    words = {
        e.NotFound: gettext("There is no such document, or it is not for you to see."),
        e.Stale: gettext("The document has changed since you opened it."),
        e.KeyReused: gettext("This key was used before, with another request."),
        e.Busy: gettext("The system is busy; nothing was done. Please try again in a moment."),
        e.ConverterMissing: gettext("LibreOffice is not installed here: there is no PDF and no preview."),
    }
    return [words.get(type(error), gettext("Something went wrong."))]


def forged(error: CSRFError) -> Any:
    return answer(
        400, [gettext("This page was open too long. What you typed is below; please send it again.")]
    )


def failed_http(error: HTTPException) -> Any:
    if error.code is not None and error.code < 400:
        return error
    words = {
        401: gettext("Please sign in first."),
        404: gettext("There is no such page."),
        405: gettext("This address does not take such a request."),
        413: gettext("This is too large."),
        415: gettext("Send this as application/json."),
        429: gettext("Too many requests; please wait."),
    }
    code = error.code or 500
    return answer(code, [words.get(code, error.description or gettext("Something went wrong."))])


def failed(error: Exception) -> Any:
    log.exception("request failed: %s %s", request.method, request.path)
    if current_app.testing:
        raise error
    return answer(500, [gettext("Something went wrong. Nothing was done.")])


def answer(status: int, reasons: list[str]) -> Any:
    """Answer with a status and its reasons: a problem for the API, a page for the browser."""
    title = HTTPStatus(status).phrase
    if request.path.startswith("/api/") or request.is_json:
        body = {"type": "about:blank", "title": title, "status": status, "reasons": reasons}
        response = current_app.json.response({**body, "detail": "; ".join(reasons)})
        response.content_type = "application/problem+json"
        response.status_code = status
    else:
        # a form that moved on is a conflict to a person, whatever the protocol calls it
        status = 409 if status == 412 else status
        typed = [
            (name, value)
            for name, value in request.form.items(multi=True)
            if name not in ("csrf_token", "version")
        ]
        page = render_template(
            "errors/refused.html",
            status=status,
            reasons=reasons,
            typed=typed,
            known=bool(getattr(current_user, "is_authenticated", False)),
        )
        response = current_app.make_response((page, status))
    if status in (429, 503):
        response.headers["Retry-After"] = "3"
    return response
