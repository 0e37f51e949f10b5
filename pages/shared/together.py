"""The messages of a part, carried from the thread of its script to the socket in one go instead of one by one.

Rule: a workaround, and nothing else. Streamlit 1.67 hands each message of a run from the thread of the script to the
loop by itself, through a signal, a call of the loop and an event; then it sends each in a turn of the loop of its own,
so that each is a write, a poll and a wake of the system. For a part kept in memory, that costs more than the messages
do. Streamlit's own event, queue and loop carry them here too, so that their order, and the silence of a run that was
replaced, stay its own.
"""

from collections.abc import Sequence
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

# Sent in one turn of the loop, some milliseconds at most: others are answered in between, and the socket's queue, which
# holds five times as many, is emptied.
AT_ONCE = 100

_enqueue = AppSession._enqueue_forward_msg
_flush = AppSession.flush_browser_queue
_send = Runtime._send_message


class Several(tuple[ForwardMsg, ...]):
    """Messages in their order, where Streamlit expects one."""

    __slots__ = ()


def carry_together() -> None:
    """Have the sessions of the site take several messages at once, and send all that they have."""
    AppSession._enqueue_forward_msg = _enqueue_all  # type: ignore[assignment, method-assign]
    AppSession.flush_browser_queue = _flush_all  # type: ignore[assignment, method-assign]
    Runtime._send_message = _send_all  # type: ignore[assignment, method-assign]


def send(context: ScriptRunContext, messages: Sequence[ForwardMsg]) -> None:
    """Send these messages of a run: together where a session of the site listens, else one by one.

    They are shared with other visits, and read only.
    """
    runner = getattr(context._enqueue, "__self__", None)
    together = type(runner) is ScriptRunner and AppSession._enqueue_forward_msg is _enqueue_all
    for message in (Several(messages),) if together and messages else messages:
        # What carries a message asks first whether the visitor has left for another page: it does so once here.
        context._enqueue(message)  # type: ignore[arg-type]


def _enqueue_all(session: AppSession, message: Any) -> None:
    if not isinstance(message, Several):
        _enqueue(session, message)
        return
    *before, last = message
    queue = session._browser_queue
    # Streamlit would look for an older message at the place of each, to send the newer one only. A browser that is sent
    # both shows the newer; so none of the older may be found by whatever comes after, either.
    queue._queue.extend(before)
    queue._delta_index_map.clear()
    # The last one wakes the loop that sends them all.
    _enqueue(session, last)


def _flush_all(session: AppSession) -> list[Any]:
    waiting = _flush(session)
    return [Several(waiting[first : first + AT_ONCE]) for first in range(0, len(waiting), AT_ONCE)]


def _send_all(runtime: Runtime, session_info: Any, message: Any) -> None:
    for one in message if isinstance(message, Several) else (message,):
        _send(runtime, session_info, one)
