"""`./sigpret audit verify`: are events, closings, matrix and evidence still what they were?"""

from django.db import ProgrammingError

from sigpret.apps.audit.queries import verify_chain
from sigpret.apps.evidence.queries import stored_count, tampered
from sigpret.apps.monitoring.queries import digest_of_round, round_facts
from sigpret.apps.monitoring.queries.editions import Edition, editions_of
from sigpret.apps.results.queries.digests import verify_versions
from sigpret.config.commands.arguments import NOT_PREPARED, Arguments, refuse
from sigpret.methodology.periods import Period, PeriodError


def run(arguments: list[str]) -> int:
    """Verify the chain, a closing, the matrix or the evidence: 0 whole, 1 touched, 2 asked badly.

    The chain's head and a closing's digest are different things: the first covers every event,
    the second the figures kept when the quarter closed.
    """
    parser = Arguments("audit")
    parser.add_argument("what", metavar="verify", choices=["verify"])
    parser.add_argument("--head", help="cabeza de la bitácora que consta en un acta")
    parser.add_argument("--closing", metavar="AAAA-Qn", help="trimestre cerrado, como 2026-Q2")
    parser.add_argument("--edition", type=int, help="edición del cierre; sin ella, la última")
    parser.add_argument("--digest", help="huella del cierre que consta en su acta")
    parser.add_argument(
        "--evidence", action="store_true", help="los archivos de evidencia, byte por byte"
    )
    parser.add_argument(
        "--matrix", nargs="?", type=int, const=0, metavar="N",
        help="la versión N publicada de la matriz; sin número, todas",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    if options.digest and not options.closing:
        return refuse("La huella es de un cierre: diga cuál con --closing, como 2026-Q2.")
    if options.edition and not options.closing:
        return refuse("La edición es de un cierre: diga cuál con --closing, como 2026-Q2.")
    if options.head and options.closing:
        return refuse("Compruebe la bitácora (--head) y el cierre (--closing) por separado.")
    if options.evidence and (options.head or options.closing):
        return refuse("Compruebe las evidencias (--evidence) por separado.")
    if options.matrix is not None and (options.evidence or options.head or options.closing):
        return refuse("Compruebe la matriz (--matrix) por separado.")
    try:
        if options.matrix is not None:
            return verify_matrix(options.matrix)
        if options.evidence:
            return verify_evidence()
        if options.closing:
            return verify_closing(options.closing, options.edition, options.digest)
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


def verify_closing(code: str, number: int | None, expected: str | None) -> int:
    """Compare what is kept of an edition of a quarter with its own digest and with the act's."""
    try:
        editions = editions_of(Period.parse(code))
    except PeriodError:
        return refuse(f"«{code}» no es un trimestre. Escríbalo como 2026-Q2.")
    wanted = [one for one in editions if number is None or one.number == number]
    if not wanted:
        return refuse(f"El trimestre {code} no está cerrado: todavía no tiene huella.")
    edition = wanted[-1]
    problems = faults_of_closing(edition, expected)
    for problem in problems:
        print(problem)
    state = "ALTERADO" if problems else "íntegro"
    which = f"{code}, edición {edition.number}," if len(editions) > 1 else code
    print(f"Cierre {which} {state}. Huella del cierre: {edition.digest}")
    return 1 if problems else 0


def faults_of_closing(edition: Edition, expected: str | None) -> list[str]:
    """What does not agree: the snapshots, the round itself, or the act."""
    problems = []
    found = digest_of_round(edition.round_id, edition=edition.number)
    if found != edition.digest:
        problems.append(f"Lo guardado cambió: su huella es ahora {found}.")
    facts = round_facts(edition.period)
    stands = facts is not None and facts.is_closed and facts.edition == edition.number
    if facts and stands and facts.digest != edition.digest:
        problems.append(f"La ronda dice otra huella: {facts.digest}.")
    if expected and expected.strip().lower() != edition.digest:
        problems.append(f"La huella del acta no es la del cierre: {expected.strip()}.")
    return problems


def verify_matrix(number: int) -> int:
    """Compare a published version with its digest and with the chain's; all of them with 0."""
    verdicts = verify_versions(number) if number else verify_versions()
    if number and not verdicts:
        return refuse(f"La matriz no tiene una versión {number} publicada.")
    for verdict in verdicts:
        for problem in verdict.problems:
            print(problem)
        state = "ALTERADA" if verdict.problems else "íntegra"
        print(f"Versión {verdict.number} de la matriz {state}. Huella: {verdict.digest}")
    if not verdicts:
        print("La matriz no tiene versiones publicadas.")
    return 1 if any(verdict.problems for verdict in verdicts) else 0


def verify_evidence() -> int:
    """Read every stored file and compare it with its fingerprint."""
    altered = tampered()
    for file in altered:
        print(f"El archivo {file.sha256} falta o fue alterado: {', '.join(file.names)}.")
    state = "ALTERADAS" if altered else "íntegras"
    print(f"Evidencias {state}: {stored_count()} archivos, {len(altered)} con problema.")
    return 1 if altered else 0
