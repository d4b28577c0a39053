"""`./sigpret open_round 2026-Q3`: from then on institutions report the quarter."""

from datetime import datetime

from django.db import ProgrammingError

from sigpret.apps.accounts.roles import Role
from sigpret.apps.institutions.queries import Access
from sigpret.apps.monitoring.actions import CannotOpenRoundError, open_round
from sigpret.apps.monitoring.queries.rounds import usual_deadline
from sigpret.config.commands.arguments import NOT_PREPARED, Arguments, refuse
from sigpret.methodology.periods import Period, PeriodError
from sigpret.web.clock import now
from sigpret.web.dates import TEGUCIGALPA, deadline_words, period_words


def run(arguments: list[str]) -> int:
    """Open the quarter; 2 with a sentence when it cannot be opened so."""
    parser = Arguments("open_round", "Abre un trimestre para que las instituciones reporten.")
    parser.add_argument("period", metavar="AAAA-Qn", help="el trimestre, como 2026-Q3")
    parser.add_argument("--closes", metavar="MOMENTO", help="plazo, como 2026-10-16T17:00")
    options = parser.parse_args(arguments)
    try:
        period = Period.parse(options.period)
        closes_at = moment(options.closes) if options.closes else usual_deadline(period)
    except PeriodError:
        return refuse(f"«{options.period}» no es un trimestre. Escríbalo como 2026-Q3.")
    except ProgrammingError:
        return refuse(NOT_PREPARED)
    except ValueError:
        return refuse(f"«{options.closes}» no es un momento. Escríbalo como 2026-10-16T17:00.")
    try:
        # Whoever has the server's console acts as the system, with the administration's rights.
        opened = open_round(
            actor=None,
            access=Access(roles=frozenset({Role.ADMINISTRATOR})),
            period=period,
            closes_at=closes_at,
            at=now(),
        )
    except CannotOpenRoundError as problem:
        return refuse(problem)
    except ProgrammingError:
        return refuse(NOT_PREPARED)
    until = deadline_words(opened.closes_at)
    print(f"{period_words(opened.period)}: recibe reportes hasta el {until}")
    return 0


def moment(text: str) -> datetime:
    """A moment as written; in Tegucigalpa unless it says otherwise. Raises ValueError."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=TEGUCIGALPA)
