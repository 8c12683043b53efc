"""Commands that keep an office: back it up, bring it back, say what is wrong with it."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext

from workflow import verify
from workflow.errors import Damaged, Unusable
from workflow.installation import here
from workflow.keeping import backup as backups
from workflow.keeping import doctor, restore
from workflow.keeping.machine import Place
from workflow.keeping.manifest import LastNumber, Manifest

from ..language import moment, say
from .opened import open_office

NUMBER = re.compile(r"^(?P<code>.+?)〔(?P<year>\d{4})〕(?P<serial>\d{1,6})号?$")


@click.command("backup")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def backup_command(folder: Path | None) -> None:
    """Back up database and files into FOLDER (HONGTOU_BACKUP_DIR), while the office goes on working."""
    open_office()
    try:
        made = backups.back_up(folder or here().backups)
    except (Unusable, Damaged) as error:
        raise click.ClickException(str(error)) from error
    wrong = list(backups.damage(made))
    for line in wrong:
        click.echo(line, err=True)
    click.echo(made)
    raise SystemExit(1 if wrong else 0)


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--last", "last", multiple=True, help="The last number on paper: 豫直文明办〔2026〕40号.")
@with_appcontext
def restore_command(folder: Path, last: tuple[str, ...]) -> None:
    """Restore the backup in FOLDER into an empty place; asks for the last number on paper of each series."""
    config = current_app.config
    try:
        described = restore.plan(folder, config["DATABASE_URL"], config["DATA"])
        on_paper = list(_on_paper(described, [_read(number) for number in last]))
        restore.restore(folder, config["DATABASE_URL"], config["DATA"], config["PROCEDURES"], on_paper)
    except (Unusable, Damaged) as error:
        raise click.ClickException(str(error)) from error
    found = list(verify.findings())
    for line in found:
        click.echo(line, err=True)
    click.echo(gettext("Restored as it was at %(at)s", at=moment(described.made_at)))
    raise SystemExit(1 if found else 0)


def _read(text: str) -> LastNumber:
    number = NUMBER.match(text.strip())
    if number is None:
        raise click.ClickException(
            gettext(
                "%(number)s is no number such as %(example)s", number=text, example="豫直文明办〔2026〕40号"
            )
        )
    return LastNumber(number["code"], int(number["year"]), int(number["serial"]))


def _on_paper(described: Manifest, given: list[LastNumber]) -> Iterator[LastNumber]:
    """Yield the last number on paper of every series, as it was given or as the person answers now."""
    yield from given
    told = {(number.agency_code, number.year) for number in given}
    latest = {number.agency_code: number for number in described.numbers}  # the last year of each
    for number in latest.values():
        if (number.agency_code, number.year) in told:
            continue
        name = f"{number.agency_code}〔{number.year}〕"
        if not sys.stdin.isatty():
            raise click.ClickException(
                gettext(
                    "Say with --last which number of %(series)s is the last on paper (backed up: %(serial)s)",
                    series=name,
                    serial=number.serial,
                )
            )
        asked = gettext("The last number on paper of %(series)s", series=name)
        serial = click.prompt(asked, default=number.serial, type=click.IntRange(min=0))
        yield LastNumber(number.agency_code, number.year, serial)


@click.command("doctor")
@with_appcontext
def doctor_command() -> None:
    """Say in words what is wrong with this installation."""
    config = current_app.config
    place = Place(
        config["DATABASE_URL"], config["DATA"], config["PROCEDURES"], config["BACKUPS"], config["PRODUCTION"]
    )
    ill = 0
    for check in doctor.examine(place):
        ill += check.ill is not None
        click.echo(f"✗ {say(check.subject)}: {say(check.ill)}" if check.ill else f"✓ {say(check.subject)}")
    raise SystemExit(1 if ill else 0)


COMMANDS = (backup_command, restore_command, doctor_command)
