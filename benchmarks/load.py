"""A load generator for one machine: keep-alive connections that each ask again as soon as they are answered.

Rule: loopback only, bounded in time, raw bytes out and lengths in, so that it costs less than what it measures; its own
share of the processor is told beside the figures.
"""

import asyncio
import resource
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from benchmarks.report import quantile


@dataclass(frozen=True)
class Load:
    """What was seen: answers a second, milliseconds at three quantiles, bytes of a body, status, client's CPU share."""

    requests_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    body_bytes: int
    status: int
    client_cpu_share: float


def run_load(url: str, *, seconds: float, connections: int, headers: Mapping[str, str] | None = None) -> Load:
    """Ask `url` over and over on this machine. Raises ValueError on another host, RuntimeError on a mixed status."""
    parts = urlsplit(url)
    if parts.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError(f"{parts.hostname} is not this machine")
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    before, started = _cpu_seconds(), time.perf_counter()
    seen = asyncio.run(_all(parts.hostname, parts.port or 80, request, seconds, connections))
    elapsed = time.perf_counter() - started
    if len({status for _, status, _ in seen}) != 1:
        raise RuntimeError(f"{url} answered {sorted({status for _, status, _ in seen})}")
    times = [taken * 1000 for taken, _, _ in seen]
    return Load(
        len(times) / elapsed,
        quantile(times, 0.5),
        quantile(times, 0.95),
        quantile(times, 0.99),
        seen[-1][2],
        seen[-1][1],
        (_cpu_seconds() - before) / elapsed,
    )


async def _all(host: str, port: int, request: bytes, seconds: float, connections: int) -> list[tuple[float, int, int]]:
    seen: list[tuple[float, int, int]] = []
    deadline = time.perf_counter() + seconds
    await asyncio.gather(*(_one(host, port, request, deadline, seen) for _ in range(connections)))
    return seen


async def _one(host: str, port: int, request: bytes, deadline: float, seen: list[tuple[float, int, int]]) -> None:
    reader, writer = await asyncio.open_connection(host, port, limit=16 * 1024 * 1024)
    while (started := time.perf_counter()) < deadline:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head[9:12])
        size = 0 if status == 304 else await _read_body(reader, head.lower())
        seen.append((time.perf_counter() - started, status, size))
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection(host, port, limit=16 * 1024 * 1024)
    writer.close()


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> int:
    if b"transfer-encoding: chunked" in head:
        total = 0
        while size := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(size + 2)
            total += size
        await reader.readexactly(2)
        return total
    size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(size)
    return size


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
