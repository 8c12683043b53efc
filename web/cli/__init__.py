"""The office's commands, in Flask's own command line: a module for each noun."""

from flask import Flask

from . import calendar, database, jobs, keeping, office, paper, procedures


def init_app(app: Flask) -> None:
    for module in (calendar, database, jobs, keeping, office, paper, procedures):
        for command in module.COMMANDS:
            app.cli.add_command(command)
