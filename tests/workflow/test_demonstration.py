"""The demonstration office: loaded once, finished when it was cut off."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.workflow.desk import Desk, opened
from workflow import clock, engine, opening
from workflow.applications import portal
from workflow.campaigns.finding import standing
from workflow.demonstration import campaigns, history
from workflow.errors import Unusable
from workflow.installation import read_tx
from workflow.models import Campaign, Document, Title, User

STAGES = {
    "archived",
    "issued",
    "voided",
    "printing",
    "registration",
    "checking",
    "signing",
    "leader_review",
    "office_review",
    "countersign",
    "unit_review",
    "draft",
}


def states() -> Counter[str]:
    with read_tx() as session:
        return Counter(session.scalars(select(Document.state)))


def test_loading_twice_is_loading_once(migrated_sqlite_url: str, tmp_path: Path) -> None:
    with opened(migrated_sqlite_url, tmp_path) as desk:
        assert history.is_wanted()
        assert history.load() == len(history.STORIES) == sum(states().values())
        assert set(states()) == STAGES
        assert not history.is_wanted()
        before = desk.fingerprint()
        assert history.load() == len(history.STORIES)
        assert desk.fingerprint() == before
        assert desk.findings() == []


@pytest.mark.parametrize("steps", [0, 1, 20])
def test_one_that_was_cut_off_is_finished(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    with opened(migrated_sqlite_url, tmp_path) as desk:
        with monkeypatch.context() as patched:
            left = iter(range(steps))
            real = engine.advance

            def cut_off(*arguments, **more):
                if next(left, None) is None:
                    raise KeyboardInterrupt
                return real(*arguments, **more)

            patched.setattr(engine, "advance", cut_off)
            with pytest.raises(KeyboardInterrupt):
                history.load()
        assert history.is_wanted()
        history.load()
        assert sum(states().values()) == len(history.STORIES)
        assert set(states()) == STAGES
        assert desk.findings() == []


KILLED = """
import os, signal, sys
from pathlib import Path
from workflow import clock, engine, opening
from workflow.applications import portal
from workflow.campaigns.finding import standing
from workflow.demonstration import campaigns, history
opening.open_installation(sys.argv[1], Path(sys.argv[2]))
real, done = engine.advance, []
def advance(*arguments, **more):
    if len(done) == 12:
        os.kill(os.getpid(), signal.SIGKILL)
    done.append(1)
    return real(*arguments, **more)
engine.advance = advance
history.load()
"""


def test_one_whose_process_was_killed_is_finished(migrated_sqlite_url: str, tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, migrated_sqlite_url, str(tmp_path)], timeout=100)
    assert killed.returncode == -9
    with opened(migrated_sqlite_url, tmp_path) as desk:
        assert history.is_wanted()
        history.load()
        assert sum(states().values()) == len(history.STORIES)
        assert desk.findings() == []


def test_one_campaign_is_concluded_and_one_takes_applications(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    with opened(migrated_sqlite_url, tmp_path) as desk:
        history.load()
        with read_tx() as session:
            now = clock.stamp()
            found = [standing(one, now) for one in session.scalars(select(Campaign).order_by(Campaign.year))]
            assert found == ["concluded", "open"]
            assert set(session.scalars(select(User.username))) == set(opening.DEMONSTRATION_ACCOUNTS)
            for who in ("unit1", "unit2"):
                home = portal.portal(session, desk.person(who))
                (round_,) = home.rounds
                assert (len(round_.offers), len(home.titles)) == (4, 2)
                verdicts = {offer.code: offer.verdict for offer in round_.offers}
                assert "unmet" not in verdicts.values()
                assert verdicts["model_unit"] == verdicts["window"] == "met"
                assert home.recommender == campaigns.RECOMMENDER[2]
        begun = engine.draft(
            desk.id("unit1"), "application", {"campaign": round_.campaign.public_id, "category": "unit"}
        )
        assert desk.state(begun.document) == "draft"
        assert desk.findings() == []


@pytest.mark.parametrize("act", ["making.make", "announcing.announce", "announcing.conclude"])
def test_its_campaigns_are_finished_wherever_they_were_cut_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    module, name = act.split(".")
    with monkeypatch.context() as patched:
        patched.setattr(getattr(campaigns, module), name, cut_off)
        with pytest.raises(KeyboardInterrupt):
            campaigns.load()
    campaigns.load()
    before = desk.fingerprint()
    campaigns.load()
    assert desk.fingerprint() == before
    with read_tx() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 2
        assert session.scalar(select(func.count()).select_from(Title)) == 4


def cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_an_office_of_its_own_is_not_taken_for_a_half_loaded_one(desk: Desk) -> None:
    assert not history.is_wanted()


def test_production_refuses_the_demonstration_s_accounts(desk: Desk) -> None:
    with pytest.raises(Unusable, match="drafter"):
        opening.refuse_demonstration_accounts()
    for name in opening.DEMONSTRATION_ACCOUNTS:
        desk.close_account(name)
    opening.refuse_demonstration_accounts()


def test_readiness_tells_what_is_missing(desk: Desk) -> None:
    assert opening.readiness() == {"database": True, "files": True, "worker": False}
