"""List every call of the API: where it is, what it takes, what it may answer; all else follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workflow.attached import MIMETYPES, FileRef
from workflow.downloads import FORMATS

from . import beside, documents, files, lists, points, tokens
from . import schemas as s

KEY, VERSION = "Idempotency-Key", "If-Match"
SLICE = ("limit", "cursor")


@dataclass(frozen=True)
class Call:
    """One call; `answers` is a model, or None where it gives bytes.

    `refuses` are statuses besides those that any call may answer.
    """

    method: str
    path: str
    view: Callable[..., Any]
    name: str
    summary: str
    answers: Any = None
    status: int = 200
    takes: Any = None  # a model, or the name of a component
    takes_file: bool = False  # in the field `file` of a form
    gives: tuple[str, ...] = ()  # media types of the bytes
    later: bool = False  # 202 while the bytes are being made
    headers: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    refuses: tuple[int, ...] = ()
    open: bool = False  # answers without a token


CALLS = (
    Call(
        "POST", "/tokens", tokens.create, "create_token",
        "Give a token, valid for a day",
        answers=s.Token, status=201, takes=s.TokenRequest, refuses=(400, 413, 415, 422), open=True,
    ),
    Call(
        "POST", "/documents", documents.create, "create",
        "Begin a document",
        answers=s.Document, status=201, takes=s.DraftRequest, headers=(KEY,),
        refuses=(400, 403, 413, 415, 422),
    ),
    Call(
        "GET", "/documents", lists.documents, "documents",
        "List the documents that you may see, the latest first",
        answers=s.Page[s.Line], query=("kind", "state", "type", *SLICE), refuses=(422,),
    ),
    Call(
        "GET", "/documents/<id>", documents.show, "show",
        "Show a document; if you hold it, it counts as opened",
        answers=s.Document, refuses=(404,),
    ),
    Call(
        "PUT", "/documents/<id>/content", documents.write, "write",
        "Change the text; after sign-off say of which kind the change is",
        answers=s.Document, takes="Content", headers=(VERSION,), query=("change", "reason"),
        refuses=(400, 403, 404, 412, 413, 415, 422, 428),
    ),
    Call(
        "POST", "/documents/<id>/actions/<name>", documents.act, "act",
        "Take a step; the body is what `inputs` of the document's action describes",
        answers=s.Document, takes="Inputs", headers=(VERSION, KEY),
        refuses=(400, 403, 404, 409, 412, 413, 415, 422, 428),
    ),
    Call(
        "POST", "/documents/<id>/points/<n>", points.answer, "answer_point",
        "Answer a point of a return while you have the document: it was changed, or why not",
        answers=s.Document, takes=points.PointAnswer, headers=(KEY,),
        refuses=(400, 403, 404, 413, 415, 422),
    ),
    Call(
        "POST", "/documents/<id>/urgings", beside.urge, "urge",
        "Urge those who have the document (催办): its drafter, the head of that unit, the office clerk",
        answers=beside.Urged, status=201, takes=beside.Note, refuses=(400, 403, 404, 413, 415, 422),
    ),
    Call(
        "GET", "/documents/<id>/circulations", beside.circulations, "circulations",
        "List to whom the document was passed for reading, and what they said",
        answers=s.Page[s.Circulation], refuses=(404,),
    ),
    Call(
        "POST", "/documents/<id>/circulations", beside.circulate, "circulate",
        "Pass the document to colleagues for reading (传阅, 抄送); answers the whole list",
        answers=s.Page[s.Circulation], status=201, takes=beside.Passing, headers=(KEY,),
        refuses=(400, 403, 404, 413, 415, 422),
    ),
    Call(
        "POST", "/documents/<id>/circulations/<n>/read", beside.read, "read_circulation",
        "Note that you have read what was passed to you",
        answers=s.Document, refuses=(403, 404),
    ),
    Call(
        "POST", "/documents/<id>/circulations/<n>/answer", beside.answer, "answer_circulation",
        "Answer what was passed to you: an opinion on record, the version stays",
        answers=s.Document, takes=beside.ReaderAnswer, headers=(KEY,),
        refuses=(400, 403, 404, 413, 415, 422),
    ),
    Call(
        "POST", "/documents/<id>/undo", beside.undo, "undo",
        "Take your own last step back (撤销这一步) while nobody has opened the document since",
        answers=s.Document, takes=beside.Undoing, headers=(KEY,),
        refuses=(400, 403, 404, 413, 415, 422),
    ),
    Call(
        "GET", "/documents/<id>/movements", lists.movements, "movements",
        "List what happened to a document, first to last",
        answers=s.Page[s.Movement], query=SLICE, refuses=(404, 422),
    ),
    Call(
        "GET", "/documents/<id>/revisions", lists.revisions, "revisions",
        "List every version of a document's content, first to last",
        answers=s.Page[s.Revision], query=SLICE, refuses=(404, 422),
    ),
    Call(
        "GET", "/documents/<id>/files/<format>", files.file, "file",
        "Give the bytes of a file; 202 while the PDF is being made, 404 before 送印",
        gives=tuple(FORMATS.values()), later=True, refuses=(404, 503),
    ),
    Call(
        "POST", "/files", files.take_in, "take_in",
        "Send a file in that a content may then refer to: PDF, DOCX, XLSX, PNG or JPEG, at most 20 MB",
        answers=FileRef, status=201, takes_file=True, refuses=(400, 403, 413, 415, 422),
    ),
    Call(
        "GET", "/documents/<id>/attachments/<n>", files.attachment, "attachment",
        "Give the bytes of an attachment that is a file; 404 where it is a text",
        gives=tuple(MIMETYPES.values()), query=("revision",), refuses=(404, 422),
    ),
    Call(
        "GET", "/documents/<id>/references/<n>", files.reference, "reference",
        "Give the bytes of a file of the reference material (参阅材料)",
        gives=tuple(MIMETYPES.values()), query=("revision",), refuses=(404, 422),
    ),
    Call(
        "GET", "/documents/<id>/pictures/<n>", files.picture, "picture",
        "Give the bytes of a picture of the text",
        gives=tuple(MIMETYPES.values()), query=("revision",), refuses=(404, 422),
    ),
    Call(
        "GET", "/tasks", lists.tasks, "tasks",
        "List what waits for you, the most urgent first",
        answers=s.Page[s.Task], query=SLICE, refuses=(422,),
    ),
    Call(
        "GET", "/register", lists.register, "register",
        "List the numbers given, the latest first",
        answers=s.Page[s.RegisterEntry], query=("series", "year", *SLICE), refuses=(422,),
    ),
    Call(
        "GET", "/archive", lists.archive, "archive",
        "Search what was issued, by number or by words",
        answers=s.Page[s.Found], query=("q", "type", "year", "in_force", *SLICE), refuses=(422,),
    ),
)  # fmt: skip
