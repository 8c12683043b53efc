"""Put the application together."""

from flask import Flask

import web
from config import ROOT, Settings, read_settings
from workflow.channels import Channels


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application without opening the database: `flask migrate` has to run on an old one."""
    settings = settings or read_settings()
    app = Flask("hongtou", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        DATA=settings.data,
        DATABASE_URL=settings.database_url,
        PROCEDURES=settings.procedures,
        BACKUPS=settings.backups,
        CHANNELS=Channels(
            settings.smtp_url, settings.webhook_url, settings.webhook_secret, settings.titles_outside
        ),
        PRODUCTION=settings.production,
        SESSION_COOKIE_SECURE=settings.production,
        SESSION_COOKIE_NAME="__Host-session" if settings.production else "session",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "web" / "translations"),
    )
    web.init_app(app)
    return app


def serve() -> Flask:
    """Build the application and open the office, for the web server; raises when it cannot be used."""
    app = create_app()
    web.open_office(app)
    return app
