"""Calls of the service drawn from its own OpenAPI document, right ones and wrong ones, by schemathesis.

Rule: what the document says is what is judged: the status, the media type, the form of the answer.
"""

import contextlib
import time
from collections.abc import Iterator
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.types import ASGIApp

from tests.fuzz.kinds import LATE_S, Run, told_in

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
    done = Run()

    @hypothesis.seed(SEED)
    @hypothesis.settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def throw(case: Any) -> None:
        started = time.process_time()
        answer = case.call()
        taken = time.process_time() - started
        done.cases += 1
        done.slowest_s = max(done.slowest_s, taken)
        found = [*told_in(answer.content), *([f"late: {taken:.1f} s"] if taken > LATE_S else [])]
        try:
            case.validate_response(answer, checks=CHECKS)
        except (Failure, FailureGroup) as failure:
            found.append(str(failure)[:300])
        done.breaches += [f"parameters: {breach} ← {operation.path}" for breach in found]

    # An address without parameters cannot be asked wrongly.
    with contextlib.suppress(hypothesis.errors.Unsatisfiable):
        throw()
    return done
