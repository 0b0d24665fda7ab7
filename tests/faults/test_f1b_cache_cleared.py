"""F1b: any client may ask Streamlit to empty its caches; the open inventory is in none of them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from esdash.inventory.file import shared


def test_pages_go_on_after_all_caches_were_emptied(app: Callable[..., AppTest]) -> None:
    visitor = app("one", "initiatives")
    assert not visitor.exception and not visitor.error
    st.cache_data.clear()  # what Streamlit does for the message BackMsg.clear_cache
    st.cache_resource.clear()
    visitor.run()
    assert [message.value for message in visitor.error] == []
    newcomer = app("one", "overview")
    assert [message.value for message in newcomer.error] == []
    assert newcomer.metric or newcomer.markdown


def test_one_open_inventory_for_all_and_a_new_one_after_closing(tiny_path: Path) -> None:
    from esdash.analysis import open_inventory

    first = shared.inventory(tiny_path, open_inventory)
    assert shared.inventory(tiny_path, open_inventory) is first
    shared.close(tiny_path)
    second = shared.inventory(tiny_path, open_inventory)
    assert second is not first
    assert second.value("SELECT count(*) FROM district") == 3
    shared.close_all()


def test_what_does_not_open_is_tried_again(tiny_path: Path) -> None:
    def fail(path: Path) -> None:
        raise OSError(path)

    with pytest.raises(OSError, match="inventory"):
        shared.inventory(tiny_path, fail)  # type: ignore[arg-type, return-value]
    from esdash.analysis import open_inventory

    assert shared.inventory(tiny_path, open_inventory) is not None
    shared.close_all()
