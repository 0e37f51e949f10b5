"""What staff type in the data is shown as typed, and links only to the web."""

import pandas as pd
import pytest

from pages.shared.markup import html_link, html_table, plain, web_address


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("**gras**", r"\*\*gras\*\*"),
        ("<b>x</b>", r"\<b\>x\<\/b\>"),
        ("$5 et $6", r"\$5 et \$6"),
        ("[texte](https://exemple.fr)", "\\[texte\\]\\(https\\:\u2060\\/\\/exemple\\.fr\\)"),
        ("www.exemple.fr", "www\u2060\\.exemple\\.fr"),
        ("nom@exemple.fr", "nom\\@\u2060exemple\\.fr"),
        ("deux\nlignes", "deux lignes"),
        ("L’IA « utile »", "L’IA « utile »"),
    ],
)
def test_markdown_shows_a_text_as_typed(typed, escaped):
    assert plain(typed) == escaped


def test_a_directive_or_an_emoji_code_is_broken_without_being_seen():
    assert plain(":material/delete: :smile:") == "\\:\u2060material\\/delete\\: \\:\u2060smile\\:"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//exemple.fr", "ftp://exemple.fr", "exemple", None, 3]
)
def test_only_http_and_https_addresses_are_linked(address):
    assert web_address(address) is None
    assert html_link("Source", address) == "Source"


def test_a_link_stays_in_the_site_or_opens_beside_it():
    assert html_link("<P>", "/projets?a=1&b=2") == '<a href="/projets?a=1&amp;b=2" target="_self">&lt;P&gt;</a>'
    assert html_link("P", 'https://exemple.fr/?q="x"') == (
        '<a href="https://exemple.fr/?q=&quot;x&quot;" target="_blank" rel="noopener noreferrer">P</a>'
    )


def test_a_table_escapes_its_cells_and_hides_its_addresses():
    frame = pd.DataFrame({"Nom": ["<i>a</i>", None], "Montant": ["1", "2"], "url": ["https://x.fr", "javascript:1"]})
    table = html_table(frame, links={"Nom": "url"}, figures=["Montant"], caption='A "table"')
    assert '<th scope="col">Nom</th><th scope="col" class="figure">Montant</th>' in table
    assert ">&lt;i&gt;a&lt;/i&gt;</a>" in table
    assert '<td class="blank">–</td>' in table
    stacked = html_table(frame, links={"Nom": "url"}, figures=["Montant"], caption="A", kind="faults stacked")
    assert '<td class="blank" data-label="Nom">–</td>' in stacked
    assert "javascript" not in table and ">url<" not in table
    assert 'aria-label="A &quot;table&quot;"' in table


def test_a_cell_that_quotes_says_its_language():
    frame = pd.DataFrame({"Figure": ["€1bn", "un milliard", None], "language": ["", "fr", "fr"]})
    table = html_table(frame, links={}, figures=[], caption="A", languages={"Figure": "language"})
    assert "<td>€1bn</td>" in table and '<td lang="fr">un milliard</td>' in table
    assert '<td class="blank">–</td>' in table and "language" not in table
