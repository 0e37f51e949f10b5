"""The messages of a part, carried to the loop in one go instead of one by one.

Rule: a workaround, and nothing else. Streamlit 1.67 hands each message of a run from the thread of the script to the
loop by itself, through a signal, a call of the loop and an event: for a part kept in memory, that costs more than the
messages do. Streamlit's own event carries them here too, so that their order, and the silence of a run that was
replaced, stay its own.
"""

from collections.abc import Sequence
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

_enqueue = AppSession._enqueue_forward_msg


class Several(tuple[ForwardMsg, ...]):
    """Messages of one part, in their order, where Streamlit expects one."""

    __slots__ = ()


def carry_together() -> None:
    """Have the sessions of the site take several messages at once."""
    AppSession._enqueue_forward_msg = _enqueue_all  # type: ignore[assignment, method-assign]


def send(context: ScriptRunContext, messages: Sequence[ForwardMsg]) -> None:
    """Send these messages of a run: together where a session of the site listens, else one by one."""
    runner = getattr(context._enqueue, "__self__", None)
    together = type(runner) is ScriptRunner and AppSession._enqueue_forward_msg is _enqueue_all
    for message in (Several(messages),) if together and messages else messages:
        # What carries a message asks first whether the visitor has left for another page: it does so once here.
        context._enqueue(message)  # type: ignore[arg-type]


def _enqueue_all(session: AppSession, message: Any) -> None:
    *before, last = message if isinstance(message, Several) else (message,)
    for one in before:
        session._browser_queue.enqueue(one)
    # The last one wakes the loop that sends them all.
    _enqueue(session, last)
