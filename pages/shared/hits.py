"""How often what a page asks for was in memory: the caches of `data`, told by `/api/health`."""

from pages.shared import data


def hit_rates() -> dict[str, dict[str, int]]:
    """Return, for each cache of the pages, how many entries it keeps and may keep, and its hits and misses."""
    kept = {"answers": data._query, "drawings": data._drawn, "selections": data._parse}
    told = {name: cache.cache_info() for name, cache in kept.items()}
    rates = {
        name: {"kept": info.currsize, "most": info.maxsize or 0, "hits": info.hits, "misses": info.misses}
        for name, info in told.items()
    }
    parts = data._parts
    return {**rates, "parts": {"kept": len(parts), "most": parts.most, "hits": parts.hits, "misses": parts.misses}}
