"""Show the office in the browser and over the API: each request becomes one call of workflow."""

from flask import Blueprint, Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from workflow import opening

from . import api, auth, cli, due, errors, headers, language, office, standing, uploads, words

LARGEST_REQUEST = 4 * 1024 * 1024


def init_app(app: Flask) -> None:
    """Register everything that answers a request or a command."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # the session's own end is the limit; typed text must not die of a token
        WTF_CSRF_CHECK_DEFAULT=False,  # checked in auth, after the person is known, and not for the API
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    Bootstrap5(app)
    language.init_app(app)
    words.init_app(app)
    due.init_app(app)
    standing.init_app(app)
    office.init_app(app)
    uploads.init_app(app)  # before auth, whose check of a token reads the form
    auth.init_app(app, CSRFProtect(app))
    errors.init_app(app)
    headers.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    for blueprint in pages():
        app.register_blueprint(blueprint)


def pages() -> list[Blueprint]:
    from . import (
        administration,
        applicants,
        archive,
        assessments,
        campaigns,
        conferring,
        consulting,
        delegations,
        deliberating,
        desk,
        documents,
        due_lists,
        health,
        help,
        imports,
        opinion_phrases,
        papers,
        passwords,
        portal,
        procedures,
        public,
        rechecking,
        register,
        reminders,
        sending,
        title_acts,
        titles,
    )

    parts = (
        *(auth, passwords, reminders, opinion_phrases, desk, documents, papers, register, sending, archive),
        *(portal, campaigns, applicants, assessments, delegations, administration, imports, procedures),
        *(consulting, deliberating, public, conferring, titles, title_acts, rechecking, due_lists),
        *(help, health),
    )
    return [module.blueprint for module in parts]


def open_office(app: Flask) -> None:
    """Open the installation that the application serves; raises Unusable."""
    config = app.config
    opening.open_installation(
        config["DATABASE_URL"],
        config["DATA"],
        config["PROCEDURES"],
        config["BACKUPS"],
        config["CHANNELS"],
    )
    if config["PRODUCTION"]:
        opening.refuse_demonstration_accounts()
