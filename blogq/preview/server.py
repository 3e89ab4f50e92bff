"""The server: pages with the client in them, files as they are, and the stream of events."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import blake2b
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from blogq.preview.desk import desk
from blogq.preview.editor import editor_of
from blogq.preview.guard import Guard
from blogq.preview.hub import MOST, Hub
from blogq.preview.opening import MOST_BODY, Opening, Places
from blogq.preview.panel import OWN, margin, with_client
from blogq.preview.ranges import response
from blogq.preview.source import Answer, Source

CLIENT = Path(__file__).parent / "client"
CLIENT_FILES = ("marks.js", "open.js", "client.js")
"""What is sent as `client.js`, one after the other: the last takes the page apart."""
OWN_FILES = (*CLIENT_FILES, "shared.js", "idiomorph.js")
TRIES = 50
"""Ports that are tried, one after the other."""
LARGEST_HEAD = 64 << 10
"""Bytes of a request's line and headers."""
THREADS = 8
SLOWEST = 5.0
"""Seconds that the few bytes of a request to open a file may take."""


class PortsTaken(OSError):
    """No port is free among those that were tried."""


def bound_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens at `host`, at the first free port from `port` on (0: any).

    Raise `PortsTaken` when there is none, OSError when the address can't be used.
    """
    import errno

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + TRIES, 65536)) if port else (0,):
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((host, number))
            listening.listen(1024)
        except OSError as error:
            listening.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        return listening
    raise PortsTaken(errno.EADDRINUSE, f"all ports from {port} to {port + TRIES - 1} are taken", host)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach a server that listens at `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Preview:
    """Serves one site. `version` grows with each state that browsers are told of."""

    def __init__(
        self, source: Source, host: str, follow: bool = False, environment: Mapping[str, str] = os.environ
    ) -> None:
        """`environment` says which editor is used; none is opened where others than this machine can ask."""
        self.source = source
        self._environment = environment
        self._opening = Opening(environment) if is_loopback(host) else None
        self.follow = follow
        self.hub = Hub()
        # No server that was here before has told of such a number.
        self.version = time.time_ns() // 1_000_000
        self._edited = ""
        """What the last change was an edit of, for whoever has missed it."""
        self.looked_at = threading.Event()
        """Set once a page was asked for."""
        self.notice = ""
        """What to tell of the preview itself, such as that it is scanning."""
        self._threads = ThreadPoolExecutor(THREADS, "blogq-pages")
        self._files = {name: (CLIENT / name).read_bytes() for name in OWN_FILES}
        self._files["client.js"] = b"\n".join(self._files.pop(name) for name in CLIENT_FILES)
        routes = [
            Route(f"{OWN}open", self._open, methods=["POST"]),
            Route(f"{OWN}events", self._events),
            Route(OWN, self._desk),
            Route(f"{OWN}gate", self._gate),
            Route(f"{OWN}{{name}}", self._own),
            Route("/{path:path}", self._site),
        ]
        names = {"localhost", host} if not is_loopback(host) else {"localhost"}
        self.app = Guard(Starlette(routes=routes), names, not is_loopback(host), MOST_BODY)

    def places(self) -> Places:
        """Return how places are opened now: config may be edited."""
        if self._opening is None:
            return Places()
        return Places(editor_of(self.source.editor, self._environment), self.source.file_of, self.source.site)

    def tell(self, event: Mapping[str, Any]) -> None:
        """Count one more state and tell all browsers what has changed; belongs to the event loop."""
        self.version += 1
        self._edited = str(event.get("edited", ""))
        self.hub.publish({"version": self.version, "follow": self.follow, "notice": self.notice, **event})

    def tell_judged(self) -> None:
        """Tell all browsers that the gate has said something new; belongs to the event loop."""
        nothing = {"urls": [], "files": [], "offers": [], "edited": ""}
        self.hub.publish({"version": self.version, "follow": False, "notice": self.notice, **nothing, "gate": True})

    async def _events(self, request: Request) -> Response:
        if len(self.hub.streams) >= MOST:
            return Response("Too many streams.\n", 503, media_type="text/plain")

        def hello() -> dict[str, Any]:
            own = {"follow": self.follow, "edited": self._edited}
            return {"version": self.version, "notice": self.notice, "hello": True, **own}

        return StreamingResponse(self.hub.stream(hello), media_type="text/event-stream")

    async def _gate(self, request: Request) -> Response:
        """Return what the gate says of the page that `page` names, with the subpath and decoded."""
        page, prefix = request.query_params.get("page", ""), self.source.prefix
        if not page.startswith(f"{prefix}/"):
            return JSONResponse(None)
        loop = asyncio.get_running_loop()
        judged = await loop.run_in_executor(self._threads, self.source.judge, page[len(prefix) :])
        return JSONResponse(None if judged is None else margin(judged, self.places()))

    async def _open(self, request: Request) -> Response:
        """Open the file that the request names in an editor. The guard has let it through."""
        if self._opening is None:
            return _refused(405, "This server is for reading only.")
        try:
            body = await asyncio.wait_for(request.body(), SLOWEST)
            asked = json.loads(body)
        except TimeoutError:
            return _refused(408, "The request doesn't come.")
        except ClientDisconnect:
            return _refused(400, "The request is cut short.")
        except (ValueError, RecursionError):
            return _refused(400, "Ask in JSON.")
        # Not in the threads that make pages: it waits for what it has started.
        status, why = await asyncio.to_thread(self._opening.open, self.places(), asked)
        return Response(status_code=status) if status == 204 else _refused(status, why)

    async def _desk(self, request: Request) -> Response:
        """Return the start page for writers."""
        loop = asyncio.get_running_loop()
        shown = await loop.run_in_executor(self._threads, self.source.desk)
        home = f"{self.source.prefix}/"
        page = Answer(200, "text/html; charset=utf-8", desk(shown, home).encode("utf-8", "replace"), is_page=True)
        self.looked_at.set()
        return Response(with_client(page, self.version, self.places()), headers={"content-type": page.media_type})

    async def _own(self, request: Request) -> Response:
        data = self._files.get(request.path_params["name"])
        if data is None:
            return Response("Not found.\n", 404, media_type="text/plain")
        return Response(data, media_type="text/javascript; charset=utf-8")

    async def _site(self, request: Request) -> Response:
        path, prefix = request.scope["path"], self.source.prefix
        if prefix and path in ("/", prefix):
            return RedirectResponse(quote(f"{prefix}/"), 307)
        if not path.startswith(f"{prefix}/"):
            return Response(f"The site is below {prefix}/.\n", 404, media_type="text/plain; charset=utf-8")
        # Whatever changes while the page is made is told to it afterwards.
        version = self.version
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._answered, request, path[len(prefix) :], version)

    def _answered(self, request: Request, path: str, version: int) -> Response:
        answer = self.source.answer(path)
        if answer.location:
            return RedirectResponse(answer.location, answer.status)
        if answer.load is not None:
            try:
                content = answer.load()
            except OSError:
                return _refused(404, "This file can't be read.")
            return response(content, answer.media_type, request.method, request.headers)
        if not answer.is_page:
            return Response(answer.body, answer.status, media_type=answer.media_type)
        places = self.places()
        tag = f'"{_digest(answer, places)}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"etag": tag})
        headers = {"etag": tag, "content-type": answer.media_type}
        self.looked_at.set()
        return Response(with_client(answer, version, places), answer.status, headers)

    async def run(self, listening: socket.socket, ready: Callable[[], None]) -> None:
        """Serve until SIGINT or SIGTERM; `ready` is called once the server answers."""
        config = uvicorn.Config(
            self.app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=75,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
        server = _Server(config)
        loop = asyncio.get_running_loop()

        def end() -> None:
            self.hub.close()
            server.should_exit = server.force_exit = True

        self.end = end
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(number, end)
            except (NotImplementedError, RuntimeError, ValueError):
                # Not on Windows, and not in a thread.
                pass
        serving = asyncio.ensure_future(server.serve([listening]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.001)
        ready()
        await serving
        self._threads.shutdown(wait=False, cancel_futures=True)

    end: Callable[[], None] = staticmethod(lambda: None)
    """Ends the server; belongs to the event loop."""


class _Server(uvicorn.Server):
    """A server that leaves signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _refused(status: int, why: str) -> Response:
    return Response(f"{why}\n", status, media_type="text/plain")


def _digest(answer: Answer, places: Places) -> str:
    """Return what tells one page from another, whatever the version."""
    shown = (answer.status, answer.mark, answer.when, answer.findings, answer.unpublished, places.editor)
    told = repr(shown).encode("utf-8", "replace")
    return blake2b(answer.body + b"\0" + told, digest_size=12).hexdigest()
