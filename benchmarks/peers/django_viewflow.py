"""Carry notices through django-viewflow: python django_viewflow.py DATABASE.

The first line of the input is the text, each further one how many notices; the answer is how many seconds
they took. Each step is taken as viewflow's own view takes it: the person and the task are looked up,
permission is asked, and the step runs under the flow's lock in one transaction.
"""

import json
import sys
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings

Text = dict[str, str]

STEPS = (
    ("drafter", "submit", ""),
    ("unit_head", "review", "同意。"),
    ("countersigner1", "countersign1", "同意。"),
    ("countersigner2", "countersign2", ""),
    ("signatory", "sign", "同意，请印发。"),
    ("registrar", "register", ""),
)


def main(database: str) -> None:
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "OPTIONS": {
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                    "transaction_mode": "IMMEDIATE",
                },
            }
        },
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "viewflow",
            "viewflow.workflow",
            "office",
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    _set_up()
    text = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        begun = perf_counter()
        last = [_carry_through(text) for _ in range(int(line))][-1]
        seconds = perf_counter() - begun
        _check(last, text)
        print(seconds, flush=True)


def _set_up() -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for username in dict.fromkeys(username for username, _, _ in STEPS):
        User.objects.create_user(username)


def _carry_through(text: Text) -> int:
    process = _draft(text)
    for username, step, comment in STEPS:
        _take(process, username, step, comment)
    return process


def _draft(text: Text) -> int:
    from django.contrib.auth.models import User
    from django.db import transaction
    from office.flows import NoticeFlow

    node = NoticeFlow.draft
    with transaction.atomic():
        user = User.objects.get(username="drafter")
        activation = node.activation_class.create(node, None, None)
        _allow(node.can_execute(user, activation.task))
        activation.start(SimpleNamespace(user=user))
        for name, value in text.items():
            setattr(activation.process, name, value)
        activation.process.save()
        activation.execute()
    return int(activation.process.pk)


def _take(process: int, username: str, step: str, comment: str) -> None:
    from django.contrib.auth.models import User
    from django.db import transaction
    from office.flows import NoticeFlow

    node: Any = getattr(NoticeFlow, step)
    with NoticeFlow.lock(process), transaction.atomic():
        user = User.objects.get(username=username)
        task = NoticeFlow.task_class.objects.get(process_id=process, flow_task=node)
        _allow(node.can_execute(user, task=task))
        activation = node.activation_class(task)
        activation.start(SimpleNamespace(user=user))
        activation.task.data["comment"] = comment
        activation.execute()


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionError("the step is not this person's")


def _check(process: int, text: Text) -> None:
    from office.models import Notice

    notice = Notice.objects.get(pk=process)
    done = notice.task_set.filter(status="DONE", flow_task_type__in=("HUMAN", "HUMAN_START")).count()
    if (notice.status, notice.title, done) != ("DONE", text["title"], len(STEPS) + 1):
        raise AssertionError("the notice did not come to its end")


if __name__ == "__main__":
    main(sys.argv[1])
