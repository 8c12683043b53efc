"""Add files to an application (佐证材料), take them out, hand them out; each is one revision of its text."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy.orm import Session

from docgen.active import is_active_pdf
from docgen.application import Answer, ApplicationContent
from docgen.application_reading import MOST_EVIDENCE
from docgen.errors import ContentError, Problem
from docgen.files import EXTENSIONS, MOST_BYTES
from docgen.picture import thumbnail
from docgen.sheet import FileRef

from .. import archive, uploads
from ..attached import MIMETYPES, PICTURES
from ..describe import describe
from ..directory import Person
from ..downloads import Download
from ..engine import revise
from ..errors import NotFound, Stale
from . import form_code
from .saving import to_change

SIGNED_FORM = "signed_form"
KINDS = ("jpeg", "png", "pdf", "docx")
MOST_MB = MOST_BYTES // 1024**2
_TRIES = 5  # while colleagues of the unit change the same application
_KIND_WORDS = "JPEG, PNG, PDF, DOCX"

Change = Callable[[ApplicationContent], ApplicationContent]


def endings() -> list[str]:
    """Return how the names of files that are taken may end, with the dot."""
    return [f".{ending}" for kind in KINDS for ending in EXTENSIONS[kind]]


def attach(
    actor_id: int, public_id: str, place: str, name: str, data: bytes, *, replaces: str = "", code: str = ""
) -> None:
    """Put a file into an application: at an indicator, or as the sealed form (SIGNED_FORM).

    replaces: the SHA-256 of the file in whose stead it comes. code: the check code that the sealed form
    bears. Raises NotFound, NotAllowed, ContentError with every reason.
    """
    before, version = to_change(actor_id, public_id)
    where = place if place == SIGNED_FORM else f"evidence.{place}"
    others = [file.name for file in _files_at(before, place) if file.sha256 != replaces]
    if place != SIGNED_FORM and len(others) >= MOST_EVIDENCE:
        most = {"most": str(MOST_EVIDENCE)}
        raise ContentError([Problem(where, "There are %(most)s files already; more are not taken.", most)])
    if place == SIGNED_FORM:
        name, others = form_code.name_of(name, code, where), []
    file = uploads.keep(actor_id, name, data, where=where, others=others)
    if uploads.kind_of(file.name) not in KINDS:
        params = {"name": file.name, "kinds": _KIND_WORDS}
        raise ContentError([Problem(where, "%(name)s is none of these: %(kinds)s.", params)])
    _change(actor_id, public_id, lambda content: put(content, place, file, replaces), (before, version))


def remove(actor_id: int, public_id: str, place: str, sha256: str) -> None:
    """Take a file out of an application; what is not there stays away. Raises NotFound, NotAllowed."""
    _change(actor_id, public_id, lambda content: without(content, place, sha256))


def put(content: ApplicationContent, place: str, file: FileRef, replaces: str = "") -> ApplicationContent:
    """Return a content with a file at a place; one that is there already comes in no second time."""
    if place == SIGNED_FORM:
        return replace(content, signed_form=file)
    files = list(_files_at(content, place))
    there = [one.sha256 for one in files]
    if replaces in there:
        files[there.index(replaces)] = file
    elif file.sha256 not in there:
        files.append(file)
    return _with_files(content, place, tuple(dict.fromkeys(files)))


def without(content: ApplicationContent, place: str, sha256: str) -> ApplicationContent:
    """Return a content without a file."""
    if place == SIGNED_FORM:
        return replace(content, signed_form=None)
    return _with_files(
        content, place, tuple(one for one in _files_at(content, place) if one.sha256 != sha256)
    )


def fetch(session: Session, person: Person, public_id: str, sha256: str, *, small: bool = False) -> Download:
    """Return a file of an application that a person sees, or a small copy of a picture; raises NotFound."""
    content = describe(session, person, public_id, every_kind=True).content
    file = next((one for one in content.files if one.sha256 == sha256), None)
    if file is None:
        raise NotFound
    kind, data = uploads.kind_of(file.name), archive.read(sha256)
    if small:
        if kind not in PICTURES:
            raise NotFound
        return Download(thumbnail(data), sha256, file.name, MIMETYPES["jpeg"], inline=True)
    inline = kind in PICTURES or (kind == "pdf" and not is_active_pdf(data))
    return Download(data, sha256, file.name, MIMETYPES[kind], inline)


def _files_at(content: ApplicationContent, place: str) -> tuple[FileRef, ...]:
    return next((one.evidence for one in content.answers if one.indicator == place), ())


def _with_files(content: ApplicationContent, place: str, files: tuple[FileRef, ...]) -> ApplicationContent:
    answers: dict[str, Answer] = {one.indicator: one for one in content.answers}
    answers[place] = replace(answers.get(place) or Answer(place), evidence=files)
    return replace(content, answers=tuple(answers.values()))


def _change(
    actor_id: int, public_id: str, change: Change, known: tuple[ApplicationContent, int] | None = None
) -> None:
    """Revise the application's text; `known` is the text with its version if it was read just now."""
    for left in reversed(range(_TRIES)):
        content, version = known or to_change(actor_id, public_id)
        known = None
        try:
            revise(actor_id, public_id, version, change(content).to_dict())
        except Stale:
            if not left:
                raise
        else:
            return
