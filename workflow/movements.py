"""Write down each step taken, chained so that a change of the record afterwards shows."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from .models import ChainHead, Movement, table
from .prepared import Prepared

FORMAT = 1
HAND_OVER = "hand_over"  # somebody's places in a document went to another (工作交接)
CARRY_OVER = "carry_over"  # it goes on by another version of its procedure
UNDO = "undo"  # somebody took their last step back before anyone had opened the document
RETURN_SCORES = "return_scores"  # of an application, to the assessor who gave them
SCORE_AGAIN = "score_again"  # when the stage of it is over
IMPORT = "import"  # a document of former years was brought in (历史导入)
SEPARATOR = "\x1f"

_movements = table(Movement)
_head = table(ChainHead)
_APPEND = Prepared(_movements.insert())
_HEAD = Prepared(select(_head.c.position, _head.c.chain_hash).where(_head.c.id == 1).with_for_update())
_MOVE_HEAD = Prepared(
    update(_head).where(_head.c.id == 1).values(position=bindparam("to"), chain_hash=bindparam("hash"))
)


def canonical(record: Mapping[str, Any]) -> str:
    """Return the one text of a record: sorted keys, no spaces, characters as they are."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def link(previous: str, record_hash: str) -> str:
    """Return the hash that ties a record to all that were committed before it."""
    return hash_of(previous + SEPARATOR + record_hash)


def append(session: Session, document_id: int, actor_id: int, record: Mapping[str, Any]) -> str:
    """Append one record to its document and to the chain of all; return its hash.

    `record` has the keys document, seq, at, actor, name, post, on_behalf_of, action, from, to, comment,
    content_sha256, details and prev; `format` is added here.
    """
    text = canonical({**record, "format": FORMAT})
    record_hash = hash_of(text)
    (head,) = _HEAD.rows(session, {})
    position, chain_hash = head.position + 1, link(head.chain_hash, record_hash)
    row = {
        "position": position,
        "document_id": document_id,
        "seq": record["seq"],
        "at": record["at"],
        "actor_id": actor_id,
        "action": record["action"],
        "source": record["from"],
        "dest": record["to"],
        "canonical": text,
        "format": FORMAT,
        "hash": record_hash,
        "chain_hash": chain_hash,
    }
    _APPEND.run(session, row)
    _MOVE_HEAD.run(session, {"to": position, "hash": chain_hash})
    return record_hash
