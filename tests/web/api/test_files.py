"""Files over the API: sent in, referred to, fetched, and by nobody else."""

from typing import Any

from tests.files import OLE, pdf_file, xlsx_file
from tests.web.api import texts
from tests.web.api.caller import Caller, Everybody, Reply

XLSX, PDF = xlsx_file(), pdf_file()
FORM = "multipart/form-data; boundary=boundary"


def send(caller: Caller, data: bytes, name: str = "报名表.xlsx", field: str = "file") -> Reply:
    head = f'--boundary\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return caller.call(
        "POST", "/files", raw=head.encode() + data + b"\r\n--boundary--\r\n", Content_Type=FORM
    )


def with_files(attached: Any, *references: Any) -> dict[str, Any]:
    return texts.PLAIN | {
        "attachments": [{"title": "报名表", "file": attached}],
        "references": list(references),
        "basis": "根据安排。",
        "disclosure": {"kind": "依申请公开", "reason": "内部事务"},
        "contact": "综合处",
        "copies": 12,
        "distribution": ["甲", "乙"],
    }


def test_a_file_is_sent_referred_to_and_fetched(people: Everybody) -> None:
    drafter = people("drafter")
    taken = send(drafter, XLSX)
    assert (taken.status, taken.json["name"], taken.json["size"]) == (201, "报名表.xlsx", len(XLSX))
    content = with_files(taken.json, send(drafter, PDF, "来文.pdf").json)
    begun = drafter.draft(content)
    assert begun.status == 201, begun.body
    id_, kept = begun.json["id"], begun.json["content"]
    assert kept["attachments"] == [{"title": "报名表", "body": "", "file": taken.json}]
    assert (kept["copies"], kept["distribution"]) == (12, "甲、乙")
    got = drafter.get(f"/documents/{id_}/attachments/1")
    assert (got.status, got.body) == (200, XLSX)
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["ETag"] == f'"{taken.json["sha256"]}"'
    assert drafter.get(f"/documents/{id_}/references/1?revision=1").body == PDF
    assert people("clerk").get(f"/documents/{id_}/attachments/1").status == 404
    registered = people.bring_to(id_, "printing")
    assert people("clerk").get(f"/documents/{id_}/references/1").body == PDF
    assert [file["format"] for file in registered["files"]] == []


def test_what_cannot_be_sent_is_refused(people: Everybody) -> None:
    drafter = people("drafter")
    for data, name in ((b"", "空.pdf"), (OLE, "旧.xls"), (b"MZ" * 9, "程序.exe")):
        reply = send(drafter, data, name)
        assert (reply.status, len(reply.reasons)) == (422, 1)
    assert send(drafter, XLSX, field="files").status == 400
    assert drafter.call("POST", "/files", {"file": "x"}).status == 415
    assert drafter.call("POST", "/files", raw=bytes(22 * 1024 * 1024), Content_Type=FORM).status == 413
    assert send(people("expert1"), XLSX).status == 403
    assert send(people.nobody(), XLSX).status == 401


def test_anothers_file_is_not_to_be_had_by_its_hash(people: Everybody) -> None:
    others = send(people("clerk"), XLSX).json
    reply = people("drafter", "en").draft(with_files(others))
    assert reply.status == 422
    assert reply.reasons == ["attachments[0].file: 报名表.xlsx was not uploaded by you."]


def test_a_file_that_is_not_there_is_not_found(people: Everybody) -> None:
    drafter = people("drafter")
    id_ = drafter.draft(with_files(send(drafter, XLSX).json)).json["id"]
    for n in ("0", "2", "x", "-1", "99999", "1%2F..", "١"):
        for group in ("attachments", "references"):
            assert drafter.get(f"/documents/{id_}/{group}/{n}").status == 404, (group, n)
    assert drafter.get(f"/documents/{id_}/attachments/1?revision=2").status == 404
    assert drafter.get(f"/documents/{id_}/attachments/1?revision=x").status == 422


def test_an_unknown_key_is_still_refused(people: Everybody) -> None:
    drafter = people("drafter")
    begun = drafter.draft(texts.PLAIN).json
    for change in (
        {"reference": []},
        {"disclosure": {"kind": "主动公开", "why": ""}},
        {"attachment_file": "x"},
    ):
        assert drafter.write(begun["id"], begun["version"], texts.PLAIN | change).status == 422
