"""The archive over the API says how each document stands, and gives those in force alone."""

from tests.web.api.caller import Everybody
from tests.workflow.desk import Desk


def test_the_archive_says_how_each_stands_and_gives_those_in_force(people: Everybody) -> None:
    desk, client = Desk(), people("clerk")
    first = client.get("/archive").json["items"][0]
    assert first["standing"] == "in_force"
    ends = [{"number": first["number"], "act": "rescind"}]
    desk.bring(desk.draft("clerk", ends=ends), "issued")
    standing = {one["id"]: one["standing"] for one in client.get("/archive").json["items"]}
    assert standing[first["id"]] == "rescinded"
    left = {one["id"] for one in client.get("/archive?in_force=1").json["items"]}
    assert left == standing.keys() - {first["id"]}
    assert client.get("/archive?in_force=2000-01-01").json["total"] == 0
    assert client.get("/archive?in_force=gestern").status == 422
