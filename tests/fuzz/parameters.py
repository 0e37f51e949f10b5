"""Calls of the service drawn from its own OpenAPI document, right ones and wrong ones, by schemathesis.

Rule: what the document says is what is judged: the status, the media type, the form of the answer.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import hypothesis
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp

from tests.fuzz.kinds import Kind, Run, run, told_in

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SEED = 2026


def of_parameters(app: ASGIApp, cases: int) -> Iterator[Run]:
    """Yield what came of each address of the service, `cases` shared between all."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    operations = [result.ok() for result in schema.get_all_operations()]
    each = max(1, cases // (2 * len(operations)))
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield _hammer(operation, mode, each)


def _hammer(operation: Any, mode: GenerationMode, cases: int) -> Run:
    def judge(case: Any) -> list[str]:
        answer = case.call()
        found = list(told_in(answer.content))
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            found.append(str(failure)[:300])
        return found

    # An address without parameters cannot be asked wrongly.
    with contextlib.suppress(hypothesis.errors.Unsatisfiable):
        return run(Kind("parameters", operation.as_strategy(generation_mode=mode), judge), cases, SEED)
    return Run()
