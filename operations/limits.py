"""How much one address may ask in a while, of files and plain pages: beyond it, 429 and when to come back.

Rule: generous to a newsroom or a classroom behind one address. What is remembered of an address is a number, for a
minute, in memory. The address is that of the connection, or what a proxy tells that uvicorn trusts
(FORWARDED_ALLOW_IPS). This machine itself is a proxy or a measure, and is not limited.
"""

import ipaddress
import math
import time
from functools import lru_cache

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from operations.refusals import refuse

# An archive, a workbook or the whole database is worth as much work or as many bytes as some small answers.
HEAVY, HEAVY_COST = (".zip", ".xlsx", ".parquet", ".duckdb"), 10
LIMITED = ("/api/v1/", "/fiche", "/en/fiche", "/reprendre", "/en/reprendre")
# Beyond as many addresses in a while, newcomers share one allowance: memory and time stay bounded.
MOST_ADDRESSES = 2000
EVERYBODY_ELSE = "everybody else"
# Whoever holds one IPv6 address holds 2**64 of them.
IPV6_PREFIX = 64


class Limited:
    """ASGI middleware: hands on what an address may still ask, refuses the rest; `rate` is as « 1200/minute »."""

    def __init__(self, app: ASGIApp, rate: str) -> None:
        self.app = app
        self.item = parse(rate) if rate else None
        self.storage = MemoryStorage()
        self.limiter = FixedWindowRateLimiter(self.storage)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or refuse."""
        if self.item is None or scope["type"] != "http" or not scope["path"].startswith(LIMITED):
            await self.app(scope, receive, send)
            return
        who = counted_address(scope["client"][0] if scope.get("client") else "")
        if who and self.item.key_for(who) not in self.storage.storage and len(self.storage.storage) >= MOST_ADDRESSES:
            who = EVERYBODY_ELSE
        cost = HEAVY_COST if scope["path"].endswith(HEAVY) else 1
        if not who or self.limiter.hit(self.item, who, cost=cost):
            await self.app(scope, receive, send)
            return
        window = self.limiter.get_window_stats(self.item, who)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        policy = f'"address";q={self.item.amount};w={self.item.get_expiry()}'
        left = f'"address";r={window.remaining};t={wait}'
        await refuse(scope, send, "rate", wait, ratelimit_policy=policy, ratelimit=left)


@lru_cache(maxsize=MOST_ADDRESSES)
def counted_address(host: str) -> str:
    """Return by what an address is counted: itself, its network for IPv6, "" for this machine."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return EVERYBODY_ELSE if host else ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            network = ipaddress.ip_network((address, IPV6_PREFIX), strict=False)
            return "" if address.is_loopback else str(network)
        address = address.ipv4_mapped
    return "" if address.is_loopback else str(address)
