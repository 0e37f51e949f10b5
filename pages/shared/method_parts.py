"""The parts of the method page that come from the data and its schema: example, definitions, dictionary.

Rule: no figure and no definition is typed here; each is read from the database or from the declared columns.
"""

from dataclasses import dataclass

import pandas as pd

from etl.schema import Schema
from pages.shared import data, filters
from pages.shared.numbers import amount, to_float
from pages.shared.texts import text
from queries import Selection

# The programme of the example: whole amounts, several sites inside, a rest that is not located.
EXAMPLE = Selection(project="brookfield-france")
# The code lists a reader needs, in the order of the explanation.
DEFINED = ("kind", "purpose", "status", "power_kind", "jobs_scope", "source_kind")


@dataclass(frozen=True)
class Example:
    """A programme counted without its sites twice: its name, the sites inside (a frame of words), the sentence."""

    name: str
    total: str
    sites: pd.DataFrame
    rest: str


def worked_example(lang: str) -> Example | None:
    """Return the example as the database has it today, or None where its programme or its sites are gone."""
    programme = data.query("projects_list", EXAMPLE)
    family = data.query("family", EXAMPLE)
    sites = family[(family["relation"] == "child") & family["is_counted"]]
    sites = sites[sites["investment_high_meur"].notna()]
    if programme.empty or sites.empty or to_float(programme["investment_high_meur"].iloc[0]) is None:
        return None
    row = programme.iloc[0]
    low, high = float(row["investment_low_meur"]), float(row["investment_high_meur"])
    inside = (low - float(row["investment_net_low_meur"]), high - float(row["investment_net_high_meur"]))
    total = amount(low, high, lang)
    where = text("method.example.not_located", lang)
    if isinstance(row["region_code"], str):
        name = filters.label("region", row["region_code"], lang)
        where = text("method.example.in_region", lang, region=name)
    return Example(
        name=str(row[_name(lang, "project_name")]),
        total=total,
        sites=_sites(sites, lang),
        rest=text(
            "method.example.rest",
            lang,
            naive=amount(low + inside[0], high + inside[1], lang),
            total=total,
            children=amount(*inside, lang),
            rest=amount(row["investment_net_low_meur"], row["investment_net_high_meur"], lang),
            place=where,
        ),
    )


def definitions(schema: Schema, field: str, lang: str) -> pd.DataFrame:
    """Return the codes of a field in words: term, meaning."""
    labels = schema.field(field).codes.values()
    return pd.DataFrame(
        {
            text("method.definitions.code", lang): [label.name(lang) for label in labels],
            text("method.definitions.meaning", lang): [label.description(lang) for label in labels],
        }
    )


def dictionary(schema: Schema, lang: str) -> pd.DataFrame:
    """Return the declared columns in words, in the order of the file: column, title, description, example."""
    return pd.DataFrame(
        {
            text("method.dictionary.column", lang): list(schema.names),
            text("method.dictionary.name", lang): [field.title_in(lang) for field in schema.fields],
            text("method.dictionary.meaning", lang): [field.description_in(lang) for field in schema.fields],
            text("method.dictionary.example", lang): [field.example for field in schema.fields],
        }
    )


def _sites(sites: pd.DataFrame, lang: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            text("method.example.site", lang): list(sites[_name(lang, "name")]),
            text("frame.filter.region", lang): [
                filters.label("region", code if isinstance(code, str) else "none", lang)
                for code in sites["region_code"]
            ],
            text("method.example.amount", lang): [
                amount(low, high, lang)
                for low, high in zip(sites["investment_low_meur"], sites["investment_high_meur"], strict=True)
            ],
            "link": [filters.link("projects", project=code) for code in sites["relative_id"]],
        }
    )


def _name(lang: str, column: str) -> str:
    return f"{column}_en" if lang == "en" else column
