"""F1: an import that failed for a reason nobody foresaw is not tried again at each visit of the page."""

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import importing
from tests.pages.test_imports_page import OFFERS, click, page, rows, signed, upload

__all__ = ["page"]


def test_it_is_tried_once(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def fail(*arguments: object) -> None:
        tried.append(arguments)
        raise RuntimeError("nobody foresaw this")

    signed(upload(page, "liste.csv", OFFERS))
    with monkeypatch.context() as broken:
        broken.setattr(importing, "run", fail)
        click(page, "1 Zeile importieren")
        page.run().run()
        assert len(tried) == 1
    page.run()
    assert not page.exception
    assert rows("FROM inventory.initiative") == []
    click(page, "1 Zeile importieren")  # and the same button works when the cause is gone
    assert len(rows("FROM inventory.initiative")) == 1
