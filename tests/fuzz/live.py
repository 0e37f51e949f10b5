"""What is thrown at a running site, through its sockets: bytes that are no request, messages that no browser sends.

Rule: this machine only; a connection a case, read to its end within a bound.
"""

import asyncio
import socket
import time
from urllib.parse import quote, urlsplit

from google.protobuf.message import DecodeError
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.fuzz.kinds import LATE_S, WORDS, Kind, told_in
from tests.fuzz.requests import HEADERS, METHODS, TELLING, Answer, Question, judge_answer

# Where Streamlit answers by itself, and a few of ours.
TARGETS = (
    "/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b", "/_stcore/stream",
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/", "/_stcore/bidi-components/",
    "/media/", "/static/", "/component/", "/", "/projets",
    "/app/static/", "/vendor/", "/api/v1/projects.csv", "*", "http://mal.example/", "//mal.example/", "/..", "/%2e%2e/",
)  # fmt: skip
FRAMING = (*HEADERS, "content-length", "transfer-encoding", "upgrade")
# A script that ran sends its last message within the one on a machine that is busy; what runs none, nothing.
RUNS_WITHIN_S, SILENCE_S = 20.0, 0.3
_BYTES = st.one_of(st.sampled_from(TELLING), WORDS).map(lambda word: word.encode("utf-8", "replace"))
_REQUESTS = st.builds(
    lambda method, target, end, headers, body: b"".join(
        (
            method.encode(), b" ", target.encode(), end, b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
            *(b"%s: %s\r\n" % (name.encode(), value) for name, value in headers), b"\r\n", body,
        )
    ),
    st.sampled_from(METHODS),
    st.sampled_from(TARGETS),
    st.one_of(_BYTES, _BYTES.map(lambda end: quote(end).encode()), st.just(b"x" * 20_000)),
    st.lists(st.tuples(st.sampled_from(FRAMING), _BYTES), max_size=4),
    st.sampled_from([b"", b"x" * 1000, b"5\r\nhello\r\n0\r\n\r\n"]),
)  # fmt: skip


def requests(base: str) -> Kind:
    """Bytes written to the port of the site: each is answered or the connection closed, none told of."""
    place = urlsplit(base)

    def judge(request: bytes) -> list[str]:
        with socket.create_connection((place.hostname or "", place.port or 80), timeout=LATE_S) as link:
            try:
                link.sendall(request)
                link.shutdown(socket.SHUT_WR)
                answer = b"".join(iter(lambda: link.recv(65_536), b""))
            except TimeoutError:
                return ["no answer"]
            except ConnectionError:  # closed as soon as the request was seen to be none
                return []
        if not answer.startswith(b"HTTP/1.1 "):
            return [f"no answer: {answer[:80]!r}"] if answer else []
        head, _, body = answer.partition(b"\r\n\r\n")
        lines = [line.partition(b": ") for line in head.lower().split(b"\r\n")[1:]]
        told = Answer(int(answer[9:12]), {name: value for name, _, value in lines}, body)
        return judge_answer(Question("", ""), told)

    return Kind("requests", st.one_of(_REQUESTS, st.binary(min_size=1, max_size=200)), judge, time.perf_counter)


def _runs(message: bytes) -> bool:
    try:
        return BackMsg.FromString(message).WhichOneof("type") == "rerun_script"
    except DecodeError:
        return False


def _message(query: str, page: str, script: str, states: dict[str, str], fragment: str) -> bytes:
    message = BackMsg()
    asked = message.rerun_script
    asked.query_string, asked.page_name, asked.page_script_hash, asked.fragment_id = query, page, script, fragment
    for name, value in states.items():
        state = asked.widget_states.widgets.add()
        state.id, state.string_value = name, value
    return bytes(message.SerializeToString())


_WORDS = WORDS.map(lambda word: word.encode("utf-8", "replace").decode("utf-8"))
_PAIR = st.tuples(
    st.sampled_from(["region", "q", "project", "lang", "until", "why", "metric", "place", "mode"]), _WORDS
)
_QUERY = st.one_of(_WORDS, st.lists(_PAIR, max_size=4).map(lambda pairs: "&".join(f"{a}={quote(b)}" for a, b in pairs)))
_PAGE = st.one_of(st.sampled_from(["", "carte", "regions", "projets", "contribuer", "donnees", "qualite"]), _WORDS)


def _drawn(widgets: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    states = st.dictionaries(widgets, _WORDS, max_size=3)
    # A fragment that is none is answered by nothing.
    return st.builds(_message, _QUERY, _PAGE, st.one_of(st.just(""), _WORDS), states, st.just(""))


# Sound messages, and those which Streamlit 1.67 logs with a traceback: a widget under a name that it never gives (the
# sender is told that the page failed), bytes that are no message.
MESSAGES = _drawn(st.just("$$ID-0-q"))
FRAMES = st.one_of(MESSAGES, _drawn(_WORDS), st.binary(max_size=200), st.just(b"\xff" * 2_000_000))


def messages(base: str, runner: asyncio.Runner, drawn: st.SearchStrategy[bytes] = MESSAGES) -> Kind:
    """Messages of Streamlit's protocol: the script ends without an exception, or the socket is closed."""
    address = f"ws://{urlsplit(base).netloc}/_stcore/stream"

    async def throw(message: bytes) -> list[str]:
        found: list[str] = []
        within = RUNS_WITHIN_S if _runs(message) else SILENCE_S
        try:
            async with connect(address, subprotocols=["streamlit"], max_size=None) as link:  # type: ignore[list-item]
                await link.send(message)
                while True:
                    received = await asyncio.wait_for(link.recv(), within)
                    found += told_in(bytes(received))  # type: ignore[arg-type]
                    told = ForwardMsg.FromString(received)  # type: ignore[arg-type]
                    if told.delta.new_element.WhichOneof("type") == "exception":
                        found.append(f"an exception: {told.delta.new_element.exception.message[:200]}")
                    if told.WhichOneof("type") == "script_finished":
                        return found
        except WebSocketException:
            return found
        except TimeoutError:
            return [*found, "no end"] if _runs(message) else found

    return Kind("messages", drawn, lambda message: runner.run(throw(message)), time.perf_counter)
