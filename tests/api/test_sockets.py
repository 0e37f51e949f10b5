"""The listening socket of the process sends at once; whatever else is open is left alone."""

import socket
from collections.abc import Iterator

import pytest

from api.sockets import send_at_once


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    # As Streamlit binds it: without naming its protocol.
    with socket.socket(socket.AF_INET) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener


def test_a_listening_socket_and_the_connections_it_accepts_send_at_once(listener: socket.socket) -> None:
    assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
    assert send_at_once() >= 1
    assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
    with socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
        assert client.fileno() > 0


def test_a_socket_that_does_not_listen_is_left_alone(tmp_path) -> None:
    with socket.socket(socket.AF_INET) as other, (tmp_path / "file").open("w"):
        send_at_once()
        assert other.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
