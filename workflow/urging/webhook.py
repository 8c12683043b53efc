"""Post a message to the office's webhook, signed, and follow no redirect."""

import hashlib
import hmac
import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from ..clock import now

SECONDS = 10


def post(url: str, secret: str, key: str, data: Mapping[str, Any]) -> None:
    """Post JSON; raises OSError unless the answer is a 2xx.

    X-Hongtou-Signature is sha256= and the HMAC-SHA256, under the secret, of X-Hongtou-Timestamp (seconds),
    a full stop and the body; Idempotency-Key is the same for each try.
    """
    parts = urlsplit(url)
    body = json.dumps(data, ensure_ascii=False).encode()
    timestamp = str(int(now().timestamp()))
    signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "X-Hongtou-Timestamp": timestamp,
        "X-Hongtou-Signature": f"sha256={signature}",
    }
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body, headers)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"the webhook gave no answer: {error}") from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise OSError(f"the webhook answered {status}")
