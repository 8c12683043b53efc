"""Commands on the working calendar: show what is loaded, load a year's list of holidays."""

from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from workflow import holiday_lists
from workflow.errors import NotReady
from workflow.installation import read_tx
from workflow.office import working_calendar

from ..language import moment, say, say_all
from .opened import open_office

calendar = AppGroup("calendar", help="The working calendar.")


@calendar.command("show")
@click.argument("year", type=int, required=False)
def show(year: int | None) -> None:
    """Print the years that are loaded, or the list of one YEAR as `load` reads it."""
    open_office()
    with read_tx() as session:
        if year is not None:
            click.echo(holiday_lists.written(working_calendar.days_of(session, year)), nl=False)
            return
        for one in working_calendar.years(session):
            click.echo(f"{one.year}  {one.source}  {moment(one.at)}  {one.by}".rstrip())


@calendar.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what is wrong with it.")
def load(file: Path, dry_run: bool) -> None:
    """Load the list in FILE (XLSX, CSV: date, holiday or workday, name) in place of its years."""
    open_office()
    try:
        reading = holiday_lists.read_list(holiday_lists.text_of_file(file.name, file.read_bytes()))
    except NotReady as refusal:
        raise click.ClickException("\n".join(say_all(refusal.reasons))) from refusal
    for fault in reading.faults:
        click.echo(gettext("Line %(row)s", row=fault.row) + f": {say(fault.reason)}", err=True)
    if reading.faults:
        raise SystemExit(1)
    if not dry_run:
        working_calendar.load(None, reading, file.name)
    click.echo(", ".join(map(str, reading.years)))


COMMANDS = (calendar,)
