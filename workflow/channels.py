"""Say by which ways messages leave the office: a mail server, a webhook; neither unless it is set."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Channels:
    """Where messages go besides the inbox; titles and names of documents stay inside unless `titles`."""

    smtp_url: str = ""  # smtp[s]://user:password@host:port/?from=address, starttls=1 for a server that has it
    webhook_url: str = ""
    webhook_secret: str = ""
    titles: bool = False
