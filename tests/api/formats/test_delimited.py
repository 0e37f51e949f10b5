"""CSV: what readers of other houses find is what the database holds, in columns that do not move."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from answering.cells import excel_text, number_text
from queries import RESOURCES, Database
from tests.api.conftest import Asked, Serve
from tests.api.reading import as_text, duckdb_rows, held, pandas_csv, texts

# The promise made to those who read by position: a column is added at the end, never moved, never renamed.
COLUMNS = {
    "announcements": """id project_id project_name project_name_en kind purpose part_of announced_on event announcer
        operator investors status region_code departement_code commune_code investment_low_meur investment_high_meur
        investment_stated power_low_mw power_high_mw power_kind power_stated jobs_low jobs_high jobs_scope jobs_stated
        construction_jobs_low construction_jobs_high area_ha sites_count target_year source_publisher source_title
        source_url source_date source_kind archive_url recorded_on note announced_on_precision region_name
        departement_name commune_name""",
    "claims": """announcement_id project_id project_name project_name_en kind metric low high stated scope is_retained
        retained_low retained_high announced_on announced_on_precision announcer source_publisher source_title
        source_url source_date source_kind archive_url""",
    "projects": """project_id project_name project_name_en kind purpose part_of status is_stop_unconfirmed is_counted
        region_code region_name departement_code departement_name commune_code commune_name latitude longitude
        location_precision operator investors target_year first_announced_on last_announced_on claims_count
        silent_months years_overdue has_disagreement investment_low_meur investment_high_meur investment_net_low_meur
        investment_net_high_meur investment_is_floor investment_is_missing investment_is_disputed investment_is_weak
        investment_is_exceeded investment_source_count power_low_mw power_high_mw power_net_low_mw power_net_high_mw
        power_is_floor power_is_missing power_is_disputed power_is_weak power_is_exceeded power_source_count
        power_kind jobs_low jobs_high jobs_net_low jobs_net_high jobs_is_floor jobs_is_missing jobs_is_disputed
        jobs_is_weak jobs_is_exceeded jobs_source_count jobs_scope construction_jobs_low construction_jobs_high
        construction_jobs_net_low construction_jobs_net_high construction_jobs_is_floor construction_jobs_is_missing
        construction_jobs_is_disputed construction_jobs_is_weak construction_jobs_is_exceeded
        construction_jobs_source_count""",
    "regions": """region_code region_name population latitude longitude projects investment_low_meur
        investment_high_meur investment_is_floor investment_missing_projects investment_rank investment_share_low
        investment_share_high power_low_mw power_high_mw power_is_floor power_missing_projects power_rank
        power_share_low power_share_high power_it_low_mw power_it_high_mw power_grid_low_mw power_grid_high_mw
        power_site_low_mw power_site_high_mw power_unspecified_low_mw power_unspecified_high_mw jobs_low jobs_high
        jobs_is_floor jobs_missing_projects jobs_rank jobs_share_low jobs_share_high jobs_direct_low jobs_direct_high
        jobs_direct_indirect_low jobs_direct_indirect_high jobs_unspecified_low jobs_unspecified_high
        construction_jobs_low construction_jobs_high construction_jobs_is_floor construction_jobs_missing_projects""",
    "events": """event name_fr name_en first_day last_day headline_project_id projects headline_low_meur
        headline_high_meur traced_low_meur traced_high_meur known_low_meur known_high_meur new_low_meur
        new_high_meur""",
    "errata": "corrected_on announcement_id project_id field before after reason_fr reason_en",
}
NAMES = list(RESOURCES)
FORMULA_STARTS = tuple("=+-@\t\r\n")


def test_the_resources_are_those_whose_columns_are_promised() -> None:
    assert list(COLUMNS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_columns_stay_in_the_order_promised(client: TestClient, name: str) -> None:
    header = client.get(f"/api/v1/{name}.csv").text.split("\r\n")[0]
    assert header.split(",") == COLUMNS[name].split()


@pytest.mark.parametrize("name", NAMES)
def test_pandas_reads_what_the_database_holds(asked: Asked, name: str) -> None:
    assert pandas_csv(asked.get(f"/api/v1/{name}.csv")) == texts(held(asked.database, name))


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_reads_what_the_database_holds(asked: Asked, name: str, tmp_path: Path) -> None:
    content = asked.get(f"/api/v1/{name}.csv")
    reader = "read_csv(?, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '')"
    expected = [{key: value or None for key, value in row.items()} for row in texts(held(asked.database, name))]
    assert duckdb_rows(content, tmp_path / "x.csv", reader) == expected


@pytest.mark.parametrize("name", NAMES)
def test_duckdb_guesses_numbers_days_and_truths_by_itself(
    client: TestClient, served: Database, name: str, tmp_path: Path
) -> None:
    codes = [c for c in COLUMNS[name].split() if c.endswith("_code") or c in ("before", "after", "stated", "note")]
    given = ", ".join(f"'{code}': 'VARCHAR'" for code in codes)
    reader = f"read_csv(?, types = {{{given}}})" if given else "read_csv(?)"
    found = duckdb_rows(client.get(f"/api/v1/{name}.csv").content, tmp_path / "x.csv", reader)
    kinds = [[type(value) for value in row.values()] for row in held(served, name)]
    assert len(found) == len(kinds)
    for row, expected in zip(found, kinds, strict=True):
        for (column, value), kind in zip(row.items(), expected, strict=True):
            if kind in (bool, date):
                assert isinstance(value, kind), column
            elif kind in (int, float, Decimal):
                assert isinstance(value, (int, float)) and not isinstance(value, bool), column


@pytest.mark.parametrize("name", NAMES)
def test_it_is_rfc_4180_in_utf_8_without_a_mark(asked: Asked, name: str) -> None:
    content = asked.get(f"/api/v1/{name}.csv")
    # Written again by the rule: what holds a comma, a quote or an end of line is quoted, quotes are doubled.
    lines = [COLUMNS[name].split(), *[row.values() for row in texts(held(asked.database, name))]]
    assert content.decode("utf-8") == "".join(",".join(map(_quoted, line)) + "\r\n" for line in lines)
    assert not content.startswith(b"\xef\xbb\xbf")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell


@pytest.mark.parametrize("name", NAMES)
def test_french_excel_opens_its_dialect_by_itself(asked: Asked, name: str) -> None:
    content = asked.get(f"/api/v1/{name}.csv?dialect=excel-fr")
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    header, *found = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert header == COLUMNS[name].split()
    rows = held(asked.database, name)
    assert len(found) == len(rows)
    for cells, row in zip(found, rows, strict=True):
        assert cells == [_in_french(value) for value in row.values()]


def _in_french(value: object) -> str:
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, (Decimal, float)):
        return as_text(value).replace(".", ",")
    is_formula = isinstance(value, str) and value[0] in "=+-@\t\r\n＝＋－＠"
    return f"'{value}" if is_formula else as_text(value)


def test_no_text_of_the_french_dialect_starts_a_formula(serve: Serve, hostile_path: Path) -> None:
    content = serve(hostile_path).get("/api/v1/announcements.csv?dialect=excel-fr").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=";") for cell in row]
    led = {cell for cell in cells if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)}
    assert {"'=1+1", "'\t=1+1", "'\r=1+1", "'\n=1+1", "'@SUM(A1:A9)", "'+33 1 23 45 67 89"} <= led
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []


@pytest.mark.parametrize(
    ("value", "plain", "french"),
    [
        (Decimal("148.800"), "148.8", "148,8"),
        (Decimal("30000.000"), "30000", "30000"),
        (Decimal("0.420"), "0.42", "0,42"),
        (Decimal("0"), "0", "0"),
        (Decimal("-1.500"), "-1.5", "-1,5"),
        (Decimal("1E+5"), "100000", "100000"),
    ],
)
def test_a_number_has_neither_exponent_nor_useless_zeros(value: Decimal, plain: str, french: str) -> None:
    assert number_text(value) == plain
    assert excel_text(value) == french


def test_the_media_type_says_the_charset_and_the_header(client: TestClient) -> None:
    answer = client.get("/api/v1/events.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
