"""`./sigpret audit verify`: is the chain of events whole, is a closing what it was?"""

from django.db import ProgrammingError

from sigpret.apps.audit.queries import verify_chain
from sigpret.apps.monitoring.queries import digest_of_round, round_facts
from sigpret.config.commands.arguments import NOT_PREPARED, Arguments, refuse
from sigpret.methodology.periods import Period, PeriodError


def run(arguments: list[str]) -> int:
    """Verify the chain or a closing: 0 when it is whole, 1 when it was touched, 2 if asked badly.

    The chain's head and a closing's digest are different things: the first covers every event,
    the second the figures kept when the quarter closed.
    """
    parser = Arguments("audit")
    parser.add_argument("what", metavar="verify", choices=["verify"])
    parser.add_argument("--head", help="cabeza de la bitácora que consta en un acta")
    parser.add_argument("--closing", metavar="AAAA-Qn", help="trimestre cerrado, como 2026-Q2")
    parser.add_argument("--digest", help="huella del cierre que consta en su acta")
    options = parser.parse_args(arguments)
    if options.digest and not options.closing:
        return refuse("La huella es de un cierre: diga cuál con --closing, como 2026-Q2.")
    if options.head and options.closing:
        return refuse("Compruebe la bitácora (--head) y el cierre (--closing) por separado.")
    try:
        if options.closing:
            return verify_closing(options.closing, options.digest)
        return verify_events(options.head)
    except ProgrammingError:
        return refuse(NOT_PREPARED)


def verify_events(expected_head: str | None) -> int:
    verdict = verify_chain(expected_head=expected_head)
    for problem in verdict.problems:
        print(problem)
    state = "íntegra" if verdict.is_whole else "ALTERADA"
    print(f"Bitácora {state}: {verdict.events} hechos.")
    if verdict.head:
        print(f"Cabeza de la bitácora, para el acta: {verdict.head}")
    return 0 if verdict.is_whole else 1


def verify_closing(code: str, expected: str | None) -> int:
    """Compare what is kept of a closed quarter with its own digest and with the act's."""
    try:
        facts = round_facts(Period.parse(code))
    except PeriodError:
        return refuse(f"«{code}» no es un trimestre. Escríbalo como 2026-Q2.")
    if facts is None or not facts.is_closed:
        return refuse(f"El trimestre {code} no está cerrado: todavía no tiene huella.")
    found = digest_of_round(facts.id)
    problems = []
    if found != facts.digest:
        problems.append(f"Lo guardado cambió: su huella es ahora {found}.")
    if expected and expected.strip().lower() != facts.digest:
        problems.append(f"La huella del acta no es la del cierre: {expected.strip()}.")
    for problem in problems:
        print(problem)
    print(
        f"Cierre {code} {'ALTERADO' if problems else 'íntegro'}. Huella del cierre: {facts.digest}"
    )
    return 1 if problems else 0
