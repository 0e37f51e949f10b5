"""Two replicas behind nginx, started once for all the tests that ask for them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from etl.build import build
from tests.deploy.nginx import Front, Replica, copy_site, find_nginx, running_nginx


@pytest.fixture(scope="session")
def nginx() -> str:
    """The nginx of this machine; `make test-all` installs it."""
    found = find_nginx()
    if found is None:
        pytest.skip("nginx is not installed: make test-all installs it")
    return found


@pytest.fixture(scope="session")
def front(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Nginx before two replicas that hold the same file, built once, and share what they published."""
    folder = tmp_path_factory.mktemp("replicas")
    replicas = [copy_site(folder / name, folder / "published") for name in ("first", "second")]
    data = [replica.folder / "data" for replica in replicas]
    build(data[0] / "announcements.csv", data[0] / "observatory.duckdb")
    take_data(replicas[0], replicas[1])
    try:
        with ThreadPoolExecutor() as both:
            list(both.map(Replica.start, replicas))
        with running_nginx(folder / "nginx", replicas) as running:
            yield running
    finally:
        for replica in replicas:
            replica.stop()


def take_data(giver: Replica, taker: Replica) -> None:
    """Give a replica that is stopped the file of another and the database that was built from it."""
    for name in ("announcements.csv", "observatory.duckdb"):
        (taker.folder / "data" / name).write_bytes((giver.folder / "data" / name).read_bytes())
