"""Addresses by hand and from old links: the overview has its name, what is no page says so."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest


def answer(address: str, path: str, **headers: str) -> tuple[int, str, str]:
    """Status, where it leads, and what is written there."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    got = connection.getresponse()
    words = got.read().decode(errors="replace")
    connection.close()
    return got.status, got.getheader("location", ""), words


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=en&on=2026-11-01&theme=a&theme=b"])
def test_overview_leads_to_the_first_page_and_keeps_the_question(address: str, query: str) -> None:
    assert answer(address, f"/overview{query}")[:2] == (308, f"./{query}")


@pytest.mark.parametrize("path", ["/no-such-page", "/gaps/inside", "/a/b/c", "/missing.js", "/OVERVIEW"])
def test_an_unknown_address_says_so_and_shows_the_way_back(address: str, path: str) -> None:
    status, _, words = answer(address, path)
    assert status == 404
    assert '<html lang="de">' in words and "Diese Seite gibt es nicht." in words and 'href="/"' in words


def test_an_unknown_address_speaks_the_language_of_the_link_then_of_the_browser(address: str) -> None:
    english, german = "There is no such page.", "Diese Seite gibt es nicht."
    assert english in answer(address, "/nothing?lang=en", **{"Accept-Language": "de"})[2]
    assert english in answer(address, "/nothing", **{"Accept-Language": "en-GB,en;q=0.9,de;q=0.8"})[2]
    assert german in answer(address, "/nothing", **{"Accept-Language": "fr,de;q=0.8,en;q=0.7"})[2]
    assert 'href="/?lang=en"' in answer(address, "/nothing?lang=en")[2]


@pytest.mark.parametrize(
    "path", ["/", "/gaps", "/gaps?measure=gap&district_in=d01", "/entry?table=initiative", "/care"]
)
def test_a_page_is_answered_by_the_dashboard(address: str, path: str) -> None:
    status, _, words = answer(address, path)
    assert status == 200 and 'id="root"' in words


def test_files_and_messages_pass(address: str) -> None:
    assert answer(address, "/favicon.png")[0] == 200
    assert answer(address, "/_stcore/health")[::2] == (200, "ok")


def test_the_page_of_the_city_is_no_page_of_the_dashboard(address: str) -> None:
    status, _, words = answer(address, "/stadt")
    assert (status, 'id="root"' in words) == (200, False) and "<h1>Prioritätenliste" in words
    assert "<h1>Priority list" in answer(address, "/stadt?lang=en")[2]
    status, _, words = answer(address, "/stadt/fassung-99.pdf")
    assert status == 404 and "Eine Fassung 99 gibt es hier nicht." in words
