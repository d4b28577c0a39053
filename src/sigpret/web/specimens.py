"""Invented but plausible data for the component gallery. Nothing here is a real figure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.paginator import Paginator
from django.urls import reverse

from sigpret.web import charts
from sigpret.web.components import Chip, Choice, Counter, Crumb, ErrorLine, Tone, steps
from sigpret.web.dates import TEGUCIGALPA
from sigpret.web.icons import ICONS
from sigpret.web.navigation import ShownEntry, ShownGroup
from sigpret.web.pending import PendingTask
from sigpret.web.statuses import ORDER

CLOSING = datetime(2026, 10, 16, 17, 0, tzinfo=TEGUCIGALPA)
QUARTERS = ("IV 24", "I 25", "II 25", "III 25", "IV 25", "I 26", "II 26", "III 26")


def everything() -> dict[str, object]:
    """The context of the gallery page."""
    return {
        "crumbs": (Crumb("Mis pendientes", reverse("gallery")), Crumb("Componentes")),
        "statuses": ORDER,
        "icons": tuple(ICONS),
        "menu": MENU,
        "chips": CHIPS,
        "choices": CHOICES,
        "steps": steps(
            ["Subir el reporte", "Revisar y corregir", "Distribuir por trimestre", "Confirmar"], 1
        ),
        "counters": COUNTERS,
        "errors": ERRORS,
        "tasks": TASKS,
        "page_obj": Paginator(range(60), 25).page(2),
        "closing": CLOSING,
        "keys": (
            ("Enter", "siguiente"),
            ("Ctrl V", "pegar columna"),
            ("Alt ↓", "próximo pendiente"),
        ),
        **drawings(),
    }


MENU = (
    ShownGroup(
        "Mi trabajo",
        (
            ShownEntry("Mis pendientes", "/componentes/", "home", is_on=True),
            ShownEntry("Reporte trimestral", "#tablas", "pencil"),
            ShownEntry("Evidencias", "#tablas", "clip"),
        ),
    ),
    ShownGroup(
        "Planificación",
        (
            ShownEntry("POA 2026", "#tablas", "document"),
            ShownEntry("Cadena de valor", "#graficos", "chain"),
            ShownEntry("Importar", "#avisos", "upload"),
        ),
    ),
    ShownGroup(
        "Resultados",
        (
            ShownEntry("Mi evaluación", "#graficos", "bars"),
            ShownEntry("Alertas", "#avisos", "alert"),
        ),
    ),
    ShownGroup("Ayuda", (ShownEntry("Cómo se calcula", "#iconos", "comment"),)),
)

CHIPS = (
    Chip("Todos", "?", 17, is_on=True),
    Chip("Por resolver", "?estado=pendiente", 6),
    Chip("Falta el dato", "?estado=vacio", 2),
    Chip("Con error", "?estado=error", 1),
    Chip("Sin evidencia", "?estado=sin-evidencia", 0),
)
CHOICES = (
    Choice("III trimestre de 2026", "?periodo=2026-Q3", is_on=True),
    Choice("II trimestre de 2026", "?periodo=2026-Q2"),
    Choice("I trimestre de 2026", "?periodo=2026-Q1"),
)
COUNTERS = (
    Counter(30, "productos leídos en 3 objetivos operativos"),
    Counter(17, "con producción anual", Tone.GOOD),
    Counter(13, "errores: producción anual en blanco", Tone.BAD),
    Counter(8, "avisos para revisar", Tone.WARNING),
    Counter(0, "cambios todavía en el sistema"),
)
ERRORS = (
    ErrorLine("Producción anual en blanco", "#cell-1", 13, "filas 14, 16 a 19 y 29"),
    ErrorLine("Trimestral con menos de 4 unidades al año", "#cell-2", 5, "filas 31, 33 y 36"),
    ErrorLine("Productos con nombre casi igual", "", 2, "filas 52 y 53"),
)
TASKS = (
    PendingTask(
        "Completar el reporte del III trimestre",
        "#tablas",
        "Continuar",
        "11 de 17 productos listos. Faltan 2 datos, 1 error y 1 explicación.",
        CLOSING,
        is_urgent=True,
    ),
    PendingTask(
        "Explicar por qué la meta 3.7 supera en 42 % lo programado",
        "#tablas",
        "Explicar",
        "Si la meta quedó corta, proponga el ajuste para 2027.",
        CLOSING,
        status="at_risk",
    ),
    PendingTask("Revisar la proyección de metas 2027–2029", "#graficos", "Revisar", icon="trend"),
)


CONTROL = charts.ControlChart(
    "Por segundo trimestre está debajo de lo esperado",
    tuple(
        charts.ControlPoint(label, Decimal(value), Decimal(planned))
        for label, value, planned in (
            ("IV 24", 76, 77),
            ("I 25", 75, 77),
            ("II 25", 77, 78),
            ("III 25", 74, 78),
            ("IV 25", 78, 78),
            ("I 26", 76, 79),
            ("II 26", 68, 79),
            ("III 26", 61, 80),
        )
    ),
    low=Decimal(71),
    high=Decimal(80),
    unit="%",
)


def drawings() -> dict[str, object]:
    """One of each chart, and the three kinds of nothing where it matters."""
    return {
        "bullets": BULLETS,
        "compact": COMPACT,
        "spark": _spark("103", "103", "100", "97", "99", "97", "86", "76"),
        "broken_spark": _spark("92", "95", None, None, "60", "0", "88", "94", last="on_track"),
        "strip": charts.StatusStrip("III trim. 2026", NOW),
        "previous_strip": charts.StatusStrip("II trim. 2026", BEFORE, is_previous=True),
        "now_counts": tuple(NOW.items()),
        "trajectory": TRAJECTORY,
        "control": CONTROL,
        "contribution": CONTRIBUTION,
        "waterfall": WATERFALL,
        "band": BAND,
        "bars": BARS,
        "tiles": TILES,
    }


def _spark(*values: str | None, last: str = "behind") -> charts.Spark:
    count = len(values)
    return charts.Spark(
        tuple(
            charts.SparkPoint(
                QUARTERS[index],
                None if value is None else Decimal(value),
                "not_reported" if value is None else (last if index == count - 1 else "on_track"),
            )
            for index, value in enumerate(values)
        )
    )


NOW = {"behind": 8, "at_risk": 10, "not_reported": 2, "on_track": 27, "exceeded": 1}
BEFORE = {"behind": 6, "at_risk": 12, "not_reported": 3, "on_track": 26, "exceeded": 1}

BULLETS = (
    ("Rezagada", charts.Bullet(Decimal(61), Decimal(80), Decimal(85), "behind", "%")),
    ("En riesgo", charts.Bullet(Decimal(742), Decimal(900), Decimal(1200), "at_risk")),
    ("En ruta", charts.Bullet(Decimal(91), Decimal(92), Decimal(95), "on_track", "%")),
    ("Sobrecumplida", charts.Bullet(Decimal(17), Decimal(12), Decimal(16), "exceeded")),
    (
        "Menor es mejor",
        charts.Bullet(
            Decimal("34.8"), Decimal("31"), Decimal("29"), "behind", "%", baseline=Decimal("36.2")
        ),
    ),
    ("Cero reportado", charts.Bullet(Decimal(0), Decimal(3), Decimal(4), "behind")),
    ("Sin reporte", charts.Bullet(None, Decimal(3), Decimal(4), "not_reported")),
    ("No vence", charts.Bullet(None, None, Decimal(4), "not_due")),
    ("Sin denominador", charts.Bullet(None, Decimal(3), Decimal(4), "no_denominator")),
)

COMPACT = charts.Bullet(Decimal(94), Decimal(97), Decimal(97), "on_track", is_compact=True)

TRAJECTORY = charts.Trajectory(
    "Sitios conectados acumulados en 2026",
    (
        charts.TrajectoryPoint("ene", Decimal(0), Decimal(0)),
        charts.TrajectoryPoint("mar", Decimal(300), Decimal(268)),
        charts.TrajectoryPoint("jun", Decimal(600), Decimal(561)),
        charts.TrajectoryPoint("sep", Decimal(900), Decimal(742)),
        charts.TrajectoryPoint("dic", Decimal(1200)),
    ),
    "at_risk",
    noun="conectados",
    projection=charts.Projection(Decimal(990), Decimal(930), Decimal(1040)),
    target_words="prometidos",
)
CONTRIBUTION = charts.ContributionBar(
    (
        charts.Contribution("Eficacia de productos", Decimal("28.7")),
        charts.Contribution("Contribución a metas sectoriales", Decimal("16.0")),
        charts.Contribution("Ejecución presupuestaria", Decimal("12.5")),
        charts.Contribution("Calidad del dato", Decimal("13.8")),
        charts.Contribution("Oportunidad", Decimal("5.0")),
    ),
    Decimal("76.0"),
    (charts.Threshold(Decimal(60), "60 · medio"), charts.Threshold(Decimal(80), "80 · alto")),
)
WATERFALL = charts.Waterfall(
    "II trim.",
    Decimal("79.4"),
    (
        charts.Movement("Eficacia", Decimal("-4.6")),
        charts.Movement("Metas sectoriales", Decimal("-1.2")),
        charts.Movement("Presupuesto", Decimal("1.1")),
        charts.Movement("Calidad", Decimal("1.3")),
    ),
    "III trim.",
    Decimal("76.0"),
)
BAND = charts.BandChart(
    (
        charts.Peer("Institución A", 9, Decimal("60.5")),
        charts.Peer("Institución B", 12, Decimal("65.5")),
        charts.Peer("Institución C", 21, Decimal("68.6")),
        charts.Peer("Institución D", 11, Decimal("77.5")),
        charts.Peer("Institución E", 14, Decimal("80.5")),
        charts.Peer("Institución F", 8, Decimal("83.5")),
        charts.Peer("Institución G", 19, Decimal("87.5")),
        charts.Peer("DIGER", 17, Decimal("76.0"), is_own=True),
    ),
    tuple(
        charts.BandPoint(size, Decimal(76) - Decimal(64) / size, Decimal(77) + Decimal(64) / size)
        for size in range(5, 26, 2)
    ),
    Decimal("76.5"),
)
BARS = charts.QuarterBars(
    (
        charts.QuarterBar("I", Decimal(0), Decimal(0), "on_track"),
        charts.QuarterBar("II", Decimal(1), Decimal(1), "on_track"),
        charts.QuarterBar("III", Decimal(2), Decimal(1), "behind", is_current=True),
        charts.QuarterBar("IV", Decimal(2), None, "not_due"),
    )
)
TILES = charts.TileMap(
    "Sitios conectados por departamento",
    {
        "11": charts.TileDatum(Decimal(14), Decimal(18), "on_track"),
        "05": charts.TileDatum(Decimal(96), Decimal(118), "on_track"),
        "01": charts.TileDatum(Decimal(52), Decimal(66), "on_track"),
        "02": charts.TileDatum(Decimal(31), Decimal(58), "behind"),
        "09": charts.TileDatum(Decimal(6), Decimal(42), "behind"),
        "04": charts.TileDatum(Decimal(44), Decimal(71), "at_risk"),
        "16": charts.TileDatum(Decimal(50), Decimal(78), "at_risk"),
        "03": charts.TileDatum(Decimal(58), Decimal(74), "on_track"),
        "18": charts.TileDatum(Decimal(49), Decimal(82), "behind"),
        "14": charts.TileDatum(Decimal(36), Decimal(33), "exceeded"),
        "13": charts.TileDatum(Decimal(38), Decimal(84), "behind"),
        "12": charts.TileDatum(None, None, "not_due"),
        "08": charts.TileDatum(Decimal(71), Decimal(92), "on_track"),
        "07": charts.TileDatum(Decimal(40), Decimal(76), "behind"),
        "17": charts.TileDatum(Decimal(0), Decimal(37), "behind"),
    },
)
