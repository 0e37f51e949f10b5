"""Endpoints of the extracts: a resource in a format, and the archive of all.

Rule: an endpoint reads its call, names its address in one form, and lets `answers` do the rest.
"""

import re

from starlette.requests import Request
from starlette.responses import Response

from api import data
from api.answers import answer
from api.archive import write_archive
from api.formats import FORMATS
from api.openapi import Endpoint
from api.parameters import Call, allowed_names, read_call
from api.tables import address, rows
from queries import RESOURCES
from queries.resources import API


def table_endpoint(name: str, ending: str) -> Endpoint:
    """Return the endpoint of a resource in a format."""
    made, names = FORMATS[ending], allowed_names(RESOURCES[name], ending)

    async def table(request: Request) -> Response:
        call = read_call(
            request.query_params.multi_items(),
            names,
            data.facets(),
            columns=[column.name for column in data.dictionary(name)],
            projects=data.project_ids(),
        )
        place = address(f"{API}/{name}.{ending}", call)
        return await answer(
            request,
            lambda: made.write(*rows(name, call, ending)),
            address=place,
            media_type=made.media_type,
            file_name=_file_name(name, call, ending),
            compress=made.is_text,
        )

    return table


async def archive(request: Request) -> Response:
    """Answer the archive of a selection."""
    call = read_call(
        request.query_params.multi_items(),
        allowed_names(None, "zip"),
        data.facets(),
        projects=data.project_ids(),
        resources=tuple(RESOURCES),
    )
    return await answer(
        request,
        lambda: write_archive(call),
        address=address(f"{API}/extract.zip", call),
        media_type="application/zip",
        file_name=_file_name("extract", call, "zip"),
        compress=False,
    )


def _file_name(name: str, call: Call, ending: str) -> str:
    """Return a telling name: what, which selection in short, which version."""
    codes = [code for values in call.selection.to_params().values() for code in values]
    words = re.sub(r"[^a-z0-9]+", "-", "-".join(codes).lower()).strip("-")[:60].strip("-")
    parts = ["infra-ia-france", name, words, data.database().version.split("-")[0]]
    return "_".join(part for part in parts if part) + f".{ending}"
