"""A visitor without a browser, who exchanges Streamlit's messages and measures how long a rerun takes."""

from __future__ import annotations

import socket
import time
from types import TracebackType
from typing import Any, Self

import streamlit  # noqa: F401  (before its messages)
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

TIMEOUT = 120  # seconds


class PageFailed(Exception):
    """The page showed an error instead of its content."""


class Visitor:
    """One session on one page. Use as `async with`."""

    def __init__(self, port: int, page: str = "") -> None:
        self._port, self._page = port, page
        self._page_hash = ""
        self._kept: set[str] = set()
        self._sliders: dict[str, str] = {}  # label of a widget → its id
        self._moved: dict[str, float] = {}
        self.query = ""  # the part of the URL after the question mark, for the next rerun
        self.kilobytes = 0.0  # kilobytes of the last rerun

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://127.0.0.1:{self._port}/_stcore/stream",
            origin=f"http://127.0.0.1:{self._port}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            ping_interval=None,
            compression=None,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._socket.close()

    def move(self, position: int, value: float) -> None:
        """Move a slider of the page, counted from the top, before the next rerun."""
        self._moved[list(self._sliders.values())[position]] = value

    async def rerun(self) -> float:
        """Milliseconds from the request to run the script to its last message. Raises PageFailed."""
        wish = BackMsg()
        wish.rerun_script.query_string = self.query
        wish.rerun_script.cached_message_hashes.extend(self._kept)  # like a browser: large elements are sent once
        for slider, value in self._moved.items():
            wish.rerun_script.widget_states.widgets.add(id=slider).double_array_value.data.append(value)
        if self._page_hash:
            wish.rerun_script.page_script_hash = self._page_hash
        else:
            wish.rerun_script.page_name = self._page
        transport = self._socket.transport.get_extra_info("socket")
        self._kept, received = set(), 0
        began = time.perf_counter()
        await self._socket.send(wish.SerializeToString())
        while True:
            # Without this, delayed acknowledgements add about 40 ms on the loopback interface.
            if hasattr(socket, "TCP_QUICKACK"):
                transport.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            packet = await self._socket.recv()
            received += len(packet)
            message = ForwardMsg.FromString(packet)
            if self._ends(message):
                self.kilobytes = received / 1024
                return (time.perf_counter() - began) * 1000

    def _ends(self, message: Any) -> bool:
        kind = message.WhichOneof("type")
        if kind == "navigation":  # the page that was really run; new_session names the default page
            self._page_hash = message.navigation.page_script_hash
        elif kind == "ref_hash":
            self._kept.add(message.ref_hash)
        elif kind == "delta":
            if message.metadata.cacheable:
                self._kept.add(message.hash)
            element = message.delta.new_element
            if element.WhichOneof("type") == "slider":
                self._sliders[element.slider.label] = element.slider.id
            if element.WhichOneof("type") == "exception":
                raise PageFailed(f"{self._page}: {element.exception.type}: {element.exception.message}")
        return bool(kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)
