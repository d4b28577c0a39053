"""What the mesas of the demonstration wrote in their products."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidNeck:
    """A bottleneck found `days` ago; `goals` are those of the sector it holds back."""

    title: str
    cause: str
    severity: str
    days: int
    goals: slice
    doing: str = ""
    solution: str = ""
    took: int = 0
    ask: str = ""


@dataclass(frozen=True, slots=True)
class SaidStrategy:
    """A strategy begun `days` ago; each option is text, in favour, against, cost and time."""

    title: str
    problem: str
    state: str
    days: int
    options: tuple[tuple[str, str, str, str, str], ...]
    reason: str = ""


NECKS = (
    SaidNeck(
        "Las licitaciones de insumos quedan desiertas",
        "Los precios de referencia son de 2023 y los proveedores no presentan ofertas.",
        "high",
        64,
        slice(0, 2),
        doing="La Gerencia Administrativa actualiza los precios de referencia con ONCAE.",
    ),
    SaidNeck(
        "Los nombramientos de personal tardan cinco meses",
        "Cada plaza pasa por tres dictámenes y el congelamiento del presupuesto los detiene.",
        "medium",
        41,
        slice(1, 3),
        ask="Exceptuar del congelamiento las plazas que atienden metas presidenciales.",
    ),
    SaidNeck(
        "Los registros de los municipios llegan en papel",
        "Los formularios se digitan en la región y llegan después del cierre del trimestre.",
        "low",
        120,
        slice(0, 1),
        doing="Se prueba el formulario digital en dos regiones.",
        solution="Los municipios registran en línea desde agosto; la región sólo verifica.",
        took=75,
    ),
)
STRATEGIES = (
    SaidStrategy(
        "Compra conjunta de insumos con precios actualizados",
        "Las licitaciones de insumos quedan desiertas y el abastecimiento se interrumpe.",
        "approved",
        52,
        (
            (
                "Compra conjunta por medio de un organismo internacional",
                "Precio menor por volumen. Ya hay convenio vigente.",
                "El primer desembolso es anticipado.",
                "L 48.2 millones",
                "4 meses",
            ),
            (
                "Nueva licitación pública nacional con precios de 2026",
                "La administra la institución sin intermediarios.",
                "Puede quedar desierta otra vez.",
                "L 55 millones",
                "7 meses",
            ),
            (
                "Transferir los fondos a las regiones",
                "Respuesta rápida en los lugares más alejados.",
                "Precios mayores y control disperso.",
                "L 61 millones",
                "2 meses",
            ),
        ),
        reason="El ahorro alcanza para cubrir el último trimestre y el convenio ya existe.",
    ),
    SaidStrategy(
        "Ventanilla única para los nombramientos del sector",
        "Los nombramientos de personal tardan cinco meses y las metas se quedan sin equipo.",
        "proposed",
        16,
        (
            (
                "Ventanilla única con un solo dictamen",
                "Reduce el trámite a seis semanas.",
                "Requiere acuerdo entre Finanzas y Servicio Civil.",
                "Sin costo adicional",
                "3 meses",
            ),
            (
                "Contratos temporales mientras se nombra",
                "El personal empieza de inmediato.",
                "Rotación alta y sin continuidad.",
                "L 6.4 millones",
                "1 mes",
            ),
        ),
    ),
    SaidStrategy(
        "Formación de los equipos de planificación en indicadores",
        "La mitad de los indicadores llega sin medio de verificación.",
        "draft",
        7,
        (
            (
                "Curso en línea con la universidad",
                "Llega a todo el país.",
                "Depende de la conexión.",
                "L 380,000",
                "2 meses",
            ),
        ),
    ),
)
CONCLUSIONS = (
    "El sector alcanza lo que depende de un solo programa y se retrasa donde intervienen compras "
    "y contrataciones. La mesa atenderá primero las metas que comparten una misma causa."
)
REQUEST = (
    "Que el nivel político apruebe la ventanilla única de nombramientos y gestione con Finanzas la "
    "liberación de las plazas que atienden metas presidenciales."
)
REVIEWED = "Completo y con los datos de la plataforma."
MECHANISMS = (
    ("Atenciones por establecimiento", "Sistema estadístico del sector", "mensual"),
    ("Existencias de insumos esenciales", "Inventario en línea de los almacenes", "semanal"),
    ("Personal nombrado y vacante", "SIREP de Servicio Civil", "trimestral"),
    ("Ejecución física de los proyectos", "Informes de supervisión", "mensual"),
)
