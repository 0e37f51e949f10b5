"""The messages of a part reach a session in their order, at once where one listens, one by one elsewhere."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import ScriptRunner

from pages.shared import together


def message(place: int) -> ForwardMsg:
    """Return a message that writes at this place of a page."""
    written = ForwardMsg()
    written.delta.new_element.markdown.body = f"place {place}"
    written.metadata.delta_path[:] = [0, place]
    return written


@pytest.fixture
def session() -> Any:
    """What Streamlit's session needs to take a message: its queue, and the loop, woken at each call."""
    woken: list[int] = []
    return SimpleNamespace(
        _browser_queue=ForwardMsgQueue(), _message_enqueued_callback=lambda: woken.append(1), woken=woken
    )


@pytest.fixture
def runner(session: Any) -> Any:
    """A runner of scripts that hands what it is given to the session, and counts how often."""
    runner = ScriptRunner.__new__(ScriptRunner)
    handed: list[Any] = []

    def hand(sent: Any) -> None:
        handed.append(sent)
        AppSession._enqueue_forward_msg(session, sent)

    runner.on_event = SimpleNamespace(send=lambda _runner, event, forward_msg: hand(forward_msg))  # type: ignore[assignment]
    runner._maybe_handle_execution_control_request = lambda: None  # type: ignore[method-assign]
    return SimpleNamespace(context=SimpleNamespace(_enqueue=runner._enqueue_forward_msg), handed=handed)


def test_messages_arrive_in_their_order_and_wake_the_loop_once(
    session: Any, runner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AppSession, "_enqueue_forward_msg", AppSession._enqueue_forward_msg)
    together.carry_together()
    sent = [message(place) for place in range(3)]
    together.send(runner.context, sent)
    AppSession._enqueue_forward_msg(session, message(3))
    assert session._browser_queue.flush() == [*sent, message(3)]
    assert len(runner.handed) == 1
    assert len(session.woken) == 2


def test_a_part_without_messages_sends_none(session: Any, runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AppSession, "_enqueue_forward_msg", AppSession._enqueue_forward_msg)
    together.carry_together()
    together.send(runner.context, [])
    assert not runner.handed
    assert not session._browser_queue.flush()


def test_where_no_session_of_the_site_listens_they_go_one_by_one(session: Any, runner: Any) -> None:
    sent = [message(place) for place in range(3)]
    together.send(runner.context, sent)
    assert session._browser_queue.flush() == sent
    assert runner.handed == sent


def test_whoever_records_what_is_sent_is_given_each_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AppSession, "_enqueue_forward_msg", AppSession._enqueue_forward_msg)
    together.carry_together()
    kept: list[ForwardMsg] = []
    sent = [message(place) for place in range(3)]
    together.send(SimpleNamespace(_enqueue=kept.append), sent)  # type: ignore[arg-type]
    assert kept == sent
