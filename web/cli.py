"""The office's commands, in Flask's own command line."""

import json
import signal
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from states.errors import ProcedureError
from workflow import jobs, opening, papers, rendering, verify
from workflow.demonstration import history
from workflow.errors import ContentError, Unusable


def init_app(app: Flask) -> None:
    for command in (migrate, demo, jobs_group, verify_command, docgen):
        app.cli.add_command(command)


def open_office() -> None:
    config = current_app.config
    try:
        opening.open_installation(config["DATABASE_URL"], config["DATA"], config["PROCEDURES"])
    except (Unusable, ProcedureError) as error:
        raise click.ClickException(str(error)) from error


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


jobs_group = AppGroup("jobs", help="Work that is done after a commit.")


@jobs_group.command("work")
def work() -> None:
    """Do jobs as they come, until told to stop."""
    open_office()
    stopped = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.append(True))
    jobs.work(papers.HANDLERS, stop=lambda: bool(stopped))


@click.command("verify")
@with_appcontext
def verify_command() -> None:
    """Check movements, chain, files and numbers; print a line a finding."""
    open_office()
    found = list(verify.findings())
    for line in found:
        click.echo(line)
    raise SystemExit(1 if found else 0)


docgen = AppGroup("docgen", help="The layout, without the office.")


@docgen.command("render")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def render(source: Path, target: Path) -> None:
    """Lay out SOURCE ({content, number, dated, printed_on, signatories} as JSON) into TARGET (DOCX)."""
    try:
        given = json.loads(source.read_text(encoding="utf-8"))
        docx, sha256 = rendering.render_alone(given)
    except (ValueError, TypeError) as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        raise click.ClickException(
            "\n".join(f"{p.where}: {p.message % p.params}" for p in error.problems)
        ) from error
    target.write_bytes(docx)
    click.echo(sha256)
