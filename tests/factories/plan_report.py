"""An invented plan report: 3 objectives, 4 results, 30 products, 17 of them with production (72).

It has the shape of the official report, with its gaps in the numbers, its continuation page and
its blank cells, and none of its words.
"""

from decimal import Decimal

from sigpret.intake.rows import (
    Coded,
    Objective,
    OperationalObjective,
    PlanDocument,
    PrintedReport,
    Product,
    Result,
)

INSTITUTION = ("9414", "Instituto Nacional de Ejemplos")

HEADER = """PLAN ESTRATÉGICO Y OPERATIVO

Institución: {code} - {name}

REPÚBLICA DE HONDURAS
SECRETARÍA DE FINANZAS

EJERCICIO: {year}

REP:R00822953
GESTIÓN:{year}
09/04/2026 10:02:04 a.m.
"""

ANNUAL, SEMESTRAL, QUARTERLY = "1 - Anual", "2 - Semestral", "4 - Trimestral"
REPORT, VISIT, COURSE, PLACE = "149 - INFORME", "127 - VISITA", "1009 - CURSO", "603 - SITIO"

# (number, name, unit, periodicity, annual output as printed)
FIRST = [
    (1, "Huertos escolares con manual de riego publicado", REPORT, ANNUAL, ""),
    (5, "Semilleros de maíz criollo instalados", REPORT, SEMESTRAL, "2"),
    (10, "Bodegas comunitarias con inventario al día", REPORT, SEMESTRAL, ""),
    (11, "Solicitudes de herramientas atendidas", REPORT, SEMESTRAL, ""),
    (12, "Mantenimiento de invernaderos regionales", REPORT, ANNUAL, ""),
    (13, "Ferias del agricultor con registro de ventas", REPORT, SEMESTRAL, ""),
]
SECOND = [
    (3, "Bibliotecas municipales con acervo revisado", PLACE, QUARTERLY, ""),
    (4, "Clubes de lectura acompañados por un tutor", PLACE, QUARTERLY, ""),
    (5, "Verificaciones de salas infantiles", VISIT, QUARTERLY, "2"),
    (6, "Guías de préstamo domiciliario redactadas", REPORT, QUARTERLY, "6"),
    (7, "Catálogos de autores nacionales impresos", REPORT, QUARTERLY, "3"),
    (8, "Lineamientos para donaciones de libros", REPORT, QUARTERLY, "3"),
    (9, "Cursos para encargados de sala", COURSE, QUARTERLY, "2"),
    (10, "Talleres de encuadernación para docentes", COURSE, QUARTERLY, "2"),
    (11, "Casas de la cultura con horario extendido", PLACE, QUARTERLY, ""),
    (12, "Rincones de lectura equipados en hospitales", PLACE, QUARTERLY, ""),
    (13, "Bibliobuses en ruta por aldeas", PLACE, QUARTERLY, ""),
]
THIRD = [
    (1, "Mapa nacional de senderos actualizado", REPORT, ANNUAL, "1"),
    (2, "Miradores señalizados para visitantes", PLACE, QUARTERLY, ""),
    (3, "Refugios de montaña con botiquín", PLACE, QUARTERLY, ""),
    (4, "Informe de aforo de parques", REPORT, QUARTERLY, "4"),
    (5, "Boletín de fauna observada", REPORT, QUARTERLY, "4"),
    (6, "Cabañas con panel solar en servicio", REPORT, SEMESTRAL, ""),
    (7, "Guardaparques con radio asignado", PLACE, QUARTERLY, "15"),
    (8, "Puentes colgantes inspeccionados", REPORT, QUARTERLY, "10"),
    (9, "Campamentos juveniles realizados", PLACE, ANNUAL, "10"),
    (10, "Viveros forestales con cosecha", REPORT, SEMESTRAL, "2"),
    (11, "Campañas de reforestación", REPORT, SEMESTRAL, "2"),
    (12, "Brigadas contra incendios formadas", REPORT, SEMESTRAL, "2"),
    (13, "Exposiciones de orquídeas montadas", COURSE, SEMESTRAL, "2"),
]
OBJECTIVES = (
    ("Cultivar alimentos en las escuelas.(PG-11)", ["Huertos en marcha"], "Sembrar", FIRST),
    ("Acercar los libros a cada municipio.(PG-12)", ["Más lectores"], "Prestar", SECOND),
    ("Cuidar los parques nacionales", ["Parques abiertos", "Bosques sanos"], "Guiar", THIRD),
)
TABLE = "Producto\tUnidad de Medida\tPeriodicidad\tProducción Anual"


def report_text(
    code: str = INSTITUTION[0], name: str = INSTITUTION[1], year: int = 2026, **outputs: str
) -> str:
    """The report as text; `outputs` replaces printed productions: `p1_5="3"` is product 1.5."""
    header = HEADER.format(code=code, name=name, year=year)
    lines = [header, "MISIÓN: Servir con el ejemplo.", "", "VISIÓN: Un país de lectores.", ""]
    for number, (text, results, operational, products) in enumerate(OBJECTIVES, start=1):
        lines += [f"OBJETIVO: {number} - {text}", ""]
        for place, result in enumerate(results, start=1):
            lines += [f"Resultado: {place} - {result}", "", "Supuesto: Que llueva a tiempo", ""]
            lines += ["Población Objetivo: 184 - PUBLICAS", ""]
        lines += [f"Objetivo Operativo: 1 {operational} en todo el país", "", TABLE]
        for row in products:
            printed = outputs.get(f"p{number}_{row[0]}", row[4])
            lines.append(f"{row[0]} - {row[1]}\t{row[2]}\t{row[3]}\t{printed}")
        lines.append("")
    return "\n".join(lines)


def report_bytes(**options: str) -> bytes:
    return report_text(**options).encode()


def coded(text: str) -> Coded:
    code, name = text.split(" - ", 1)
    return Coded(code, name)


def make_document(code: str = INSTITUTION[0], year: int = 2026, rows=((1, "2"),)) -> PlanDocument:
    """A small plan: one objective, one result and a quarterly product per (number, output)."""
    products = tuple(
        Product(
            number=number,
            name=f"Informe {number}",
            unit_of_measure=coded(REPORT),
            periodicity=coded(QUARTERLY),
            annual_output=None if output is None else Decimal(output),
            line=10 + number,
        )
        for number, output in rows
    )
    result = Result(1, "Más lectores", "Que llueva", coded("184 - PUBLICAS"))
    operational = OperationalObjective(1, "Prestar libros", products)
    objective = Objective(1, "Acercar los libros", "PG-12", (result,), (operational,))
    return PlanDocument(
        institution=Coded(code, "Instituto Nacional de Ejemplos"),
        fiscal_year=year,
        report=PrintedReport("R00822953", None),
        mission="Servir",
        vision=None,
        objectives=(objective,),
    )
