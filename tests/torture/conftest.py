"""What the tests of faults share: two good versions of a small file, built in peace."""

import pytest

from tests.etl.sheet import PLAN_LINE, as_text, edited, table
from tests.torture.versions import Version, make_version


@pytest.fixture(scope="session")
def small_versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    """Two files of the same claims, one figure of which differs."""
    folder = tmp_path_factory.mktemp("versions")
    other = edited(PLAN_LINE, investment_low_meur="1900")
    return make_version(as_text(table()), folder / "a"), make_version(as_text(other), folder / "b")
