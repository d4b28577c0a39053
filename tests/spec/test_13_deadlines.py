"""Los plazos

Un plazo se cuenta desde el día siguiente: el primero no cuenta. La regla del país dice cuántos días
y de qué clase; los feriados son los de la ley. Vence a una hora de Tegucigalpa, sea cual sea la
zona del servidor: lo recibido antes de ese instante está a tiempo, y lo recibido en el instante
mismo ya no.
"""

from datetime import date

from sigpret.methodology.calendar import DayKind, add_days, days_between
from tests.spec.book import paragraph

KINDS = {"calendario": DayKind.CALENDAR, "hábiles": DayKind.WORKING}
HOLIDAYS = {date(2026, 4, day) for day in (2, 3, 4)} | {date(2026, 10, day) for day in (7, 8, 9)}


@paragraph
def test_when_a_deadline_falls(start, days, kind, falls):
    """Qué día vence

    Con la Semana Santa (2, 3 y 4 de abril) y la Semana Morazánica (7, 8 y 9 de octubre) de 2026.

    | desde | días | clase | vence |
    |---|---:|---|---|
    | 2026-09-30 | 15 | calendario | 2026-10-15 |
    | 2026-09-30 | 15 | hábiles | 2026-10-26 |
    | 2026-10-06 | 1 | hábiles | 2026-10-12 |
    | 2026-10-06 | 1 | calendario | 2026-10-07 |
    | 2026-04-01 | 1 | hábiles | 2026-04-06 |
    | 2026-10-16 | 1 | hábiles | 2026-10-19 |
    | 2024-02-28 | 1 | calendario | 2024-02-29 |
    | 2026-12-31 | 15 | calendario | 2027-01-15 |
    """
    found = add_days(date.fromisoformat(start), int(days), KINDS[kind], HOLIDAYS)
    assert found.isoformat() == falls


@paragraph
def test_how_many_days_remain(today, deadline, kind, remain):
    """Cuántos días quedan

    | hoy | vence | clase | quedan |
    |---|---|---|---:|
    | 2026-10-13 | 2026-10-16 | calendario | 3 |
    | 2026-10-06 | 2026-10-16 | hábiles | 5 |
    | 2026-10-16 | 2026-10-16 | calendario | 0 |
    | 2026-10-17 | 2026-10-16 | calendario | -1 |
    """
    found = days_between(
        date.fromisoformat(today), date.fromisoformat(deadline), KINDS[kind], HOLIDAYS
    )
    assert found == int(remain)
