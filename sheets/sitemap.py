"""The list of all addresses for crawlers (sitemaps.org), and what they may read (RFC 9309).

Rule: every sheet and every live page in both languages, each with its alternates; the day is that of the data.
"""

from xml.sax.saxutils import escape, quoteattr

from pages.shared.addresses import ADDRESSES
from pages.shared.texts import LANGUAGES
from queries import Database
from sheets.addresses import SITEMAP, Page, live
from sheets.data import project_names, region_names

NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# The site's own, which serves no reader.
CLOSED = "/_stcore/"


def write_sitemap(database: Database, base: str) -> bytes:
    """Return the sitemap, its addresses on `base`."""
    sheets = [Page("index")]
    sheets += [Page("region", code=code) for code in region_names(database, LANGUAGES[0])]
    sheets += [Page("project", code=project) for project in project_names(database)]
    listed = [{lang: page.in_language(lang).path for lang in LANGUAGES} for page in sheets]
    listed += [{lang: live(name, lang) for lang in LANGUAGES} for name in ADDRESSES]
    day = f"{database.metadata['recorded_until']:%Y-%m-%d}"
    urls = "\n".join(_url(paths, lang, base, day) for paths in listed for lang in LANGUAGES)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NAMESPACES}>\n{urls}\n</urlset>\n'.encode()


def write_robots(base: str) -> bytes:
    """Return what crawlers may read, and where the sitemap is."""
    return f"User-agent: *\nDisallow: {CLOSED}\n\nSitemap: {base}{SITEMAP}\n".encode()


def _url(paths: dict[str, str], lang: str, base: str, day: str) -> str:
    alternates = "".join(
        f"<xhtml:link rel={quoteattr('alternate')} hreflang={quoteattr(name)} href={quoteattr(base + path)}/>"
        for name, path in (*paths.items(), ("x-default", paths[LANGUAGES[0]]))
    )
    return f"<url><loc>{escape(base + paths[lang])}</loc>{alternates}<lastmod>{day}</lastmod></url>"
