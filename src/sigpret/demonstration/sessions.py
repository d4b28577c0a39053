"""What was said and agreed in the sessions of the demonstration: nobody who exists said it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SaidAgreement:
    """Due so many days after the session; `place` counts the participants who may answer for it."""

    text: str
    result: str
    days: int
    place: int = 0
    has_goal: bool = True


@dataclass(frozen=True, slots=True)
class SaidTopic:
    """`goal` are words of a goal of the sector, or counts them; None: the topic is of none."""

    title: str
    notes: str
    goal: str | int | None = None
    agreements: tuple[SaidAgreement, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidSession:
    """`late_days` after the week; 0: on time. `ends` says how far its minutes came."""

    day: date
    topics: tuple[SaidTopic, ...]
    ends: str = "distributed"
    late_days: int = 0


A, T = SaidAgreement, SaidTopic
PLAN = "Avance del plan de trabajo 2026 de la mesa"
MEDICINES, VACCINES = "medicamentos esenciales", "pentavalente"
RECEIVED = "La mesa dio por recibido el informe."

HEALTH_SESSIONS = (
    SaidSession(date(2026, 2, 10), (
        T("Instalación de la mesa y plan de trabajo", "Se presentó la propuesta de plan de trabajo."
          " Las instituciones pidieron separar las actividades de cada semestre.", None, (
            A("Enviar el plan de trabajo corregido a las máximas autoridades",
              "Plan aprobado", 15, 0, False),)),
        T("Línea base de abastecimiento de medicamentos", "Las fuentes de la línea base no "
          "coinciden: el inventario se cuenta de dos maneras.", MEDICINES, (
            A("Acordar una sola forma de contar", "Ficha técnica común", 30, 1),)),
    )),
    SaidSession(date(2026, 3, 17), (
        T("Abastecimiento de medicamentos esenciales", "Se revisó la ficha técnica común. El IHSS "
          "reportará con ella desde el segundo trimestre.", MEDICINES, (
            A("Reportar el abastecimiento con la ficha común", "Reporte del II trimestre", 110, 2),
        )),
        T("Vacunación en zonas lejanas", "Faltan vehículos en tres departamentos.", VACCINES, (
            A("Entregar el listado de rutas sin vehículo", "Listado por municipio", 21, 3),)),
    )),
    SaidSession(date(2026, 5, 12), (
        T("Cadena de frío", "Se contaron 21 refrigeradoras solares fuera de servicio.", VACCINES, (
            A("Publicar la lista de hospitales con cadena de frío crítica",
              "Lista publicada", 40, 0),
            A("Cotizar los repuestos de las refrigeradoras solares", "Tres cotizaciones", 30, 4),)),
        T(PLAN, RECEIVED),
    )),
    SaidSession(date(2026, 6, 23), (
        T("Compras conjuntas de medicamentos", "La ONCAE explicó el calendario del convenio marco. "
          "Las instituciones enviarán sus cantidades.", MEDICINES, (
            A("Enviar las cantidades de la compra conjunta", "Matriz consolidada", 20, 1),
            A("Conciliar el inventario del IHSS y de SESAL", "Un solo inventario", 90, 2),)),
        T("Perspectiva de género en los indicadores", "Los datos de parto institucional no se "
          "separan por pueblo ni por edad.", None, (
            A("Separar los datos por edad y pueblo", "Serie desagregada desde 2026", 120, 5, False),
        )),
    )),
    SaidSession(date(2026, 8, 18), (
        T("Resultados del II trimestre", "Cuatro metas quedaron por debajo de lo programado. Se "
          "revisaron sus causas con cada institución.", MEDICINES, (
            A("Remitir las causas de los rezagos a DIGER", "Informe de causas", 14, 0),
            A("Remitir la lista de hospitales con cadena de frío crítica",
              "Lista con responsables", 48, 3),)),
        T(PLAN, "Van 11 de 19 actividades."),
    ), late_days=2),
    SaidSession(date(2026, 9, 22), (
        T("Dengue: respuesta de la temporada", "Los casos bajaron, pero dos regiones siguen con "
          "transmisión alta.", "dengue", (
            A("Mantener el control de vectores en dos regiones", "Índice por debajo de 5 %",
              60, 4),)),
        T("Transparencia de los inventarios", "La Secretaría de Transparencia ofreció publicar los "
          "inventarios en su portal.", None, (
            A("Firmar el acta de entrega de datos abiertos", "Acta firmada", 30, 1, False),)),
    )),
    SaidSession(date(2026, 10, 12), (
        T("Abastecimiento de medicamentos esenciales", "Se revisó la caída del abastecimiento en "
          "dos trimestres. La licitación quedó desierta en 38 de 112 renglones por precio de "
          "referencia desactualizado.", MEDICINES, (
            A("Solicitar autorización de compra de emergencia para 38 renglones",
              "Autorización emitida", 11, 0),
            A("Actualizar los precios de referencia con la ONCAE y publicar la lista",
              "Lista de precios publicada", 32, 1),)),
        T("Cadena de frío y vacuna pentavalente en Gracias a Dios", "Nueve de 21 refrigeradoras "
          "solares siguen fuera de servicio. COPECO ofrece transporte aéreo si SESAL entrega la "
          "lista de repuestos.", VACCINES, (
            A("Entregar a COPECO la lista de repuestos y el calendario de vuelos",
              "Repuestos instalados en nueve puestos", 16, 2),)),
        T(PLAN, f"Van 14 de 19 actividades. {RECEIVED}"),
    ), ends="conformity"),
)  # fmt: skip

OTHER_SESSIONS = (
    SaidSession(date(2026, 4, 21), (
        T("Metas del sector y sus fuentes", "Cada institución presentó la fuente de sus datos y "
          "cuándo la publica.", 0, (
            A("Completar las fichas técnicas que faltan", "Fichas aprobadas", 30, 0),
            A("Definir quién reporta cada variable", "Cuadro de responsables", 45, 1),)),
        T(PLAN, "Se presentó el calendario de actividades."),
    )),
    SaidSession(date(2026, 8, 25), (
        T("Resultados del II trimestre", "Se revisaron las metas por debajo de lo programado y sus "
          "causas.", 0, (
            A("Enviar a DIGER el plan para recuperar lo atrasado", "Plan por meta", 21, 0),
            A("Coordinar las compras del segundo semestre", "Calendario de compras", 90, 2),)),
        T("Coherencia de los POA 2027", "Dos planes no se vinculan con la matriz.", None, (
            A("Vincular el POA 2027 con la matriz", "POA coherente", 75, 1, False),)),
    )),
)  # fmt: skip
