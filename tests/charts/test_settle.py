"""A figure that is settled says the same picture, without a template, under the name of its content."""

import plotly.graph_objects as go

from pages.shared.charts.settle import settle
from pages.shared.charts.theme import LIGHT, new_figure


def drawn(*values: int) -> go.Figure:
    figure = new_figure("a finding", "a measure", body_height=100, dark=False)
    figure.add_trace(go.Bar(x=list(values), y=[0, 1]))
    figure.add_trace(go.Scatter(x=[1], y=[1], yaxis="y2"))
    figure.update_layout(xaxis={"showgrid": True, "tickfont": {"size": 20}})
    figure.add_annotation(text="a remark")
    figure.add_annotation(text="an arrow", showarrow=True)
    return figure


def test_the_template_is_written_where_it_applies_and_what_the_figure_says_stays() -> None:
    layout = settle(drawn(1, 2)).to_plotly_json()["layout"]
    assert "template" not in layout
    assert layout["paper_bgcolor"] == LIGHT.paper
    assert layout["title"]["text"] == "<b>A finding</b>" and layout["title"]["font"]["size"] == 17
    assert layout["xaxis"]["showgrid"] is True and layout["yaxis"]["showgrid"] is False
    assert layout["xaxis"]["tickfont"] == {"color": LIGHT.muted, "size": 20}
    assert layout["yaxis2"]["fixedrange"] is True
    assert [one["showarrow"] for one in layout["annotations"]] == [False, True]


def test_a_chart_that_answers_clicks_is_left_to_streamlit_to_drag() -> None:
    assert settle(drawn(1, 2)).layout.dragmode is None


def test_a_map_gets_no_axis_of_its_own() -> None:
    figure = new_figure("a map", "", body_height=100, dark=False).add_trace(go.Scattergeo(lon=[2.5], lat=[46.6]))
    assert not {"xaxis", "yaxis"} & set(settle(figure).to_plotly_json()["layout"])


def test_a_revision_is_the_name_of_what_is_drawn() -> None:
    first, again, other = (settle(drawn(*values)).layout.datarevision for values in ((1, 2), (1, 2), (1, 3)))
    assert first == again != other
