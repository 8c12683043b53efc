"""Send a letter through the office's mail server."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

from ..clock import SHANGHAI, now

SECONDS = 15  # for each answer of the server


@dataclass(frozen=True)
class Letter:
    """A letter; `key` becomes its Message-ID, by which a second copy of it can be told."""

    to: str
    subject: str
    text: str
    key: str


def send(url: str, letter: Letter) -> None:
    """Send through smtp[s]://user:password@host:port/?from=address[&starttls=1].

    Raises OSError or SMTPException.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    sender = query["from"][0]
    secure = parts.scheme == "smtps"
    server = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with server(parts.hostname or "", parts.port or (465 if secure else 25), timeout=SECONDS) as connection:
        if "starttls" in query:
            connection.starttls()
        if parts.username:
            connection.login(unquote(parts.username), unquote(parts.password or ""))
        connection.send_message(_written(letter, sender))


def _written(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = format_datetime(now().astimezone(SHANGHAI))
    message["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
