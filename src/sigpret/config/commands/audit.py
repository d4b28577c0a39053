"""`./sigpret audit verify`: is the chain of events whole?"""

from sigpret.apps.audit.queries import verify_chain
from sigpret.config.commands.arguments import Arguments


def run(arguments: list[str]) -> int:
    """Verify the chain; exit 0 when it is whole, 1 when it was touched."""
    parser = Arguments("audit")
    parser.add_argument("what", choices=["verify"])
    parser.add_argument("--head", help="huella que consta en un acta de cierre")
    options = parser.parse_args(arguments)
    verdict = verify_chain(expected_head=options.head)
    for problem in verdict.problems:
        print(problem)
    state = "íntegra" if verdict.is_whole else "ALTERADA"
    print(f"Bitácora {state}: {verdict.events} hechos; cabeza {verdict.head or '—'}")
    return 0 if verdict.is_whole else 1
