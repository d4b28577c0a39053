"""What the work plans of the demonstration say: nobody who exists planned it."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class SaidActivity:
    """`who` are codes of institutions, or places among those of the mesa; days of 2026."""

    text: str
    who: tuple[str | int, ...]
    starts: tuple[int, int]
    ends: tuple[int, int]
    percent: int = 100
    note: str = "Entregado a la coordinación técnica."
    later: tuple[int, int] | None = field(default=None)
    why: str = ""

    @property
    def starts_on(self) -> date:
        return date(2026, *self.starts)

    @property
    def ends_on(self) -> date:
        return date(2026, *self.ends)


A = SaidActivity
SESAL, ARSA, IHSS, IHADFA = "060", "062", "SC10", "SC12"
ALL = (SESAL, ARSA, IHSS, IHADFA)
OBJECTIVE = (
    "Que las metas del sector tengan una sola fuente, se reporten a tiempo y lo que las detiene "
    "llegue resuelto a quien decide."
)
WHY = "Dos quirófanos cerrados y una licitación desierta mueven tres fechas."

HEALTH_PLAN = (
    ("La MCR del sector está completa y validada", (
        A("Diagnóstico sectorial de desafíos", (SESAL,), (2, 2), (3, 31)),
        A("Marco de resultados e indicadores en la MCR", (SESAL, IHSS), (3, 2), (4, 30)),
        A("Revisión de vínculos entre metas", (IHSS,), (4, 6), (5, 29)),
        A("Fichas de 12 indicadores sectoriales", (ARSA,), (4, 15), (6, 15)),
        A("Línea base 2025 validada", (SESAL,), (5, 4), (6, 30)),
    )),
    ("Los POA son coherentes con la MCR", (
        A("Revisión del POA 2026 de las cuatro instituciones", (SESAL,), (2, 16), (3, 31)),
        A("Vinculación de productos a la MCR", ALL, (4, 6), (6, 30)),
        A("Propuesta de ajustes al nivel político", (SESAL,), (7, 1), (7, 31)),
        A("Revisión del anteproyecto de POA 2027", ALL, (11, 2), (11, 30), 0, ""),
    )),
    ("Las metas están programadas y proyectadas", (
        A("Capacitación en proyección de metas", (IHSS, ARSA), (5, 4), (5, 29)),
        A("Programación semestral de metas", (SESAL,), (7, 1), (9, 30), 70,
          "Faltan las cirugías: dos quirófanos cerrados cambian la base.", (11, 20),
          "Dos quirófanos cerrados cambian la base de cirugías."),
        A("Programación plurianual 2027–2029", (SESAL, IHSS), (11, 2), (12, 11), 0, "",
          (12, 18), "Depende de la 3.2."),
        A("Mecanismo mensual de información", (IHADFA,), (6, 1), (8, 31)),
    )),
    ("Los cuellos de botella tienen solución acordada", (
        A("Propuesta para cuellos de botella en compras", (ARSA,), (8, 3), (10, 9), 40,
          "Espera los precios de referencia de la ONCAE.", (11, 30),
          "Espera la segunda vuelta de la LP-014."),
        A("Identificación de limitantes del sector", (IHADFA,), (3, 2), (4, 30)),
        A("Estrategia de cadena de frío", (SESAL,), (5, 4), (7, 31)),
        A("Grupo de trabajo de mora quirúrgica", (SESAL, IHSS), (6, 1), (9, 30)),
        A("Informe semestral de avance", (SESAL,), (7, 1), (7, 31)),
        A("Informe anual de resultados", (SESAL,), (12, 1), (12, 18), 0, ""),
    )),
)  # fmt: skip

OTHER_PLAN = (
    ("Las metas del sector tienen fuente y responsable", (
        A("Diagnóstico sectorial de desafíos", (0,), (2, 2), (4, 30)),
        A("Fichas técnicas de los indicadores", (0, 1), (3, 2), (6, 30)),
        A("Revisión de vínculos entre metas", (1,), (5, 4), (7, 31)),
    )),
    ("Lo programado se sigue y se corrige", (
        A("Programación semestral de metas", (0,), (6, 1), (9, 15), 60, "Falta una institución."),
        A("Revisión de los POA 2027", (0, 1), (9, 1), (11, 13), 30, "Se revisaron dos planes."),
        A("Cuellos de botella y su propuesta de solución", (1,), (8, 3), (10, 30), 50,
          "Dos identificados."),
        A("Informe anual de resultados", (0,), (12, 1), (12, 18), 0, ""),
    )),
)  # fmt: skip
