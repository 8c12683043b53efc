"""Commands on procedures: do they hold, who would get what, which documents can go on by a new one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import gettext

from states.deadlines import Deadline
from states.errors import ProcedureError, Refused
from states.procedure import Procedure
from workflow import procedures as rulebook
from workflow.directory import find_by_usernames
from workflow.installation import here, read_tx
from workflow.rulebook import carrying_over
from workflow.rulebook.rehearsing import Halt, rehearse, sample_of
from workflow.rulebook.unheld import unheld

from ..language import label, say, say_all
from .opened import open_office

procedures = AppGroup("procedures", help="The office's procedures.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@procedures.command("check")
@click.argument("file", required=False, type=FILE)
def check(file: Path | None) -> None:
    """Check FILE, or the procedures in use: faults of the file, stages at which nobody could act."""
    open_office()
    found = False
    for procedure in [_load(file)] if file else here().procedures.values():
        with read_tx() as session:
            stops = unheld(session, procedure)
        for stop in stops:
            words = {"stage": label(stop.label), "unit": stop.unit, "agency": stop.agency}
            click.echo(gettext("%(stage)s: nobody could act on what %(unit)s drafts for %(agency)s", **words))
            click.echo("  " + "、".join(stop.types))
        found = found or bool(stops)
        click.echo(f"{procedure.kind} {procedure.hash[:8]}: {len(procedure.line)}")
    raise SystemExit(1 if found else 0)


@procedures.command("rehearse")
@click.argument("drafter")
@click.option("--file", "file", type=FILE, help="A procedure that is not in use yet.")
@click.option("--kind", default="notice", show_default=True)
@click.option("--agency", default="", help="In whose name; by default the drafter's.")
@click.option("--type", "type_", default="通知", show_default=True)
@click.option("--urgency", type=click.Choice(["加急", "特急"]))
@click.option("--unsealed", is_flag=True)
@click.option("--countersigner", "countersigners", multiple=True)
def rehearse_command(
    drafter: str, file: Path | None, kind: str, type_: str, unsealed: bool, **more: Any
) -> None:
    """Walk a sample document of DRAFTER through a procedure; print who would get it at each stage."""
    open_office()
    procedure = _load(file) if file else _in_use(kind)
    with read_tx() as session:
        try:
            known = {"type": type_, "seal": not unsealed, **more}
            sample = sample_of(session, drafter, kind=procedure.kind, **known)
        except Refused as refusal:
            raise click.ClickException("\n".join(say_all(refusal.reasons))) from refusal
        halts = rehearse(session, procedure, sample)
    for halt in halts:
        click.echo(_line(halt))
    raise SystemExit(1 if any(_is_stuck(procedure, halt) for halt in halts) else 0)


@procedures.command("migrate")
@click.option("--kind", default="notice", show_default=True)
@click.option("--by", "by", help="The administrator in whose name documents are moved; without it none is.")
def migrate(kind: str, by: str | None) -> None:
    """Say which documents under way can go on by the newest version of their procedure, and move those."""
    open_office()
    _in_use(kind)
    administrator = _account(by) if by else None
    stays = 0
    for one in carrying_over.candidates(kind):
        reasons: Sequence[str] = say_all(one.reasons)
        if administrator and not one.reasons:
            try:
                carrying_over.carry_over(administrator, one.id)
            except Refused as refusal:
                raise click.ClickException("\n".join(say_all(refusal.reasons))) from refusal
        click.echo(
            "\t".join((one.id, one.title, one.state, *(reasons or [gettext("goes on by the new one")])))
        )
        stays += bool(reasons)
    raise SystemExit(1 if stays else 0)


def _load(file: Path) -> Procedure:
    try:
        return rulebook.load_file(file)
    except ProcedureError as error:
        raise click.ClickException(str(error)) from error


def _account(username: str) -> int:
    with read_tx() as session:
        found = find_by_usernames(session, [username]).get(username)
    if found is None:
        raise click.ClickException(gettext("There is no active account %(name)s", name=username))
    return found.id


def _in_use(kind: str) -> Procedure:
    procedure = here().procedures.get(kind)
    if procedure is None:
        raise click.ClickException(gettext("There is no procedure %(kind)s", kind=kind))
    return procedure


def _is_stuck(procedure: Procedure, halt: Halt) -> bool:
    return not (halt.holders or halt.skipped or procedure.stages[halt.stage].final)


def _line(halt: Halt) -> str:
    names = "、".join(f"{person.name}（{person.title()}）" for person in halt.holders)
    if halt.skipped:
        names = gettext("passed over: %(reason)s", reason=say(halt.skipped))
    return "\t".join((halt.stage, label(halt.label), names or "–", _time(halt.deadline)))


def _time(deadline: Deadline | None) -> str:
    return f"{deadline.ordinary.amount:g}{deadline.ordinary.unit[0]}" if deadline else ""


COMMANDS = (procedures,)
