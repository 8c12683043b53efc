"""Procedures by page and by command."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from app import create_app
from states.loader import load_text
from tests.web.conftest import settings_in
from tests.workflow.applications.campaign import open_campaign
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from workflow import procedures
from workflow.effects import EFFECTS
from workflow.installation import here
from workflow.rulebook import carrying_over

SignIn = Callable[..., FlaskClient]
Run = Callable[..., Result]


def test_the_page_draws_the_procedure_with_what_stands_where(office_app: Flask, sign_in: SignIn) -> None:
    page = html.fromstring(sign_in("clerk").get("/procedures", follow_redirects=True).text)
    (picture,) = page.xpath("//*[local-name()='svg']")
    stages = picture.xpath(".//*[@data-stage]/@data-stage")
    assert set(stages) == set(here().procedures["notice"].stages)
    rows = {row.xpath("string(th)"): row.xpath("string(td[1])") for row in page.xpath("//tbody/tr")}
    assert int(rows["签发"]) > 0
    boxes = {box.get("data-stage"): box.xpath("string(.)") for box in picture.xpath(".//*[@data-stage]")}
    assert f"签发 ({rows['签发']})" in boxes["signing"]


def test_the_counts_are_of_what_one_may_see(office_app: Flask, sign_in: SignIn) -> None:
    page = html.fromstring(sign_in("admin").get("/procedures/notice").text)
    assert {row.xpath("string(td[1])") for row in page.xpath("//tbody/tr")} == {"–"}


def test_the_procedure_of_applications_has_its_page(office_app: Flask, sign_in: SignIn) -> None:
    document = at(Desk(), open_campaign(Desk()), "qualification")
    for who, number in (("clerk", "1"), ("unit1", "1"), ("drafter", "–"), ("unit2", "–")):
        page = html.fromstring(sign_in(who).get("/procedures/application").text)
        rows = {row.xpath("string(th)"): row.xpath("string(td[1])") for row in page.xpath("//tbody/tr")}
        assert (who, rows["资格审查"]) == (who, number)
    newer = here().procedures["application"].text + "# changed\n"
    changed = load_text(newer, file="application.yaml", effects=EFFECTS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(here().procedures, "application", changed)
        (found,) = carrying_over.candidates("application")
    assert (found.id, found.state, found.reasons) == (document, "qualification", ())


def test_there_is_no_page_for_a_procedure_that_there_is_not(office_app: Flask, sign_in: SignIn) -> None:
    assert sign_in("clerk").get("/procedures/decree").status_code == 404


def test_the_procedures_in_use_hold_and_a_rehearsal_names_everybody(run: Run) -> None:
    checked = run("procedures", "check")
    assert checked.exit_code == 0, checked.output
    assert [line.split()[0] for line in checked.output.splitlines()] == ["application", "notice"]
    walked = run("procedures", "rehearse", "drafter", "--countersigner", "countersigner1")
    assert walked.exit_code == 0, walked.output
    lines = dict(line.split("\t", 1) for line in walked.output.splitlines())
    assert list(lines) == [stage.name for stage in here().procedures["notice"].line]
    assert "会签人甲" in lines["countersign"]
    applied = run("procedures", "rehearse", "unit1", "--kind", "application")
    assert applied.exit_code == 0, applied.output
    halts = dict(line.split("\t", 1) for line in applied.output.splitlines())
    assert list(halts) == [stage.name for stage in here().procedures["application"].line]
    assert "申报单位甲" in halts["draft"]
    assert "文秘" in halts["qualification"]
    refused = run("procedures", "rehearse", "drafter", "--kind", "application")
    assert refused.exit_code == 1
    unknown = run("procedures", "rehearse", "nobody")
    assert unknown.exit_code == 1
    assert "nobody" in unknown.output


def test_a_file_is_checked_before_it_is_used(run: Run, tmp_path: Path) -> None:
    text = (procedures.OWN / "notice.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("holders: [post(office_clerk)]", "holders: [post(nobody_at_all)]"))
    found = run("procedures", "check", wrong)
    assert found.exit_code == 1
    assert "办公室审核" in found.output
    wrong.write_text(text.replace("to: countersign", "to: nowhere", 1))
    refused = run("procedures", "check", wrong)
    assert refused.exit_code == 1
    assert "unknown stage 'nowhere'" in refused.output


def test_documents_of_an_earlier_version_are_listed_and_moved(
    run: Run, office_app: Flask, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    text = (procedures.OWN / "notice.yaml").read_text(encoding="utf-8")
    (own / "notice.yaml").write_text(text + "# by the office's own rules\n", encoding="utf-8")
    data = Path(office_app.config["DATA"])
    changed = create_app(settings_in(data, procedures=own, database_url=office_app.config["DATABASE_URL"]))
    listed = run("procedures", "migrate", app=changed)
    assert listed.exit_code == 0, listed.output
    assert len(listed.output.splitlines()) > 5
    moved = run("procedures", "migrate", "--by", "admin", app=changed)
    assert moved.exit_code == 0, moved.output
    assert run("procedures", "migrate", app=changed).output == ""
    assert run("verify", app=changed).exit_code == 0
    refused = run("procedures", "migrate", "--by", "nobody", app=changed)
    assert refused.exit_code == 1
