"""Commands on the office itself."""

import click
from flask.cli import AppGroup

from workflow.errors import NotReady
from workflow.office import accounts

from .intake import import_folder
from .opened import open_office

office = AppGroup("office", help="The office itself.")
office.add_command(import_folder)


@office.command("administrator")
@click.argument("username")
@click.argument("name")
@click.option("--another", is_flag=True, help="Although there is an administrator.")
def administrator(username: str, name: str, another: bool) -> None:
    """Open the account of the first administrator; print its one-time password."""
    open_office()
    try:
        password = accounts.first_administrator(username, name, another=another)
    except NotReady as refusal:
        reasons = (reason.message % reason.params for reason in refusal.reasons)
        raise click.ClickException("\n".join(reasons)) from refusal
    click.echo(password)


COMMANDS = (office,)
