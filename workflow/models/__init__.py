"""The tables."""

from .base import Base, table
from .deadlines import CalendarDay, CalendarYear, Urging
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
    "CoSignature",
    "Correction",
    "Correspondent",
    "Counter",
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
