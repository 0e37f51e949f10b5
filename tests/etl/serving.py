"""A process that watches the data as the site does, takes each new database up and publishes it: made to be killed.

It says « ready » once it watches, then the version of each database that it has taken up, a line each.
"""

import asyncio
import sys
from pathlib import Path

from api import versions
from etl.watch import watch
from queries import open_database

PUBLISHED = "published"


async def serve(csv_path: Path, database_path: Path) -> None:
    def take_up() -> None:
        opened = open_database(database_path)
        extract = opened.run("totals").to_csv().encode()
        versions.publish(opened, lambda: extract, database_path.parent / PUBLISHED)
        print(opened.version, flush=True)

    watching = asyncio.create_task(watch(take_up, csv_path, database_path, every_s=0.05))
    await asyncio.sleep(0.02)
    print("ready", flush=True)
    await watching


if __name__ == "__main__":
    asyncio.run(serve(*map(Path, sys.argv[1:])))
