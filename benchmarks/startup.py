"""From the command to the first visitor: `python -m benchmarks.startup [--times N]`.

Rule: each start is a new process on a ready environment and a built database, on one core; the first visitor comes as
soon as the server answers, the hundredth when it has settled. Beside ours, stock Streamlit with a title, and the same
dashboard the usual way.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import write
from benchmarks.servers import Server, our_site, pin_client, stock
from benchmarks.sessions import open_visitor

TIMES, VISITORS = 3, 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the starts and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES)
    times = parser.parse_args(arguments).times
    pin_client()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, start in (
            ("stock title.py", lambda: stock("title.py", Path(folder), settles_s=0.0)),
            ("stock usual.py", lambda: stock("usual.py", Path(folder), settles_s=0.0)),
            ("ours", lambda: our_site(settles_s=0.0)),
        ):
            seen = []
            for _ in range(times):
                with start() as server:
                    seen.append(asyncio.run(_visited(server)))
            row: dict[str, Any] = {"server": name}
            row |= {measure: round(statistics.median(one[measure] for one in seen), 1) for measure in seen[0]}
            rows.append(row)
            print(row)
    write(
        "startup",
        rows,
        f"Medians of {times} starts. « served » is the first answer to an HTTP request, from the command; "
        "the first visitor asks at once, the others follow; two seconds later the site begins to draw its other pages.",
    )


async def _visited(server: Server) -> dict[str, float]:
    views = []
    for number in range(VISITORS):
        if number == VISITORS - 1:
            # The last comes to a site that has settled.
            await asyncio.sleep(20)
        visitor = await open_visitor(server.base)
        views.append((await visitor.first_view()).ms)
        await visitor.connection.close()
    return {
        "served s": server.started_s,
        "first view ms": views[0],
        "second": views[1],
        "tenth": views[9],
        "hundredth": views[-1],
    }


if __name__ == "__main__":
    main()
