"""The real site under three faults, always the same: its database spoiled, its file cut, itself killed."""

import random
from pathlib import Path

from etl.schema import ANNOUNCEMENTS
from tests.torture.damages import cut, spoil_blocks
from tests.torture.serving import kill_the_server, spoil_the_database, spoil_the_file
from tests.torture.site import Site
from tests.torture.versions import make_version


def test_the_site_serves_what_is_good_and_comes_back_by_itself(tmp_path: Path) -> None:
    version = make_version(ANNOUNCEMENTS.read_text(encoding="utf-8"), tmp_path / "version")
    site, chance = Site(tmp_path / "site", {str(version.facts[0]): version}), random.Random(8)
    site.lay_out()
    site.start()
    try:
        site.recover(version, chance)
        for fault in (spoil_the_database(spoil_blocks), spoil_the_file(cut), kill_the_server):
            fault(site, version, chance)
    finally:
        site.kill()
