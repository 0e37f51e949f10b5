"""Places, events and landmarks: complete, consistent, and enough for every claim."""

import math
from collections import Counter
from datetime import date

import pytest

from tests.data.rows import announcements, reference

CLAIMS = announcements()
REGIONS = {row["code"]: row for row in reference("regions")}
DEPARTEMENTS = {row["code"]: row for row in reference("departements")}
COMMUNES = {row["code"]: row for row in reference("communes")}
CENTRES = {
    (row["level"], row["code"]): (float(row["latitude"]), float(row["longitude"])) for row in reference("centres")
}
COORDINATES = {
    row["commune_code"]: (float(row["latitude"]), float(row["longitude"])) for row in reference("coordinates")
}
# Latitudes and longitudes of the mainland with Corse, and of each overseas département, true ones.
MAINLAND = (41.3, 51.1, -5.2, 9.6)
OVERSEAS = {
    "971": (15.8, 16.6, -61.9, -60.9),
    "972": (14.3, 14.9, -61.3, -60.8),
    "973": (2.1, 5.8, -54.7, -51.6),
    "974": (-21.4, -20.8, 55.2, 55.9),
    "976": (-13.1, -12.6, 44.9, 45.4),
}


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(a[0] - b[0], east) * 111.2


def _is_in_box(point: tuple[float, float], departement: str) -> bool:
    south, north, west, east = OVERSEAS.get(departement, MAINLAND)
    return south <= point[0] <= north and west <= point[1] <= east


def test_the_reference_holds_all_regions_departements_and_communes_once():
    tables = [("regions", 18), ("departements", 101), ("communes", 34875)]
    for name, count in tables:
        codes = [row["code"] for row in reference(name)]
        assert len(codes) == len(set(codes)) == count, name
        assert codes == sorted(codes), name


def test_populations_of_regions_and_departements_are_the_sums_of_their_communes():
    by_departement: Counter[str] = Counter()
    by_region: Counter[str] = Counter()
    for commune in COMMUNES.values():
        by_departement[commune["departement_code"]] += int(commune["population"])
    for code, departement in DEPARTEMENTS.items():
        assert int(departement["population"]) == by_departement[code], code
        by_region[departement["region_code"]] += by_departement[code]
    assert {code: int(region["population"]) for code, region in REGIONS.items()} == by_region
    assert by_region.total() == 68_350_798


@pytest.mark.parametrize(
    ("table", "code", "name"),
    [
        ("regions", "32", "Hauts-de-France"), ("regions", "01", "Guadeloupe"), ("departements", "2A", "Corse-du-Sud"),
        ("departements", "976", "Mayotte"), ("communes", "59122", "Cambrai"), ("communes", "13055", "Marseille"),
        ("communes", "75056", "Paris"),
    ],
)  # fmt: skip
def test_codes_are_texts_that_keep_their_zeros_and_letters(table, code, name):
    assert {row["code"]: row["name"] for row in reference(table)}[code] == name


def test_every_claim_is_placed_in_a_commune_of_its_departement_in_its_region():
    for claim in CLAIMS:
        region, departement, commune = (claim[f"{level}_code"] for level in ("region", "departement", "commune"))
        assert not commune or COMMUNES[commune]["departement_code"] == departement, claim["id"]
        assert not departement or DEPARTEMENTS[departement]["region_code"] == region, claim["id"]
        assert not region or region in REGIONS, claim["id"]


def test_the_communes_in_use_and_only_those_have_coordinates():
    assert set(COORDINATES) == {claim["commune_code"] for claim in CLAIMS} - {""}


def test_a_commune_lies_near_the_centre_of_its_departement():
    for code, point in COORDINATES.items():
        departement = COMMUNES[code]["departement_code"]
        assert _is_in_box(point, departement), code
        assert _kilometres(point, CENTRES["departement", departement]) < 120, code  # the Nord is 180 km long


def test_every_departement_and_region_has_a_centre_in_true_coordinates():
    assert {code for level, code in CENTRES if level == "departement"} == set(DEPARTEMENTS)
    assert {code for level, code in CENTRES if level == "region"} == set(REGIONS)
    for code, departement in DEPARTEMENTS.items():
        assert _is_in_box(CENTRES["departement", code], code), code
        if code in OVERSEAS:
            assert CENTRES["region", departement["region_code"]] == CENTRES["departement", code]


def test_events_are_those_of_the_claims_and_each_has_a_headline():
    events = {row["code"]: row for row in reference("events")}
    assert set(events) == {claim["event"] for claim in CLAIMS} - {""}
    kinds = {claim["project_id"]: claim["kind"] for claim in CLAIMS}
    for code, event in events.items():
        assert kinds[event["headline_project_id"]] == "event_total", code
        assert date.fromisoformat(event["first_day"]) <= date.fromisoformat(event["last_day"]), code
        assert event["name_fr"] and event["name_en"]


def test_the_claims_of_an_event_were_made_around_its_days():
    for event in reference("events"):
        days = [date.fromisoformat(event[key]) for key in ("first_day", "last_day")]
        for claim in CLAIMS:
            if claim["event"] != event["code"]:
                continue
            if len(claim["announced_on"]) == 7:
                assert claim["announced_on"] == event["first_day"][:7], claim["id"]
            else:
                announced_on = date.fromisoformat(claim["announced_on"])
                assert (days[0] - announced_on).days <= 4 and announced_on <= days[1], claim["id"]


def test_landmarks_are_the_claims_that_everybody_quotes():
    claims = {claim["id"]: claim for claim in CLAIMS}
    columns = {
        "sites_count": ("sites_count", "sites_count"),
        "investment_meur": ("investment_low_meur", "investment_high_meur"),
        "jobs": ("jobs_low", "jobs_high"),
        "power_mw": ("power_low_mw", "power_high_mw"),
    }
    quoted = []
    for landmark in reference("landmarks"):
        claim = claims[landmark["announcement_id"]]
        quoted.append((claim["project_id"], *(claim[column] for column in columns[landmark["metric"]])))
    assert quoted == [
        ("sites-etat", "35", "35"),
        ("sites-etat", "65", "65"),
        ("sites-etat", "63", "63"),
        ("sites-etat-hauts-de-france", "16", "16"),
        ("brookfield-france", "20000", "20000"),
        ("sesterce-valence-phase-1", "450", "450"),
        ("sesterce-valence", "1000", "1000"),
        ("hauts-de-france-ambition", "2000", ""),
        ("sommet-ia-2025", "109000", "109000"),
    ]


def test_landmark_sentences_hold_no_figure_and_follow_one_order():
    landmarks = reference("landmarks")
    assert [landmark["rank"] for landmark in landmarks] == [str(rank) for rank in range(1, len(landmarks) + 1)]
    for landmark in landmarks:
        for sentence in (landmark["sentence_fr"], landmark["sentence_en"]):
            assert sentence and not any(sign.isdigit() for sign in sentence)
            assert "'" not in sentence and not sentence.endswith(".")
