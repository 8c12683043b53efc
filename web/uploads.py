"""Let some requests be larger than the rest: those that bring files."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

MB = 1024 * 1024

View = Callable[..., Any]


def takes(size: int) -> Callable[[View], View]:
    """Mark a view whose requests may have so many bytes; it stands below the view's route."""

    def mark(view: View) -> View:
        view.largest_request = size  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    @app.before_request
    def widen() -> None:
        """Set the limit before anything reads the form, the check of its token too."""
        view = current_app.view_functions.get(request.endpoint or "")
        size = getattr(view, "largest_request", None)
        if size is not None:
            request.max_content_length = size
