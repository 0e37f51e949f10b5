"""What a page of the kit holds: its pictures, its paragraph and sources, its citations, its embed code, its links.

Rule: sentences are those of the site, of the same rows as the marks; nothing is counted here but the claims.
"""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from kit import data
from kit.addresses import GATHERED, Asked, Page
from kit.asking import Missing
from kit.compose import headed, outward
from kit.drawing import draw, live_address
from kit.pictures import covered, picture, scoped, tried
from kit.sources import Sources, read_sources, sources_of_project, sources_of_selection
from kit.words import tell
from pages.shared.addresses import ADDRESSES, kit_path, sheet_path
from pages.shared.charts.register import CHARTS, SELECTED
from pages.shared.citation import Cited, bibtex, cite
from pages.shared.dates import day
from pages.shared.dossier_words import tell_dossier
from pages.shared.numbers import count
from pages.shared.project_words import project_name
from pages.shared.region_figures import RegionAnswers, tell_one
from pages.shared.source_table import COUNTED_SITES, shown_metrics
from pages.shared.texts import text
from queries import Database, resource_path
from sheets.addresses import live
from sheets.region import QUERIES
from sheets.words import say

Content = dict[str, Any]
# In pixels: what stands around a chart in a frame (its source on three lines of a phone), and a whole page of the site.
AROUND, WHOLE_PAGE = 84, 900
# A longer sentence is no paragraph: the finding says it, and the table has the rest.
LONGEST_QUOTE = 900
# In the order of the page of a region.
OF_REGION = ("statuts", "puissance")


def read_chart(asked: Asked, database: Database, base: str) -> Content:
    """Return what the page of one chart shows. Raises Missing where there is nothing to draw."""
    drawn = draw(asked, database, base)
    title = headed(drawn.about, drawn.title)
    embed = kit_path(asked.page.subject, asked.lang, {"embed": "true", "lang": asked.lang, **asked.params})
    height = drawn.figure.layout.height + AROUND
    return {
        **_around(asked, database),
        "eyebrow": tell(f"chart.{asked.page.subject}", asked.lang),
        "title": title,
        "description": drawn.sentence,
        "pictures": [picture(drawn, database, base)],
        "quote": _quote(title, drawn.sentence, scoped(asked, database, drawn.named), asked, database),
        "sources": read_sources(drawn, database),
        "live": live_address(asked),
        "figure": outward(str(drawn.figure.to_json())),
        "about": drawn.about,
        "source": [
            *scoped(asked, database, drawn.named),
            text("layout.source", asked.lang, date=covered(database, asked.lang)),
        ],
        **_cited(asked, title, "chart", asked.page.subject, base + asked.path, database),
        "embed": _frame(base + embed, title, height),
        "links": [(tell("frame.live", asked.lang), live_address(asked))],
        **_extract(asked, database),
    }


def read_gathered(asked: Asked, database: Database, base: str) -> Content:
    """Return what the page of a project or of a region shows: its pictures, those that have something to draw."""
    told = _project(asked, database) if asked.page.subject == "projet" else _region(asked, database)
    name, page = GATHERED[asked.page.subject]
    nature = {"projet": "project", "region": "region"}[asked.page.subject]
    code = asked.params[name][0]
    shown = live(page, asked.lang, **asked.params)
    embed = f"{ADDRESSES[page]}?{urlencode({'embed': 'true', 'lang': asked.lang, **asked.params}, doseq=True)}"
    return {
        **_around(asked, database),
        **told,
        "description": told["sentence"],
        "pictures": [taken for one in told["drawn"] if (taken := tried(one, database, base))],
        "quote": _quote("", told["quoted"], scoped(asked, database, nature), asked, database),
        "live": shown,
        **_cited(asked, told["title"], told["nature"], code, base + shown, database),
        "embed": _frame(base + embed, told["title"], WHOLE_PAGE),
        "links": [
            (tell("frame.live", asked.lang), shown),
            (tell("frame.sheet", asked.lang), sheet_path(nature, code, asked.lang)),
        ],
        **_extract(asked, database),
    }


def read_list(asked: Asked, database: Database, _base: str) -> Content:
    """Return what the list of all charts shows."""
    named = [(name, chart, tell(f"chart.{name}", asked.lang)) for name, chart in CHARTS.items()]
    return {
        **_around(asked, database),
        "title": tell("list.title", asked.lang),
        "description": tell("frame.lead_list", asked.lang),
        "live": live("overview", asked.lang),
        "national": [
            (words, kit_path(name, asked.lang, asked.params)) for name, chart, words in named if chart.about == SELECTED
        ],
        "apart": [(words, live(chart.page, asked.lang)) for _, chart, words in named if chart.about != SELECTED],
    }


def _quote(finding: str, sentence: str, scope: Sequence[str], asked: Asked, database: Database) -> str:
    # A title says its finding and ends without a point; a sentence that repeats it says it alone.
    told = [finding] if finding and finding not in sentence else []
    told += [sentence] if len(sentence) <= LONGEST_QUOTE or not told else []
    told += scope
    dated = tell("quote.dated", asked.lang, date=covered(database, asked.lang))
    return " ".join([*(_ended(words) for words in told), dated])


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _around(asked: Asked, database: Database) -> Content:
    """Return what every page says: the dates of the data, what was not understood in the address."""
    lang, known = asked.lang, database.metadata
    dates = {name: day(known[f"{name}_{end}"], "day", lang) for name, end in (("covered", "until"), ("built", "at"))}
    codes = ", ".join(f"{one.name}={one.value}" for one in asked.ignored)
    return {
        "dated": say("frame.date", lang, **dates, version=database.version),
        "ignored": tell("frame.ignored", lang, codes=codes) if codes else "",
    }


def _cited(asked: Asked, title: str, nature: str, code: str, address: str, database: Database) -> Content:
    cited = Cited(
        id=code,
        nature=nature,
        title=title,
        version=database.version,
        covered=database.metadata["covered_until"].date(),
        address=address,
        until=asked.selection.until,
    )
    return {"citation": cite(cited, asked.lang), "bibtex": bibtex(cited, asked.lang)}


def _frame(address: str, title: str, height: int) -> str:
    """Return the code that embeds an address."""
    named = escape(f"{title} – Infra IA France")
    return (
        f'<iframe src="{escape(address)}" title="{named}" width="100%" height="{height}" loading="lazy"'
        ' style="border:0"></iframe>'
    )


def _extract(asked: Asked, database: Database) -> Content:
    return {"extract": resource_path("announcements", "csv", asked.selection), "count": _counted(asked.lang)}


def _counted(lang: str) -> Any:
    return lambda n: count(n, lang)


def _project(asked: Asked, database: Database) -> Content:
    own, lang = asked.selection, asked.lang
    found = data.answer(database, "projects_list", own).to_dict("records")
    if not found:  # not announced yet on that day
        raise Missing("nothing_drawn")
    row = found[0]
    claims = data.answer(database, "claims_list", own)
    drawn = [_part(asked, "etapes"), _part(asked, "lieu")]
    for metric in shown_metrics(row, claims):
        if metric == COUNTED_SITES:
            drawn.append(_part(asked, "inventaire"))
        else:
            first = CHARTS["declarations"].codes["metric"][0]
            drawn.append(_part(asked, "declarations", *([] if metric == first else [("metric", metric)])))
    name = project_name(row, lang)
    sentence = tell_dossier(row, data.answer(database, "announcements_list", own), lang)
    return {
        "title": name,
        "eyebrow": say("frame.project", lang),
        "nature": "dossier",
        "sentence": sentence,
        "quoted": headed(name, sentence),
        "drawn": drawn,
        "sources": sources_of_project(own, database, lang),
    }


def _region(asked: Asked, database: Database) -> Content:
    own, lang = asked.selection, asked.lang
    code = own.region[0]
    name = data.region_names(database, lang)[code]
    answers = RegionAnswers(code, **{query: data.answer(database, query, own) for query in QUERIES})
    sentence = say("region.none", lang, name=name) if answers.projects_listed.empty else tell_one(answers, name, lang)
    sources: Sources = sources_of_selection(own, database, lang)
    return {
        "title": name,
        "eyebrow": say("frame.region", lang),
        "nature": "region",
        "sentence": sentence,
        "quoted": sentence,
        "drawn": [_part(asked, chart) for chart in OF_REGION],
        "sources": sources,
    }


def _part(asked: Asked, chart: str, *options: tuple[str, str]) -> Asked:
    return Asked(Page(asked.lang, chart), asked.selection, options)
