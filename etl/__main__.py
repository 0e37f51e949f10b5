"""`python -m etl check`, `add`, `normalise`, `build` and `export-xlsx`.

Rule: arguments in, sentences out, an exit status (0 done, 1 something to correct or nothing written, 2 a mistyped
command); the work is in `check`, `add`, `normalise`, `build` and `workbook`.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.check import CheckFailed, check_file, named
from etl.console import ProgressLine, ask, make_parser
from etl.messages import change, check_line, command, counted, form_line, sentence, sentences, summary, warning_lines
from etl.problems import Problem, Report
from etl.schema import DATA


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not in UTF-8 must not hide a problem behind a traceback.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    try:
        return COMMANDS[options.command](options)
    except FileNotFoundError as error:  # the announcements themselves are reported by the check
        print(command("missing", options.lang, path=str(error.filename)), file=sys.stderr)
        return 1


def _check(options: argparse.Namespace) -> int:
    report = check_file(options.file, today=date.today(), workbook=True)
    if options.format == "json":
        print(_as_json(report, options.lang))
    else:
        for line in sentences(report, options.lang):
            print(line)
        for line in warning_lines(report, options.lang):
            print(line)
        print(summary(report, options.lang), file=sys.stdout if report.ok else sys.stderr)
        if form := form_line(report, options.lang):
            print(form, file=sys.stderr)
    return 0 if report.ok else 1


def _as_json(report: Report, lang: str) -> str:
    def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
        return [
            {
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "value": problem.value,
                "expected": problem.expected,
                "is_form": problem.is_form,
                "others": problem.others,
                "message": sentence(problem, report.file, lang),
            }
            for problem in problems
        ]

    document = {
        "file": report.file,
        "problems": told(report.problems),
        "count": report.count,
        "warnings": told(report.warnings),
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _add(options: argparse.Namespace) -> int:
    from etl.add import add  # what asks, and what builds, is for this command only

    return add(options.file, options.lang, today=date.today())


def _normalise(options: argparse.Namespace) -> int:
    from etl.normalise import FileChanged, plan_repair, write_repair  # not for a check

    lang = options.lang
    plan = plan_repair(options.file)
    path = named(options.file)
    if plan.obstacle:
        print(sentence(plan.obstacle, path, lang), file=sys.stderr)
        return 1
    if not plan.changes:
        print(command("nothing", lang, path=path))
        return 0
    for made in plan.changes:
        print(change(made, lang))
    words = {"path": named(plan.target), "changes": counted("changes", len(plan.changes), lang)}
    if not options.yes:
        refusal = "declined" if sys.stdin.isatty() else "unasked"
        if refusal == "unasked" or not ask(command("ask", lang, **words)):
            print(command(refusal, lang, **words), file=sys.stderr)
            return 1
    try:
        backup = write_repair(plan)
    except (FileChanged, OSError) as error:
        said = "moved_on" if isinstance(error, FileChanged) else "unwritable"
        print(command(said, lang, **words), file=sys.stderr)
        return 1
    print(command("normalised", lang, **words))
    if backup:
        print(command("kept", lang, backup=named(plan.target.with_name(backup.name))))
    return 0


def _build(options: argparse.Namespace) -> int:
    from etl.build import build  # DuckDB takes a third of a second to load: not for a check

    progress = ProgressLine(options.lang)
    try:
        result = build(options.file, options.database, progress=progress)
    except CheckFailed as failure:
        progress.clear()
        for line in [*sentences(failure.report, options.lang), summary(failure.report, options.lang)]:
            print(line, file=sys.stderr)
        return 1
    except OSError as error:
        if isinstance(error, FileNotFoundError) and Path(error.filename or "").is_relative_to(DATA / "reference"):
            raise
        progress.clear()
        print(command("unwritten", options.lang, path=str(options.database)), file=sys.stderr)
        return 1
    progress.clear()
    seconds = f"{result.seconds:.1f}"
    print(
        command(
            "built",
            options.lang,
            database=str(result.database),
            claims=counted("claims", result.claims, options.lang),
            projects=counted("projects", result.projects, options.lang),
            seconds=seconds.replace(".", ",") if options.lang == "fr" else seconds,
        )
    )
    for check in result.checks:
        print(check_line(check.name.name(options.lang), check.seen, check.warnings, options.lang))
    return 0


def _export(options: argparse.Namespace) -> int:
    from etl.workbook import export_workbook  # its library is for this command only

    report = check_file(options.file)
    if not report.ok:
        for line in [*sentences(report, options.lang), summary(report, options.lang)]:
            print(line, file=sys.stderr)
        return 1
    output = options.output or options.file.with_suffix(".xlsx")
    try:
        export_workbook(options.file, output)
    except OSError:
        print(command("unexported", options.lang, path=str(output)), file=sys.stderr)
        return 1
    print(command("exported", options.lang, path=str(output), claims=counted("claims", report.claims, options.lang)))
    return 0


COMMANDS = {"check": _check, "add": _add, "normalise": _normalise, "build": _build, "export-xlsx": _export}

if __name__ == "__main__":
    sys.exit(main())
