"""The order of the tests: those of a real browser come first; and which of them only `make test-all` passes.

They are the slowest, and several workers end together when the long files are handed out before the short ones.
"""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"
# Each takes ten seconds or so, and is near another that stays: a second width or language, a second way to fail.
WHOLE = (
    "test_keyboard.py::test_the_tab_key_goes_through_all_of_a_page_in_order[overview]",
    "test_keyboard.py::test_the_tab_key_goes_through_all_of_a_page_in_order[contribute]",
    "test_keyboard.py::test_the_first_stop_skips_to_the_content_in_the_visitors_language[en]",
    "test_downloads.py::test_every_table_is_drawn_whole_and_fits_the_screen[1280-en]",
    "test_downloads.py::test_every_table_is_drawn_whole_and_fits_the_screen[390-fr]",
    "test_downloads.py::test_a_change_of_table_is_written_in_the_address_and_the_filters_stay",
    "test_contribute.py::test_both_ways_of_contributing_fit_the_screen[1280-en]",
    "test_contribute.py::test_both_ways_of_contributing_fit_the_screen[390-fr]",
    "test_contribute.py::test_a_file_beyond_the_limit_is_refused_in_the_page",
    "test_contribute.py::test_a_binary_file_then_a_sound_one_each_get_a_report",
    "test_contribute.py::test_what_is_written_is_still_there_after_a_look_at_the_drop_zone",
    "test_dossier.py::test_a_dossier_is_drawn_whole[sesterce-valence-1280]",
    "test_dossier.py::test_a_dossier_is_drawn_whole[brookfield-france-390]",
    "test_dossier.py::test_a_dossier_is_drawn_whole[mayotte-ith-1280]",
    "test_dossier.py::test_a_dossier_is_drawn_whole[sites-etat-390]",
    "test_dossier.py::test_a_parent_and_its_child_lead_to_each_other",
    "test_explanation.py::test_the_panel_of_a_card_ends_in_the_figure_of_the_card[/-params0-1280-fr]",
    "test_explanation.py::test_the_panel_of_a_card_ends_in_the_figure_of_the_card[/regions-params2-1280-en]",
    "test_promises.py::test_a_page_is_drawn_and_fits_the_screen[promises-1280-fr]",
    "test_promises.py::test_a_page_is_drawn_and_fits_the_screen[reannouncements-390-en]",
    "test_promises.py::test_a_page_is_drawn_and_fits_the_screen[quality-1280-fr]",
    "test_promises.py::test_another_measure_is_written_in_the_address_and_drawn",
    "test_promises.py::test_the_warnings_of_a_check_unfold_to_their_projects",
    "test_comfort.py::test_at_twice_the_size_nothing_scrolls_sideways[overview]",
    "test_comfort.py::test_at_twice_the_size_nothing_scrolls_sideways[regions]",
    "test_axe.py::test_a_page_has_no_fault_but_those_of_streamlit[two regions-en-dark-1280]",
    "test_axe.py::test_a_page_has_no_fault_but_those_of_streamlit[map-fr-light-390]",
    "test_axe.py::test_a_page_has_no_fault_but_those_of_streamlit[glossary-en-light-1280]",
    "test_axe.py::test_a_page_has_no_fault_but_those_of_streamlit[explanation-fr-light-1280]",
    "test_nesting.py::test_the_pictures_fit_a_phone[en]",
    "test_nesting.py::test_a_click_on_a_block_gives_its_details_and_the_way_to_its_project",
    "test_timeline.py::test_the_pictures_of_jobs_fit_a_phone_with_their_split",
    "test_address.py::test_the_other_language_keeps_the_filters",
    "test_address.py::test_going_back_in_the_browser_shows_the_page_before_with_its_filters[1280]",
    "test_content.py::test_every_project_says_its_figures_and_all_its_claims[fr]",
    *(
        f"test_pages.py::test_a_page_draws_its_charts[{page}]"
        for page in ("overview-390-en", "map-1280-fr", "regions-1280-fr", "projects-390-en", "project-1280-fr")
    ),
    *(
        f"test_pages.py::test_a_page_draws_its_charts[{page}]"
        for page in ("downloads-390-en", "method-1280-fr", "glossary-390-en", "accessibility-1280-fr")
    ),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of `tests/browser` before all others, and keep the order otherwise; leave `WHOLE` to `test-all`."""
    items.sort(key=lambda item: not item.path.is_relative_to(BROWSER))
    for item in items:
        if item.nodeid.endswith(WHOLE):
            item.add_marker(pytest.mark.whole)
