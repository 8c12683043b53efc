"""Describe the API as OpenAPI 3.1, from the table of calls and the models."""

import re
from functools import cache
from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter

from workflow.describe import Content
from workflow.downloads import FORMATS, SCANNED

from . import schemas
from .calls import CALLS, KEY, VERSION, Call
from .documents import CHANGES

Json = dict[str, Any]

_PROBLEM = {"application/problem+json": {"schema": {"$ref": schemas.REF.format(model="Problem")}}}
_WHOLE = {"type": "integer", "minimum": 1, "maximum": 200}
_YEAR = {"type": "integer", "minimum": 1900, "maximum": 2999}
_QUERY: dict[str, Json] = {
    "limit": _WHOLE,
    "year": _YEAR,
    "change": {"enum": list(CHANGES)},
    "revision": {"type": "integer", "minimum": 1},
    "in_force": {"type": "string", "description": "1: in force today; or the day, such as 2024-05-01"},
}
_PATH: dict[str, Json] = {
    "format": {"enum": [*FORMATS, *SCANNED]},
    "n": {"type": "integer", "minimum": 1, "description": "Its place, counted from 1"},
}
_FORM = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "as": {"type": "string", "enum": ["picture"], "description": "It is a picture for the text"},
    },
    "required": ["file"],
}
_HEADERS: dict[str, Json] = {
    VERSION: {
        "required": True,
        "description": "The version that you saw, as the document's ETag has it",
        "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
    },
    KEY: {
        "required": False,
        "description": "The same key with the same request gives the first answer again",
        "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
    },
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Chooses labels and reasons",
    "schema": {"enum": ["zh", "en"], "default": "zh"},
}


@cache
def description() -> Json:
    """Return the whole description."""
    paths: dict[str, Json] = {}
    for call in CALLS:
        paths.setdefault(re.sub(r"<(\w+)>", r"{\1}", call.path), {})[call.method.lower()] = _operation(call)
    paths["/openapi.json"] = {
        "get": {
            "operationId": "openapi",
            "summary": "Give this description",
            "security": [],
            "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
            },
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Hongtou 红头", "version": "1"},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _operation(call: Call) -> Json:
    operation: Json = {
        "operationId": call.name,
        "summary": call.summary,
        "parameters": _parameters(call),
        "responses": _responses(call),
    }
    if call.takes is not None:
        schema = {"$ref": schemas.REF.format(model=_name(call.takes))}
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if call.takes_file:
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}
    if call.open:
        operation["security"] = []
    return operation


def _parameters(call: Call) -> list[Json]:
    path = [
        {"name": name, "in": "path", "required": True, "schema": _PATH.get(name, {"type": "string"})}
        for name in re.findall(r"<(\w+)>", call.path)
    ]
    query = [
        {"name": name, "in": "query", "schema": _QUERY.get(name, {"type": "string"})} for name in call.query
    ]
    headers = [{"name": name, "in": "header", **_HEADERS[name]} for name in call.headers]
    return [*path, *query, *headers, _LANGUAGE]


def _responses(call: Call) -> Json:
    good: Json = {"description": HTTPStatus(call.status).phrase}
    if call.answers is None:
        bytes_ = {"schema": {"type": "string", "format": "binary"}}
        good["content"] = dict.fromkeys(call.gives, bytes_)
        good["headers"] = {
            "ETag": _header("The file's SHA-256"),
            "Content-Disposition": _header("The name to save it under"),
        }
    else:
        schema = {"$ref": schemas.REF.format(model=_name(call.answers))}
        good["content"] = {"application/json": {"schema": schema}}
    if call.answers is schemas.Document:
        good["headers"] = {"ETag": _header("The document's version")}
    responses = {str(call.status): good}
    if call.later:
        responses["202"] = {
            "description": "The PDF is being made",
            "headers": {"Retry-After": _header("Seconds")},
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    always = {401, 429, 500} if call.open else {401, 403, 429, 500}  # 403: a one-time password
    for status in sorted({*call.refuses, *always}):
        responses[str(status)] = {"description": HTTPStatus(status).phrase, "content": _PROBLEM}
    return responses


def _header(description: str) -> Json:
    return {"description": description, "schema": {"type": "string"}}


def _name(model: Any) -> str:
    return model if isinstance(model, str) else re.sub(r"\W+", "_", model.__name__).strip("_")


def _schemas() -> Json:
    """Return the components: our models, the content as docgen has it, and what an action takes."""
    models = [schemas.Problem, *(model for call in CALLS for model in (call.takes, call.answers))]
    adapters = {
        _name(model): TypeAdapter[Any](model)
        for model in (*models, Content)
        if model is not None and not isinstance(model, str)
    }
    found, shared = TypeAdapter.json_schemas(
        [(name, "validation", adapter) for name, adapter in adapters.items()], ref_template=schemas.REF
    )
    made = dict(shared.get("$defs", {}))
    for (name, _), schema in found.items():
        made.setdefault(name, schema)
    for model in (schemas.DraftRequest, schemas.Document, schemas.Revision):
        made[model.__name__]["properties"]["content"] = {"$ref": schemas.REF.format(model="Content")}
    lists = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "default": ""}
    made["Content"]["properties"] |= dict.fromkeys(("addressees", "copy_to", "distribution"), lists)
    made["Content"]["properties"]["co_agencies"] = {**lists, "default": []}
    made["Inputs"] = {"type": "object", "properties": {"comment": {"type": "string"}}}
    return made
