"""Find issued documents by what stands in them.

Texts are indexed as pairs of neighbouring characters, so that words of two characters are found; the
index proposes, and the text itself decides.
"""

import re

from sqlalchemy import text
from sqlalchemy.orm import Session

from docgen.picture_lines import captions_only
from docgen.sheet import Content

from .changes import texts

_WORD = re.compile(r"[0-9A-Za-z]+|[^\W\d_a-zA-Z]+")


def grams(words: str) -> list[str]:
    """Return the index terms of a text: pairs of CJK characters, whole Latin words and numbers."""
    found = []
    for run in _WORD.findall(words.lower()):
        if run[0].isascii():
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return found


def full_text(content: Content) -> str:
    """Return everything of a content that can be searched for."""
    running = map(captions_only, texts(content))
    parts = [content.title, content.addressees, *running, content.copy_to, content.note]
    if content.issued_text:
        parts.append(content.issued_text.title)
    parts += [part.title for part in content.attachments]
    if there := content.attendance:
        parts += [there.present, there.absent, there.observers]
    return "\n".join(part for part in parts if part)


def index(session: Session, document_id: int, number: str, content: Content, attached: str = "") -> None:
    """Make a document findable, by what it says now where it was findable before.

    attached: what stands in the files that are attached to it.
    """
    connection = session.connection()
    connection.execute(text("DELETE FROM document_search WHERE document_id = :id"), {"id": document_id})
    add(session, document_id, number, content, attached)


def add(session: Session, document_id: int, number: str, content: Content, attached: str = "") -> None:
    """Make a document findable that never was: looking for what it said before takes a while."""
    words = f"{number}\n{full_text(content)}\n{attached}"
    terms = " ".join(dict.fromkeys(f"x{gram}" for gram in grams(words)))
    connection = session.connection()
    if _lite(session):
        statement = "INSERT INTO document_search (document_id, terms) VALUES (:id, :terms)"
    else:
        statement = "INSERT INTO document_search (document_id, terms) VALUES (:id, array_to_tsvector(:terms))"
    value = terms if _lite(session) else terms.split(" ")
    connection.execute(text(statement), {"id": document_id, "terms": value})


def candidates(session: Session, words: str) -> list[int] | None:
    """Return the ids of documents that have every term of the words; None when the index cannot tell.

    A single character stands in the index only where it stood alone, so it is left to the text.
    """
    wanted = [f"x{gram}" for gram in dict.fromkeys(grams(words)) if gram[0].isascii() or len(gram) > 1]
    if not wanted:
        return None
    if _lite(session):
        statement = "SELECT document_id FROM document_search WHERE terms MATCH :query"
        query = " AND ".join(f'"{term}"' for term in wanted)
    else:
        statement = "SELECT document_id FROM document_search WHERE terms @@ CAST(:query AS tsquery)"
        query = " & ".join(f"'{term}'" for term in wanted)
    rows = session.connection().execute(text(statement), {"query": query})
    return [int(row[0]) for row in rows]


def _lite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
