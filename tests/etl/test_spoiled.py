"""Each spoiled file of the corpus: what the check says of it, word for word, and what `normalise` makes of it."""

from pathlib import Path

import pytest

from etl.check import check_file
from etl.messages import sentences
from etl.normalise import plan_repair, write_repair
from tests.etl.sheet import as_text, table
from tests.etl.spoiled import SPOILED
from tests.etl.spoiled_meaning import MEANING
from tests.etl.spoiled_mixtures import MIXTURES
from tests.etl.test_check_cells import typeset

CORPUS = SPOILED | MEANING | MIXTURES


def spoil(folder: Path, name: str) -> Path:
    path = folder / "annonces.csv"
    path.write_bytes(CORPUS[name].content)
    return path


def test_the_corpus_is_large_enough() -> None:
    assert len(CORPUS) == len(SPOILED) + len(MEANING) + len(MIXTURES) >= 140
    contents = {spoiled.content for spoiled in CORPUS.values()}
    assert len(contents) == len(CORPUS) and as_text(table()).encode() not in contents
    assert sum(not spoiled.repaired for spoiled in CORPUS.values()) >= 60


@pytest.mark.parametrize("name", CORPUS)
def test_a_spoiled_file_is_said_in_these_words(tmp_path: Path, name: str) -> None:
    path = spoil(tmp_path, name)
    said = [line.removeprefix(str(path)) for line in sentences(check_file(path), "fr")]
    assert said == [typeset(line).replace("{file}", str(path)) for line in CORPUS[name].said]


@pytest.mark.parametrize("name", CORPUS)
def test_a_spoiled_file_is_repaired_where_it_means_one_thing(tmp_path: Path, name: str) -> None:
    path = spoil(tmp_path, name)
    plan = plan_repair(path)
    if plan.changes:
        write_repair(plan)
    assert (path.read_bytes() == as_text(CORPUS[name].clean).encode()) is CORPUS[name].repaired
    assert not any(problem.is_form for problem in check_file(path).problems)
    assert plan_repair(path).changes == ()
