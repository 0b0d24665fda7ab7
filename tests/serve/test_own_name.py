"""The browser keeps one's own name: only a page of this server may have it kept, and only a name."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from esdash.ui.shell import author, url
from tests.serve.asking import Got, ask

HERE = {"host": "esdash.example", "origin": "http://esdash.example", "content-type": "application/json"}
ADA = json.dumps({"name": "  Ada Lövelace "}).encode()


def post(body: bytes, **other: str) -> Got:
    """The answer to a page of this server that sends this; `other` replaces headers, an empty one is left out."""
    headers = HERE | {name.replace("_", "-"): value for name, value in other.items()}
    return ask(url.OWN_NAME, "POST", {name: value for name, value in headers.items() if value}, body=body)


def test_a_name_is_kept_where_scripts_and_other_pages_do_not_read_it() -> None:
    got = post(ADA)
    assert got.status == 204 and got.headers["cache-control"] == "no-store"
    value, *about = got.headers["set-cookie"].split("; ")
    assert value == f"{author.COOKIE}={quote('Ada Lövelace')}"
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(about)


def test_an_empty_name_takes_it_away() -> None:
    kept = post(b'{"name": ""}').headers["set-cookie"]
    assert kept.startswith(f'{author.COOKIE}="";') and "Max-Age=0" in kept


@pytest.mark.parametrize(
    "other",
    [
        *({"origin": origin} for origin in ("https://elsewhere.example", "http://esdash.example.org", "null", "")),
        *({"content_type": kind} for kind in ("text/plain", "application/x-www-form-urlencoded", "")),
    ],
)
def test_another_origin_and_what_a_form_can_send_are_refused(other: dict[str, str]) -> None:
    got = post(ADA, **other)
    assert (got.status, got.headers.get("set-cookie")) == (403, None)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"Ada", b"\xff", b"[]", b'"Ada"', b"{}", b'{"name": 5}', b'{"name": null}'),
        pytest.param(json.dumps({"name": "A" * 1000}).encode(), id="too long"),
    ],
)
def test_what_is_no_name_is_refused(body: bytes) -> None:
    got = post(body)
    assert (got.status, got.headers.get("set-cookie")) == (400, None)


def test_a_name_is_not_read_there() -> None:
    assert "set-cookie" not in ask(url.OWN_NAME, "GET", HERE).headers
