"""The look of every chart: colours, type, margins, title.

Rule: a colour is written here and nowhere else. A figure paints its own paper, so that it stays legible even
when the browser's theme was guessed wrong.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from queries.geometry import TOPOJSON_URL

SANS = '"Source Sans", "Source Sans 3", sans-serif'
SERIF = '"Infra Serif", Georgia, serif'

# What `st.plotly_chart` must be given: without `topojsonURL` a map asks a third party for a base map.
CONFIG = {"topojsonURL": TOPOJSON_URL, "displayModeBar": False, "scrollZoom": False}

# Widths in characters that fit a phone of 390 pixels: SVG text does not wrap by itself.
TITLE_WIDTH, SUBTITLE_WIDTH = 42, 58
TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE = 17, 13, 13
TITLE_LINE, SUBTITLE_LINE = 22, 18
# The paper of a picture that leaves the site, whatever it is pasted on.
PRESS_PAPER = "#FFFFFF"


@dataclass(frozen=True)
class Palette:
    """Colours of one background. `amounts` go from the smallest class to the largest."""

    paper: str
    ink: str
    muted: str
    grid: str
    border: str
    chosen: str
    amount: str
    amount_span: str
    other: str
    amounts: tuple[str, ...]
    status: Mapping[str, str]
    scopes: Mapping[str, str]


LIGHT = Palette(
    paper="#FBFAF7",
    ink="#1B2430",
    muted="#55606E",
    grid="#E4E2DB",
    border="#848E9A",
    chosen="#C77700",
    amount="#145F99",
    amount_span="#8FBADD",
    other="#7B8794",
    amounts=("#D8E6F2", "#AECBE5", "#74A8D3", "#3A82BC", "#145F99", "#083A63"),
    status={
        "ambition": "#7B8794",
        "announced": "#2F8FCB",
        "permitted": "#0A4F86",
        "under_construction": "#C77700",
        "operational": "#00805E",
        # Darker than the first draft: with deuteranopia the other one was the grey of « ambition ».
        "suspended": "#8E3F72",
        "cancelled": "#B5390B",
    },
    scopes={"direct": "#0A4F86", "direct_indirect": "#2F8FCB", "unspecified": "#7B8794"},
)

# On dark paper the scale is turned over: what is large is bright.
DARK = Palette(
    paper="#12171E",
    ink="#E8ECF1",
    muted="#A5B0BD",
    grid="#2B333D",
    border="#6B7785",
    chosen="#F2B266",
    amount="#74A8D3",
    amount_span="#2F679B",
    other="#8D99A6",
    amounts=("#1F3F5F", "#285F8F", "#3279B5", "#4C9BD9", "#7DBBEC", "#B3D8F6"),
    status={
        "ambition": "#8D99A6",
        "announced": "#2F8FCB",
        "permitted": "#9CCBF2",
        "under_construction": "#D98A1F",
        "operational": "#12A37B",
        "suspended": "#E0A3CC",
        "cancelled": "#E0633A",
    },
    scopes={"direct": "#9CCBF2", "direct_indirect": "#2F8FCB", "unspecified": "#8D99A6"},
)


def palette(dark: bool = False) -> Palette:
    """Return the colours for dark or light paper."""
    return DARK if dark else LIGHT


def rgba(colour: str, opacity: float) -> str:
    """Return `#RRGGBB` with an opacity, as CSS."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def wrapped(text: str, width: int) -> str:
    """Return `text` broken into lines of at most `width` characters, never at a no-break space."""
    text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
    # textwrap breaks at ASCII white space only: U+00A0 and U+202F hold a number to its unit.
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def new_figure(title: str, subtitle: str, *, body_height: int, dark: bool, bottom: int = 8) -> go.Figure:
    """Return an empty figure in our style, with its title and subtitle set and room kept for them.

    `body_height` is the height of the picture itself, in pixels; `bottom` the room under it for its axis or key.
    """
    title = title[:1].upper() + title[1:]
    title, subtitle = wrapped(title, TITLE_WIDTH), wrapped(subtitle, SUBTITLE_WIDTH)
    top = 28 + TITLE_LINE * (title.count("<br>") + 1)
    top += SUBTITLE_LINE * (subtitle.count("<br>") + 1) if subtitle else 0
    figure = go.Figure(layout={"template": template(palette(dark))})
    figure.update_layout(
        title={"text": f"<b>{title}</b>", "subtitle": {"text": subtitle}},
        height=top + body_height + bottom,
        margin={"t": top, "b": bottom, "l": 0, "r": 0, "pad": 0},
    )
    return figure


def template(colours: Palette) -> go.layout.Template:
    """Return the Plotly template of one palette; it replaces Plotly's own, which weighs 7 kB a figure."""
    text = {"family": SANS, "size": TEXT_SIZE, "color": colours.ink}
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"color": colours.muted, "size": 12},
        "gridcolor": colours.grid,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": text,
            "title": {
                "font": {"family": SERIF, "size": TITLE_SIZE, "color": colours.ink},
                "subtitle": {"font": {"family": SANS, "size": SUBTITLE_SIZE, "color": colours.muted}},
                "x": 0,
                "xanchor": "left",
                "xref": "paper",
                "y": 1,
                "yanchor": "top",
                "yref": "container",
                # Plotly sets the baseline of the first line there, not its top.
                "pad": {"t": TITLE_SIZE + 3, "l": 0},
            },
            "paper_bgcolor": colours.paper,
            "plot_bgcolor": colours.paper,
            "showlegend": False,
            "hovermode": "closest",
            # Neither pan nor select: a finger on the picture scrolls the page.
            "dragmode": "zoom",
            "hoverlabel": {
                "bgcolor": colours.paper,
                "bordercolor": colours.border,
                "font": text,
                "align": "left",
            },
            "xaxis": axis,
            "yaxis": axis,
            "annotationdefaults": {"showarrow": False, "font": text},
        }
    )
