"""The socket on which the site listens, set to send each answer at once.

Rule: a workaround, and nothing else. Streamlit 1.67 binds its own socket without naming its protocol, and asyncio sets
TCP_NODELAY only on a socket that names TCP: the body of every answer then waits some 40 ms for the client to have
acknowledged its headers. Accepted connections take the option from the socket that listens.
"""

import contextlib
import os
import socket
from pathlib import Path

DESCRIPTORS = Path("/dev/fd")


def send_at_once() -> int:
    """Set TCP_NODELAY on every TCP socket on which this process listens; return how many there are.

    Where descriptors cannot be listed (not a Unix) nothing is done, and answers are only slower.
    """
    if not DESCRIPTORS.is_dir():
        return 0
    return sum(_send_at_once(int(path.name)) for path in DESCRIPTORS.iterdir() if path.name.isdecimal())


def _send_at_once(descriptor: int) -> bool:
    # Suppressed: a file, or a descriptor closed meanwhile.
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as listener:
        is_tcp = listener.family in (socket.AF_INET, socket.AF_INET6) and listener.type == socket.SOCK_STREAM
        if is_tcp and listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return True
    return False
