"""An S3 server in this process that lists and serves what it is given, and fails when it is told to."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

PAGE = 25
"""Keys of one page of a listing."""


@dataclass(slots=True)
class Answer:
    """What a request is answered with."""

    status: int = 200
    """0: none, the connection is cut."""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    sent: int | None = None
    """Bytes of the body that are sent before the connection is cut; None: all."""
    wait: threading.Event | None = None
    """What to wait for before anything is answered."""


def error(status: int, code: str, message: str = "Nej, kund Anna") -> Answer:
    """Make an error as S3 says it."""
    return Answer(status, f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>".encode())


@dataclass(frozen=True, slots=True)
class Request:
    """A request, and the how many-th of its path it is."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    number: int

    @property
    def key(self) -> str:
        """Key of the object; "" for the bucket."""
        return self.path.lstrip("/").partition("/")[2]


Fault = Callable[[Request, Answer], Answer]
"""What is asked and the right answer -> the answer that is given."""


class FaultyS3:
    """One bucket, `lager`."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.classes: dict[str, str] = {}
        """Key -> storage class."""
        self.fault: Fault = lambda _request, answer: answer
        self.requests: list[Request] = []
        self.url = ""
        self._lock = threading.Lock()

    def answer(self, method: str, target: str, headers: dict[str, str]) -> Answer:
        """Answer a request, or fail."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        with self._lock:
            number = sum(one.path == path for one in self.requests) + 1
            request = Request(method, path, query, headers, number)
            self.requests.append(request)
        return self.fault(request, self._right(request))

    def _right(self, request: Request) -> Answer:
        if request.key:
            return self._object(request)
        if {"acl", "policy", "versioning"} & set(request.query) or request.path == "/":
            return error(403, "AccessDenied")
        return Answer(body=self._page(request).encode(), headers={"Content-Type": "application/xml"})

    def _page(self, request: Request) -> str:
        start = int(request.query.get("continuation-token", "0"))
        keys = sorted(self.objects)
        contents = "".join(map(self._listed, keys[start : start + PAGE]))
        more = start + PAGE < len(keys)
        token = f"<NextContinuationToken>{start + PAGE}</NextContinuationToken>" if more else ""
        truncated = f"<IsTruncated>{str(more).lower()}</IsTruncated>"
        kind = "<EncodingType>url</EncodingType>"
        return f"<ListBucketResult><Name>lager</Name>{kind}{truncated}{token}{contents}</ListBucketResult>"

    def _listed(self, key: str) -> str:
        data = self.objects[key]
        return (
            f"<Contents><Key>{quote(key)}</Key><LastModified>2025-05-06T07:08:09.000Z</LastModified>"
            f"<ETag>{etag(data)}</ETag><Size>{len(data)}</Size>"
            f"<StorageClass>{self.classes.get(key, 'STANDARD')}</StorageClass></Contents>"
        )

    def _object(self, request: Request) -> Answer:
        data = self.objects.get(request.key)
        if data is None:
            return error(404, "NoSuchKey")
        headers = {"ETag": etag(data), "Last-Modified": "Tue, 06 May 2025 07:08:09 GMT"}
        if request.headers.get("if-match", etag(data)) != etag(data):
            return error(412, "PreconditionFailed")
        asked = request.headers.get("range")
        if not asked:
            return Answer(200, data, headers)
        start = int(asked.removeprefix("bytes=").partition("-")[0])
        headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        return Answer(206, data[start:], headers)


def etag(data: bytes) -> str:
    """The tag of content."""
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


@contextmanager
def faulty_s3() -> Iterator[FaultyS3]:
    """Serve until the block is left."""
    store = FaultyS3()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = store.answer(self.command, self.path, headers)
            if answer.wait:
                answer.wait.wait(30)
            if not answer.status:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: answer.sent])
            if answer.sent is not None:
                self.wfile.flush()
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    for method in ("GET", "HEAD", "PUT", "POST", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that went away is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    store.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
