"""`./sigpret evaluate --as-of DATE [--json]`: the country at the last quarter that had ended."""

import json
from datetime import date

from django.db import ProgrammingError

from sigpret.apps.evaluation.actions import NothingToEvaluateError, evaluate_country
from sigpret.apps.evaluation.queries.country import CountryEvaluation
from sigpret.apps.evaluation.queries.national import bands_of
from sigpret.config.commands.arguments import Arguments, refuse
from sigpret.methodology.policy import PolicyError
from sigpret.web.clock import now
from sigpret.web.dates import period_words
from sigpret.web.formats import format_number


def run(arguments: list[str]) -> int:
    """Evaluate and print; 2 with a sentence when the date is wrong or there is nothing to read."""
    parser = Arguments("evaluate", "Evalúa el país a una fecha.")
    parser.add_argument("--as-of", help="fecha de corte, como 2026-10-13; hoy si no se dice")
    parser.add_argument("--json", action="store_true", help="el documento completo, en JSON")
    options = parser.parse_args(arguments)
    try:
        as_of = date.fromisoformat(options.as_of) if options.as_of else now().date()
    except ValueError:
        return refuse(f"«{options.as_of}» no es una fecha. Escríbala como 2026-10-13.")
    try:
        result = evaluate_country(as_of=as_of, actor=None, at=now())
    except (NothingToEvaluateError, PolicyError) as problem:
        return refuse(problem)
    except ProgrammingError:
        return refuse("La base de datos está vacía. Cargue el país con ./sigpret demo --no-serve.")
    print(document(result) if options.json else table(result))
    return 0


def document(result: CountryEvaluation) -> str:
    return json.dumps(result.to_json(), ensure_ascii=False, indent=2)


def table(result: CountryEvaluation) -> str:
    """One line per institution with its grade, and how many stand in each band."""
    kind = "cifras oficiales" if result.quarter.is_official else "cifras preliminares"
    lines = [
        f"{period_words(result.quarter.period)} · {kind} · regla {result.policy_version}",
        "",
        f"{'código':8} {'nota':>6}  {'banda':6} {'metas':>5} {'con dato':>8}  institución",
    ]
    lines += [
        f"{graded.code:8} {format_number(graded.value, 1):>6}  {graded.band or '—':6} "
        f"{graded.due:5} {graded.reported:8}  {graded.name}"
        for graded in result.institutions
    ]
    counted = ", ".join(f"{band}: {n}" for band, n in bands_of(result.institutions).items())
    return "\n".join([*lines, "", f"{counted} · {len(result.goals)} metas · {result.digest}"])
