"""Filling the templates of the pages made on the server."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def root_of(request: Request) -> str:
    """How to get from a page up to the site's own address, which may be a proxy's sub-path."""
    prefix = request.scope.get("root_path", "").rstrip("/").encode()
    path = request.scope["raw_path"]
    depth = path.removeprefix(prefix).count(b"/") - 1
    return "../" * depth or "./"


def page(request: Request, name: str, status: int = 200, /, **shown: Any) -> HTMLResponse:
    """Fill a template; ``root`` in it leads to the site's own address."""
    return HTMLResponse(_PAGES.get_template(name).render(root=root_of(request), **shown), status)


def missing(request: Request, sentence: str) -> HTMLResponse:
    """Say that a page is not there, and why."""
    return page(request, "missing.html", HTTPStatus.NOT_FOUND, sentence=sentence)
