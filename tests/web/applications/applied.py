"""Walk an application through all its places, and keep the office's database at each."""

from datetime import datetime
from pathlib import Path

from flask import Flask

from tests.web.applications import spoken
from tests.web.stand import Stand
from tests.workflow.applications import campaign as rounds
from tests.workflow.applications import oracle, relations, walking
from tests.workflow.desk import Desk
from workflow.installation import here

OURS, THEIRS = "application", "other"
AT_THE_SIDE = {"amendment": "ask_amendment", "verification": "verify"}
AT_THE_SIDE_SAID = {"amendment": "请补充材料。", "verification": "异议所称暗语寅。"}
RULE = {
    "methods": {"material": 40, "site": 30, "survey": 30},
    "within": "mean",
    "at_least": 3,
    "veto": True,
}
WEIGHED = ("consultation", "deliberation")
BEFORE = {"amendment": "qualification", "verification": "public_notice"}
WORDS = {
    "overview": "本单位概况暗语甲。",
    "practice": "本单位做法暗语乙。",
    "highlights": "本单位特色暗语丙。",
}


class Applied(Stand):
    """The office, its campaign, unit1's application at every place, and unit2's, which expert2 judges."""

    def __init__(self, app: Flask, data: Path, moment: datetime) -> None:
        super().__init__(app, data)
        self.moment, self.installation, self.desk = moment, here(), Desk()
        self.campaign = rounds.open_campaign(self.desk, aggregation=RULE)
        relations.enter()
        for role in oracle.ROLES:
            self.people(role)

    @property
    def id(self) -> str:
        return self.documents[OURS]

    def at(self, place: str) -> int:
        """Put the office back to where the application is at a place; return its version."""
        self.put_back(OURS, place)
        return self.version(self.id)

    def entered(self, action: str) -> dict[str, object]:
        return {"comment": "理由如下。", **oracle.INPUTS.get(action, {})}

    def walk(self) -> None:
        """Keep the office at every place."""
        desk, campaign = self.desk, self.campaign
        other = walking.begin(desk, campaign, "unit2")
        self.documents[THEIRS] = walking.bring(desk, campaign, other, "material_review")
        walking.give_to(desk, other, "expert2", "material")
        self.documents[OURS] = walking.begin(desk, campaign, "unit1", **WORDS)
        for stage in [one for one in oracle.STAGES if one not in AT_THE_SIDE]:
            walking.bring(desk, campaign, self.id, stage)
            if stage == "material_review":
                self.keep(OURS, "unassigned")
                self._judge_by_two()
                self.put_back(OURS, "unassigned")
            self._make_ready(stage)
            if stage in WEIGHED:
                desk.take(self.id, "clerk", walking.FORWARD[stage], comment="内部意见暗语丑。")
        for place, action in AT_THE_SIDE.items():
            self.put_back(OURS, BEFORE[place])
            desk.take(self.id, "clerk", action, comment=AT_THE_SIDE_SAID[place])
            self._make_ready(place)
        self._end()
        self.put_back(OURS, "conferred")
        self.found = spoken.enter(desk, campaign, self.id)
        self.file = str(self.people("unit1").document(self.id)["content"]["signed_form"]["sha256"])
        self.keep(OURS, "spoken_of")

    def _end(self) -> None:
        for end, (place, action) in oracle.ENDED.items():
            self.put_back(OURS, place)
            who = next(role for role in oracle.ROLES if action in oracle.may(role, place))
            assert self.desk.take(self.id, who, action, **oracle.INPUTS.get(action, {})) == end
            self.keep(OURS, end)

    def _make_ready(self, place: str) -> None:
        walking.make_ready(self.desk, self.campaign, self.id)
        self.keep(OURS, place)

    def _judge_by_two(self) -> None:
        for who in ("expert1", "expert2"):
            rounds.assign(self.desk, self.id, who, "material")
        rounds.hand_on(self.id)
        rounds.give_points(self.desk, self.id, "expert1", "material", off=777)
        rounds.give_points(self.desk, self.id, "expert2", "material")
        self.desk.take(self.id, "expert1", "score", comment="评审意见暗语丁。")
        self.keep(OURS, "half_judged")
