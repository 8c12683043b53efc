"""Commands on the database: bring it up to date, load the demonstration office, check the record."""

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from workflow import opening, verify
from workflow.demonstration import history

from .opened import open_office


@click.command("migrate")
@click.option("--demo", "with_demo", is_flag=True, help="Load the demonstration office, too.")
@with_appcontext
def migrate(with_demo: bool) -> None:
    """Bring the database's schema up to date."""
    opening.prepare(current_app.config["DATABASE_URL"], current_app.config["DATA"])
    if with_demo:
        load_demonstration()


demo = AppGroup("demo", help="The demonstration office.")


@demo.command("load")
def load_demo() -> None:
    """Load the demonstration office if the database is empty, or finish a half-loaded one."""
    load_demonstration()


def load_demonstration() -> None:
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("a production office takes no accounts with a known password")
    open_office()
    if history.is_wanted():
        click.echo(f"{history.load()} documents")


@click.command("verify")
@with_appcontext
def verify_command() -> None:
    """Check movements, chain, files and numbers; print a line a finding."""
    open_office()
    found = list(verify.findings())
    for line in found:
        click.echo(line)
    raise SystemExit(1 if found else 0)


COMMANDS = (migrate, demo, verify_command)
