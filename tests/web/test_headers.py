"""What every answer says to the browser."""

import re
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from tests.web.conftest import settings_in

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def test_every_answer_carries_the_headers(
    office_app: Flask, sign_in: SignIn, document_at: DocumentAt
) -> None:
    client, document = sign_in("registrar"), document_at("issued")
    for rule in office_app.url_map.iter_rules():
        path = re.sub(
            r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>", lambda found: document if "id" in found[1] else "1", rule.rule
        )
        for answer in (client.get(path), office_app.test_client().get(path), client.post(path)):
            headers = answer.headers
            assert headers["X-Content-Type-Options"] == "nosniff", path
            assert headers["Referrer-Policy"] == "same-origin", path
            assert headers["X-Frame-Options"] == "DENY", path
            policy = headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy, path
            assert "unsafe" not in policy, path
            assert "default-src 'self'" in policy or "default-src 'none'" in policy, path
            if not path.startswith(("/static", "/bootstrap")):
                assert headers["Cache-Control"] != "public", path
                assert "no-store" in headers["Cache-Control"] or "private" in headers["Cache-Control"], path


def test_only_a_production_office_asks_for_tls_for_good(office_app: Flask) -> None:
    production = create_app(settings_in(office_app.config["DATA"], production=True))
    assert "max-age=31536000" in production.test_client().get("/healthz").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in office_app.test_client().get("/healthz").headers


def test_pages_hold_no_script_and_no_style_of_their_own(sign_in: SignIn, document_at: DocumentAt) -> None:
    lists = ["/", "/to-read", "/drafts", "/begun", "/handled", "/register", "/archive?q=文明"]
    client = sign_in("drafter")
    for path in [*lists, "/documents/new", f"/documents/{document_at('issued')}"]:
        text = client.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), path
        assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", text), path
