"""Commands on the layout, without the office."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from workflow import intake_alone, rendering
from workflow.errors import ContentError

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

docgen = AppGroup("docgen", help="The layout, without the office.")


@docgen.command("render")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--pictures", type=_FOLDER, help="Where the pictures lie; by default beside SOURCE.")
def render(source: Path, target: Path, pictures: Path | None) -> None:
    """Lay out SOURCE into TARGET (DOCX).

    SOURCE is JSON: {content, number, dated, printed_on, signatories, posts, copy_number}.
    """
    try:
        given = json.loads(source.read_text(encoding="utf-8"))
        docx, sha256 = rendering.render_alone(given, pictures or source.parent)
    except (ValueError, TypeError) as error:
        raise click.ClickException(str(error)) from error
    except ContentError as error:
        raise click.ClickException(
            "\n".join(f"{p.where}: {p.message % p.params}" for p in error.problems)
        ) from error
    target.write_bytes(docx)
    click.echo(sha256)


@docgen.command("intake")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pictures", type=click.Path(file_okay=False, path_type=Path), help="Where pictures go.")
def intake(source: Path, pictures: Path | None) -> None:
    """Print what SOURCE (DOCX, or plain text) holds, as JSON that `docgen render` takes.

    Its pictures are named there, and written with --pictures. What was mended, and lines that were not
    understood, go to standard error.
    """
    try:
        found, told, drawn = intake_alone.intake_alone(source.read_bytes(), source.name)
    except ContentError as error:
        raise click.ClickException("\n".join(p.message % p.params for p in error.problems)) from error
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        for name, data in drawn.items():
            (pictures / name).write_bytes(data)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    for line in told:
        click.echo(line, err=True)


COMMANDS = (docgen,)
