"""The command that opens an office from a folder: its workbook, its former register, their files."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import gettext

from workflow.errors import NotReady
from workflow.intake import folder as folders
from workflow.intake.findings import Finding
from workflow.intake.office import Newcomer, passwords_workbook

from ..language import say
from .opened import open_office

PASSWORDS = "初始口令.xlsx"
STEPS = 10  # lines that a run's progress takes


@click.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--passwords", type=click.Path(dir_okay=False, path_type=Path), help="Where passwords go.")
@with_appcontext
def import_folder(folder: Path, dry_run: bool, passwords: Path | None) -> None:
    """Take in FOLDER's 开办表.xlsx, 发文登记簿.xlsx and the files in the folders below it."""
    open_office()
    target = passwords or folder / PASSWORDS

    def hand_out(newcomers: Sequence[Newcomer]) -> Callable[[], None]:
        _write_for_us(target, passwords_workbook(newcomers))
        return target.unlink

    try:
        taken = folders.take_in(folder, dry_run=dry_run, hand_out=hand_out, tell=_tell())
    except NotReady as refusal:
        raise click.ClickException("\n".join(map(say, refusal.reasons))) from refusal
    except FileExistsError as error:
        raise click.ClickException(gettext("%(file)s is there already", file=str(target))) from error
    for line in report(taken, dry_run):
        click.echo(line)
    if taken.findings:
        raise SystemExit(1)
    if taken.newcomers:
        click.echo(gettext("The passwords of the new accounts are in %(file)s", file=str(target)))


def _write_for_us(path: Path, content: bytes) -> None:
    """Write a new file that nobody else can read; raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def report(taken: folders.Taken, dry_run: bool) -> Iterator[str]:
    """Yield what is wrong, a line each; or what was done, or would be."""
    for workbook, finding in taken.findings:
        yield f"{workbook}: {line_of(finding)}"
    if taken.findings:
        yield gettext("%(count)s errors; nothing was changed", count=len(taken.findings))
        return
    if dry_run:
        yield gettext("Nothing was changed; this is what would be done:")
    if taken.plan is not None:
        for sheet, (added, changed, same) in taken.plan.report()["counts"].items():
            counts = {"sheet": sheet, "added": added, "changed": changed, "same": same}
            yield gettext("%(sheet)s: %(added)s added, %(changed)s changed, %(same)s as it is", **counts)
    if taken.before:
        yield gettext("%(file)s was taken in before", file=folders.REGISTER)
    for warning in taken.checked.warnings if taken.checked else ():
        yield f"{folders.REGISTER}: {line_of(warning)}"
    if taken.report is not None:
        yield from _past(taken.report, taken.report["documents"])
    elif taken.checked is not None:
        yield from _past(taken.checked.report, len(taken.checked.documents))


def line_of(finding: Finding) -> str:
    """Return a finding as one line: sheet, row, column, heading, reason."""
    place = {name: getattr(finding, name) for name in ("sheet", "row", "column", "heading")}
    place["reason"] = say(finding.reason)
    if finding.row and finding.column:
        return gettext("%(sheet)s, row %(row)s, column %(column)s %(heading)s: %(reason)s", **place)
    if finding.row:
        return gettext("%(sheet)s, row %(row)s %(heading)s: %(reason)s", **place)
    if finding.column:
        return gettext("%(sheet)s, column %(column)s %(heading)s: %(reason)s", **place)
    return gettext("%(sheet)s: %(reason)s", **place) if finding.sheet else place["reason"]


def _past(found: Mapping[str, Any], documents: int) -> Iterator[str]:
    holes = sum(len(hole["serials"]) for hole in found["holes"])
    counts = {
        "documents": documents,
        "files": documents - len(found["without_file"]),
        "holes": holes,
        "duplicates": len(found["duplicates"]),
    }
    yield gettext(
        "Past documents: %(documents)s, %(files)s of them with a file; %(holes)s missing numbers,"
        " %(duplicates)s numbers that two documents have",
        **counts,
    )
    for number in found["next"].values():
        yield gettext("The next number is %(number)s; the registrar confirms it", number=number)


def _tell() -> Any:
    """Return what reports progress: a line each tenth."""
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        tenth = done * STEPS // total if total else 0
        if tenth < told:
            told = 0
        if tenth > told:
            told = tenth
            click.echo(f"{done}/{total}", err=True)

    return tell
