"""The tables."""

from .base import Base, table
from .circulation import Circulation, OpinionPhrase
from .deadlines import CalendarDay, CalendarYear, Urging
from .delegations import Delegation
from .documents import Document, DocumentFile, DraftCopy, Look, Notice, ProcedureText, Revision, Task
from .opening import AttachedText, Handover, Import, OfficeChange, PastRecord, Upload
from .paper import CoSignature, EnteredOpinion, ProofTick, Recipient
from .people import (
    Agency,
    AgencyName,
    Appointment,
    Correspondent,
    LeaderInCharge,
    Post,
    Series,
    SigningRight,
    Unit,
    User,
)
from .records import Answer, ChainHead, Counter, Job, Login, Mark, Movement, RegisterEntry, StoredFile
from .standing import Correction, Ended

__all__ = [
    "Agency",
    "AgencyName",
    "Answer",
    "Appointment",
    "AttachedText",
    "Base",
    "CalendarDay",
    "CalendarYear",
    "ChainHead",
    "Circulation",
    "CoSignature",
    "Correction",
    "Correspondent",
    "Counter",
    "Delegation",
    "Document",
    "DocumentFile",
    "DraftCopy",
    "Ended",
    "EnteredOpinion",
    "Handover",
    "Import",
    "Job",
    "LeaderInCharge",
    "Login",
    "Look",
    "Mark",
    "Movement",
    "Notice",
    "OfficeChange",
    "OpinionPhrase",
    "PastRecord",
    "Post",
    "ProcedureText",
    "ProofTick",
    "Recipient",
    "RegisterEntry",
    "Revision",
    "Series",
    "SigningRight",
    "StoredFile",
    "Task",
    "Unit",
    "Upload",
    "Urging",
    "User",
    "table",
]
