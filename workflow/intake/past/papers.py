"""Look at the files of past documents: what each is, whether it can be used, what stands at its beginning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.reader import Reader
from docgen.text import has_secrecy_mark
from states.reasons import Reason

from ..findings import Finding
from .source import Taken, Tell

HEAD = 1500  # characters of a text among which its number and title stand

_OLD = Reason("%(name)s is of an old kind (DOC, WPS) or has a password; save it as DOCX or PDF")
_NO_DOCUMENT = Reason("%(name)s is not a document: only DOCX, PDF, TIFF, PNG and JPEG are taken")
_SECRET = Reason("%(name)s is marked as a state secret; this system handles none, use the classified channel")


@dataclass(frozen=True)
class Paper:
    """A file that can be used; `head` is the beginning of its text, '' where it has none."""

    name: str
    kind: str
    sha256: str
    head: str

    @property
    def taken(self) -> Taken:
        return Taken(self.name, self.kind, self.sha256)


def read_papers(
    files: Mapping[str, Path], tell: Tell, errors: list[Finding], warnings: list[Finding]
) -> list[Paper]:
    """Look at every file; what cannot be used is an error, what is no document at all a warning."""
    found = []
    with Reader() as reader:
        for done, (name, path) in enumerate(files.items(), start=1):
            read = reader.read(path, name)
            if read.problem is not None:
                errors.append(about(name, Reason(read.problem.message, read.problem.params)))
            elif read.kind is None:
                warnings.append(about(name, _NO_DOCUMENT))
            elif read.kind == "doc":
                errors.append(about(name, _OLD))
            else:
                if has_secrecy_mark(read.text):
                    errors.append(about(name, _SECRET))
                found.append(Paper(name, read.kind, read.sha256, read.text[:HEAD]))
            tell(done, len(files))
    return found


def about(name: str, reason: Reason) -> Finding:
    """Return a finding that speaks of a file, %(name)s in the reason, and not of a cell."""
    return Finding("", 0, "", "", replace(reason, params={**reason.params, "name": name}))
