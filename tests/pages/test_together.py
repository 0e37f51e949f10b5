"""The messages of a part reach a session and its socket in their order: at once where one listens, else one by one."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
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
def carried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sessions of the site, as the site sets them, until the test ends."""
    monkeypatch.setattr(AppSession, "_enqueue_forward_msg", AppSession._enqueue_forward_msg)
    monkeypatch.setattr(AppSession, "flush_browser_queue", AppSession.flush_browser_queue)
    monkeypatch.setattr(Runtime, "_send_message", Runtime._send_message)
    together.carry_together()


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


@pytest.mark.usefixtures("carried")
def test_messages_arrive_in_their_order_and_wake_the_loop_once(session: Any, runner: Any) -> None:
    sent = [message(place) for place in range(3)]
    together.send(runner.context, sent)
    AppSession._enqueue_forward_msg(session, message(3))
    assert session._browser_queue.flush() == [*sent, message(3)]
    assert len(runner.handed) == 1
    assert len(session.woken) == 2


@pytest.mark.usefixtures("carried")
def test_a_part_without_messages_sends_none(session: Any, runner: Any) -> None:
    together.send(runner.context, [])
    assert not runner.handed
    assert not session._browser_queue.flush()


def test_where_no_session_of_the_site_listens_they_go_one_by_one(session: Any, runner: Any) -> None:
    sent = [message(place) for place in range(3)]
    together.send(runner.context, sent)
    assert session._browser_queue.flush() == sent
    assert runner.handed == sent


@pytest.mark.usefixtures("carried")
def test_whoever_records_what_is_sent_is_given_each_message() -> None:
    kept: list[ForwardMsg] = []
    sent = [message(place) for place in range(3)]
    together.send(SimpleNamespace(_enqueue=kept.append), sent)  # type: ignore[arg-type]
    assert kept == sent


@pytest.mark.usefixtures("carried")
def test_the_newest_message_of_a_place_is_the_last_one_sent(session: Any, runner: Any) -> None:
    # A page writes at places 0 and 1; a part kept in memory writes there again; then the page writes at place 0.
    for place in (0, 1):
        AppSession._enqueue_forward_msg(session, message(place))
    part = [message(place) for place in range(3)]
    for one in part:
        one.delta.new_element.markdown.body += ", from the part"
    together.send(runner.context, part)
    newest = message(0)
    newest.delta.new_element.markdown.body = "newest"
    AppSession._enqueue_forward_msg(session, newest)
    shown = {tuple(one.metadata.delta_path): one for one in session._browser_queue.flush()}
    assert list(shown.values()) == [newest, *part[1:]]


@pytest.mark.usefixtures("carried")
def test_all_that_waits_is_sent_in_few_turns_of_the_loop_in_its_order(session: Any) -> None:
    waiting = [message(place) for place in range(2 * together.AT_ONCE + 1)]
    for one in waiting:
        session._browser_queue.enqueue(one)
    turns = AppSession.flush_browser_queue(session)
    assert [len(turn) for turn in turns] == [together.AT_ONCE, together.AT_ONCE, 1]  # type: ignore[arg-type]
    written: list[ForwardMsg] = []
    client = SimpleNamespace(client=SimpleNamespace(write_forward_msg=written.append), script_run_count=0)
    for turn in turns:
        Runtime._send_message(SimpleNamespace(), client, turn)  # type: ignore[arg-type]
    assert written == waiting
    assert AppSession.flush_browser_queue(session) == []


@pytest.mark.usefixtures("carried")
def test_a_run_that_ends_is_counted_among_several(session: Any) -> None:
    client = SimpleNamespace(client=SimpleNamespace(write_forward_msg=lambda _: None), script_run_count=0)
    session._browser_queue.enqueue(message(0))
    session._browser_queue.enqueue(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    for turn in AppSession.flush_browser_queue(session):
        Runtime._send_message(SimpleNamespace(), client, turn)  # type: ignore[arg-type]
    assert client.script_run_count == 1
