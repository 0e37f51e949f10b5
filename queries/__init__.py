"""Every question asked of the database: one `.sql` file a question, and the selection that narrows it.

Rule: a question is a file, its filters are a `Selection`, its answer a DataFrame. No caller writes SQL.
"""

from queries.database import PARTS, Database, DatabaseMissing, facets, open_database, query_names
from queries.resources import RESOURCES, Resource, archive_path, resource_path
from queries.selection import Facets, Ignored, Selection

__all__ = [
    "PARTS",
    "RESOURCES",
    "Database",
    "DatabaseMissing",
    "Facets",
    "Ignored",
    "Resource",
    "Selection",
    "archive_path",
    "facets",
    "open_database",
    "query_names",
    "resource_path",
]
