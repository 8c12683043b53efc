"""Open the office that a command works on."""

import click
from flask import current_app

from states.errors import ProcedureError
from workflow import opening
from workflow.errors import Unusable


def open_office() -> None:
    """Open the installation of the settings, or end the command saying why that cannot be."""
    config = current_app.config
    try:
        opening.open_installation(
            config["DATABASE_URL"],
            config["DATA"],
            config["PROCEDURES"],
            config["BACKUPS"],
            config["CHANNELS"],
        )
    except (Unusable, ProcedureError) as error:
        raise click.ClickException(str(error)) from error
