"""Presupuesto, ejecución y lo físico contra lo financiero

Lo vigente es lo aprobado más las modificaciones. El porcentaje se redondea sólo al imprimirlo, la
mitad hacia arriba. Sin presupuesto vigente no hay porcentaje: ni 0 ni 100.
"""

from dataclasses import replace
from decimal import Decimal

from sigpret.methodology.apportioning import heaviest_path, taken
from sigpret.methodology.execution import Budget, added, execution_percent
from sigpret.methodology.periods import Period
from sigpret.methodology.physical_financial import (
    Physical,
    balance_of,
    compare,
    compare_many,
    gap_alert,
    silence_alert,
)
from sigpret.methodology.values import rounded
from tests.methodology.examples import POLICY, decimal, reads
from tests.spec.book import paragraph

QUARTER = Period.quarter(2026, 3)
BALANCES = {
    "dinero sin avance": "money_ahead",
    "avance sin dinero": "progress_ahead",
    "parejo": "even",
    "parejo, pero bajo": "even_low",
    "sin presupuesto": "no_budget",
    "sin reporte": "silent",
    "sin dato físico": "no_physical",
}


def budget(approved="0", modifications="0", accrued="0", quota="—"):
    """A budget out of the cells of a table."""
    return Budget(
        approved=Decimal(approved.replace(",", "")),
        modifications=Decimal(modifications.replace(",", "")),
        accrued=Decimal(accrued.replace(",", "")),
        quota=decimal(quota),
    )


@paragraph
def test_published_execution(programme, current, executed, places, percent):
    """Porcentaje de ejecución

    Es el cuadro publicado de la Secretaría de Coordinación General de Gobierno, enero a junio de
    2015 (Informe de evaluación del POA, II trimestre de 2015, UPEG-SCGG): los programas se
    imprimen sin decimales y el total con dos.

    | programa | vigente | ejecutado | decimales | % |
    |---|---:|---:|---:|---:|
    | 11 Planificación Estratégica | 23,276,705 | 6,535,107 | 0 | 28 |
    | 12 Gestión por Resultados | 41,456,161 | 16,768,031 | 0 | 40 |
    | 13 Transparencia y Modernización | 31,880,445 | 14,775,948 | 0 | 46 |
    | 01 Actividades Centrales | 98,880,274 | 34,554,259 | 0 | 35 |
    | Total | 195,493,585 | 72,633,345 | 2 | 37.15 |
    """
    found = execution_percent(decimal(executed), decimal(current))
    assert rounded(found, int(places)) == Decimal(percent), programme


@paragraph
def test_current_budget(approved, modifications, accrued, current, percent):
    """Vigente, y cuándo no hay porcentaje

    | aprobado | modificaciones | devengado | vigente | % |
    |---:|---:|---:|---:|---:|
    | 100 | 0 | 25 | 100 | 25 |
    | 100 | -20 | 40 | 80 | 50 |
    | 0 | 30 | 10 | 30 | 33.33… |
    | 100 | -100 | 0 | 0 | — |
    | 0 | 0 | 5 | 0 | — |
    | 100 | 0 | 0 | 100 | 0 |
    | 100 | 0 | -10 | 100 | -10 |
    """
    seen = budget(approved, modifications, accrued)
    assert seen.current == decimal(current)
    assert reads(seen.executed_percent, percent)


def test_the_balance_stays_as_reported():
    """Saldo

    El saldo se guarda como lo reporta la fuente. En el cuadro de 2015 el programa 11 dice
    16,154,227, aunque vigente menos ejecutado da 16,741,598: SIAFI también resta lo que ya está
    reservado, y quien lo recalcule cambia el dato.
    """
    reported = Decimal(16_154_227)
    seen = Budget(
        approved=Decimal(29_432_776),
        modifications=Decimal(-6_156_071),
        accrued=Decimal(6_535_107),
        balance=reported,
    )
    assert seen.current == Decimal(23_276_705)
    assert added([seen]).balance == reported
    assert seen.current - seen.accrued != reported
    assert added([seen, Budget()]).balance is None


@paragraph
def test_a_pair(approved, quota, accrued, to_date, of_year, physical, financial, balance):
    """Las dos caras de un producto

    Si se conoce la cuota, lo devengado se divide entre la cuota a la fecha y lo físico es el
    cumplimiento a la fecha; si no, lo devengado se divide entre lo vigente y lo físico es el del
    año. La brecha es físico menos financiero y avisa desde 20 puntos, sin redondear. Sin
    presupuesto vigente no se calcula; lo que no se reportó no es cero.

    | vigente | cuota | devengado | a la fecha | del año | físico | financiero | queda |
    |---:|---:|---:|---:|---:|---:|---:|---|
    | 100 | 50 | 44 | 50 | 30 | 50 | 88 | dinero sin avance |
    | 100 | 50 | 29 | 142 | 90 | 142 | 58 | avance sin dinero |
    | 100 | 50 | 48.5 | 80 | 60 | 80 | 97 | parejo |
    | 100 | 50 | 22 | 38 | 20 | 38 | 44 | parejo, pero bajo |
    | 100 | 50 | 50 | 80 | 60 | 80 | 100 | dinero sin avance |
    | 100 | 50 | 50 | 80.01 | 60 | 80.01 | 100 | parejo |
    | 100 | — | 60 | 95 | 70 | 70 | 60 | parejo, pero bajo |
    | 100 | 0 | 60 | 95 | 30 | 30 | 60 | dinero sin avance |
    | 0 | 50 | 10 | 95 | 70 | 70 | — | sin presupuesto |
    | 100 | 50 | 40 | — | — | — | 80 | sin dato físico |
    """
    seen = compare(
        budget(approved, accrued=accrued, quota=quota),
        Physical(decimal(to_date), decimal(of_year)),
        POLICY,
    )
    assert (seen.physical, seen.financial) == (decimal(physical), decimal(financial))
    assert seen.balance == BALANCES[balance]
    known = seen.physical is not None and seen.financial is not None
    assert seen.gap == (seen.physical - seen.financial if known else None)


@paragraph
def test_silence_with_money(accrued, silence, balance, told):
    """Se pagó y nadie reportó

    Lo que vencía y nadie reportó no es un cero del producto: queda como «sin reporte» y, si se
    devengó algo, se avisa aparte. Con el trimestre abierto, o con una excepción vigente al cierre,
    su silencio todavía no dice nada.

    | devengado | silencio | queda | se avisa |
    |---:|---|---|---|
    | 40 | vencido | sin reporte | sí |
    | 0 | vencido | sin reporte | no |
    | 40 | con plazo | sin dato físico | no |
    | 40 | no vence | sin dato físico | no |
    """
    physical = Physical(
        None, None, is_silent=silence != "no vence", is_excused=silence == "con plazo"
    )
    seen = compare(budget("100", accrued=accrued, quota="50"), physical, POLICY)
    assert seen.balance == BALANCES[balance]
    assert (silence_alert("X", QUARTER, seen) is not None) == (told == "sí")


def test_the_sentence_of_silence():
    """Cómo se dice

    Dice cuánto se devengó, cuánto de eso ya se pagó y qué parte es de lo programado.
    """
    spent = replace(budget("2000", accrued="1250.50", quota="2000"), paid=Decimal(1000))
    seen = compare(spent, Physical(None, None, is_silent=True), POLICY)
    assert silence_alert("X", QUARTER, seen).explanation.sentence().replace("\u00a0", " ") == (
        "Sin reporte al III trimestre de 2026: se devengaron L 1,250.5, de ellos L 1,000 pagados"
        " (62.53 %), y nadie reportó lo que vencía."
    )


@paragraph
def test_the_gap_has_two_edges(physical, financial, balance):
    """Desde cuándo avisa

    | físico | financiero | queda |
    |---:|---:|---|
    | 80 | 99.99 | parejo |
    | 80 | 100 | dinero sin avance |
    | 100 | 80.01 | parejo |
    | 100 | 80 | avance sin dinero |
    | 79.99 | 79.99 | parejo, pero bajo |
    | 0 | 0 | parejo, pero bajo |
    """
    assert balance_of(decimal(physical), decimal(financial), POLICY) == BALANCES[balance]


@paragraph
def test_no_money_counts_twice(categories, parts, path, total):
    """Nada se cuenta dos veces

    La parte de una categoría toma sus líneas y las de todo lo que está debajo. Por eso las partes
    de un camino, del programa a la actividad, suman a lo sumo 100. Cada categoría va como
    `categoría<superior`; se muestra el camino más cargado que pasa por la primera.

    | categorías | partes | camino | suma |
    |---|---|---|---:|
    | 11 3<11 | 11=100 3=100 | 11 3 | 200 |
    | 3<11 11 | 11=100 3=100 | 11 3 | 200 |
    | 11 2<11 3<2 4<11 | 11=30 3=50 4=70 | 11 4 | 100 |
    | 2<11 11 3<2 4<11 | 11=30 3=50 4=70 | 11 2 3 | 80 |
    | 11 3<11 4<11 | 3=100 4=100 | 11 3 | 100 |
    | 11 | | 11 | 0 |
    """
    tree = dict(one.split("<") if "<" in one else (one, "") for one in categories.split())
    parents = {int(one): int(above) if above else None for one, above in tree.items()}
    pairs = (part.split("=") for part in parts.split())
    shares = {int(one): Decimal(share) for one, share in pairs}
    found = heaviest_path(parents, shares, next(iter(parents)))
    assert found == tuple(map(int, path.split()))
    assert taken(shares, found) == Decimal(total)


@paragraph
def test_many_products(products, physical, financial):
    """Programa, institución y sector

    El dinero se suma. Lo físico es el promedio ponderado por el presupuesto vigente, y cada
    producto cuenta hasta 100: pasarse en uno no tapa lo que faltó en otro. Un producto sin dato
    físico no pesa en lo físico; su dinero sí se suma. Lo que vencía y nadie reportó (`sr`) entra
    como en la nota oficial, hoy como 0; con una excepción vigente (`ex`) queda fuera. Cada producto
    va como `vigente/cuota/devengado/físico a la fecha`.

    | productos | físico | financiero |
    |---|---:|---:|
    | 100/50/50/100 100/50/50/50 | 75 | 100 |
    | 300/100/80/40 100/100/80/200 | 55 | 80 |
    | 100/50/25/80 100/50/25/— | 80 | 50 |
    | 100/50/25/— | — | 50 |
    | 100/50/25/80 100/50/25/sr | 40 | 50 |
    | 100/50/25/80 100/50/25/ex | 80 | 50 |
    | 100/50/25/sr | 0 | 50 |
    | 0/0/0/90 | — | — |
    """
    parts = []
    for cells in products.split():
        current, quota, accrued, achieved = cells.split("/")
        parts.append((
            budget(current, accrued=accrued, quota=quota),
            Physical(None, None, is_silent=True, is_excused=achieved == "ex")
            if achieved in {"sr", "ex"}
            else Physical(decimal(achieved), None),
        ))  # fmt: skip
    seen = compare_many(parts, POLICY)
    assert (seen.physical, seen.financial) == (decimal(physical), decimal(financial))


@paragraph
def test_what_is_said(physical, financial, sentence):
    """La alerta, en una oración

    | físico | financiero | se lee |
    |---:|---:|---|
    | 50 | 88 | Dinero sin avance al III trimestre de 2026: se pagó 88 % y se logró 50 %, 38 puntos menos; se avisa desde 20. |
    | 142 | 58 | Avance sin dinero al III trimestre de 2026: se logró 142 % y se pagó 58 %, 84 puntos más; se avisa desde 20. |
    | 97 | 94 | |
    """  # noqa: E501 - the cells of a table
    seen = compare(
        budget("100", accrued=financial, quota="100"), Physical(decimal(physical), None), POLICY
    )
    fired = gap_alert("X", QUARTER, seen, POLICY)
    said = "" if fired is None else fired.explanation.sentence().replace("\u00a0", " ")
    assert said == sentence
