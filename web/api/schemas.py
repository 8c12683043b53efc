"""Say what the calls take and answer: models for reading requests and for describing both."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

REF = "#/components/schemas/{model}"

Item = TypeVar("Item")

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"}, description="ISO 8601, +08:00")]
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
# read by docgen, which tells every problem at once; described from its dataclass
Content = dict[str, Any]
Account = Annotated[str, Field(description="A user name")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class TokenRequest(Strict):
    username: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=256)


class Token(Strict):
    token: str
    expires_at: Instant


class DraftRequest(Strict):
    kind: str = Field(min_length=1, max_length=64, description="The procedure, such as notice")
    content: Content


class File(Strict):
    format: Literal["docx", "pdf", "sealed", "tiff", "png", "jpeg"] = Field(
        description="sealed: what came back with the seal; tiff, png, jpeg: scans of past documents"
    )
    sha256: Sha256
    size: int
    href: str


class Action(Strict):
    name: str
    label: str
    direction: Literal["forward", "back", "other"]
    allowed: bool = Field(description="Whether the one who asks may take it now")
    reasons: list[str] = Field(description="Why not")
    inputs: dict[str, Any] = Field(description="JSON Schema of the body that the action takes")


class Point(Strict):
    """A point of a return (退回), and what was answered."""

    n: int = Field(description="Counted through the document")
    place: str = Field(description="Such as title or body[2], counted from 0; '' is the whole document")
    kind: str
    text: str
    quoted: str = Field(description="The words that stood there, their beginning where they are many")
    by: Account
    at: Instant
    answer: Literal["changed", "explained", "let_be"] | None = Field(
        description="Null: not answered; let_be: it was sent on without a word to this point"
    )
    note: str
    answered_by: Account | None
    answered_at: Instant | None


class Document(Strict):
    id: str
    kind: str
    state: str
    state_label: str
    version: int = Field(description="Goes up with every change, of content or of stage")
    number: str | None = Field(
        description="Null before registration, and for a past document whose number is another's too (重号)"
    )
    dated: Day | None = Field(description="成文日期: the day of sign-off")
    title: str
    content: Content
    content_sha256: Sha256
    actions: list[Action] = Field(description="Every act open at the present stage")
    files: list[File] = Field(description="Empty before 送印")
    points: list[Point] = Field(description="Of every return, what was asked at which place")


class Circulation(Strict):
    """Somebody to whom a document was passed for reading (传阅), or who was sent a copy (抄送)."""

    n: int = Field(description="Counted through the document")
    kind: Literal["circulate", "copy_to"]
    reader: Account
    by: Account
    at: Instant
    note: str
    wants_answer: bool
    standing: Literal["unopened", "opened", "read", "answered", "withdrawn"]
    read_at: Instant | None
    answer: str | None
    answered_at: Instant | None
    withdrawn_at: Instant | None


class Line(Strict):
    """A document as lists show it."""

    id: str
    kind: str
    state: str
    state_label: str
    version: int
    number: str | None
    dated: Day | None
    title: str
    type: str
    urgency: str | None
    drafter: Account
    unit: str
    updated_at: Instant
    issued_at: Instant | None


class Task(Line):
    on_behalf_of: Account | None = Field(description="Who delegated it to the one who asks (委托)")
    since: Instant
    opened_at: Instant | None
    due_at: Instant | None = Field(description="办理时限; null at a stage without a deadline")


class Movement(Strict):
    at: Instant
    actor: Account
    on_behalf_of: Account | None
    post: str = Field(description="The post held then")
    action: str
    source: str = Field(alias="from")
    dest: str = Field(alias="to")
    comment: str
    content_sha256: Sha256 = Field(description="The text on which it was given")
    details: dict[str, Any] = Field(description="What was entered besides the comment")
    prev: Sha256 | None = Field(description="Hash of the document's movement before")
    hash: Sha256


class Revision(Strict):
    n: int
    at: Instant
    author: Account
    stage: str
    kind: Literal["draft", "in_place", "layout", "wording", "substance"]
    reason: str
    content_sha256: Sha256
    content: Content


class RegisterEntry(Strict):
    number: str
    series: str
    year: int
    serial: int
    state: Literal["reserved", "used", "void", "outside", "missing"]
    document_id: str | None = Field(description="Null also where the document is not yours to see")
    title: str | None = Field(description="Null also where it is classified, or not yours to see")
    dated: Day | None
    reason: str


class Run(Strict):
    text: str
    hit: bool


class Found(Strict):
    id: str
    number: str | None = Field(
        description="Null for a past document whose number the register gives to another (重号)"
    )
    title: str
    type: str
    dated: Day
    standing: Literal["in_force", "rescinded", "replaced", "repealed"] = Field(
        description="As it stands today (条例 art. 33)"
    )
    highlights: list[list[Run]] = Field(description="Pieces of the text around the hits")


class Page(Strict, Generic[Item]):
    items: list[Item]
    total: int
    next: str | None = Field(description="The cursor that leads on, null at the end")


class Problem(BaseModel):
    """RFC 9457, with every reason."""

    type: str
    title: str
    status: int
    detail: str
    reasons: list[str]
