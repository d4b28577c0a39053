"""What monitoring tells people: every kind of notice of the round, as data.

Their texts travel by e-mail, so they never name a person; what somebody wrote goes in the
`detail` of the notice, which is read in the product.
"""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.notices.kinds import Kind, Mode, Variable

PREPARERS = frozenset({Role.REGISTRAR})
APPROVERS = frozenset({Role.APPROVER})
REVIEWERS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
ADMINISTRATION = frozenset({Role.ADMINISTRATOR})

INSTITUTION = Variable("institution", "institución", "Secretaría de Salud")
PERIOD = Variable("period", "periodo", "III trimestre de 2026")
DEADLINE = Variable("deadline", "límite", "viernes 16 de octubre, 5:00 p. m.")
CODE = Variable("code", "código", "2.9")
NAME = Variable("name", "nombre", "Capacitaciones a las UPGRET")
COUNT = Variable("count", "cantidad", "3")
DAYS = Variable("days", "días", "3")
DECISION = Variable("decision", "decisión", "concedida")

ROUND_OPENED = Kind(
    code="round_opened",
    label=_("Se abre un trimestre"),
    subject=_("Abrió el {periodo}: reporte antes del {límite}"),
    text=_("Ya puede reportar los avances del {periodo}. El plazo termina el {límite}."),
    action=_("Reportar"),
    variables=(PERIOD, DEADLINE),
    icon="calendar",
    roles=INSTITUTION_ROLES,
    about=_("Reporte del {periodo}"),
)
DEADLINE_NEAR = Kind(
    code="deadline_near",
    label=_("El plazo está por vencer"),
    subject=_("{plazo}: envíe el reporte del {periodo}"),
    text=_("El reporte de {institución} todavía no se ha enviado. El plazo vence el {límite}."),
    action=_("Completar el reporte"),
    variables=(
        Variable("left", "plazo", "Quedan 3 días"),
        INSTITUTION,
        PERIOD,
        DEADLINE,
    ),
    icon="clock",
    roles=INSTITUTION_ROLES,
    about=_("Reporte del {periodo}"),
)
VALUE_ASSIGNED = Kind(
    code="value_assigned",
    label=_("Me asignan un dato"),
    subject=_("Le asignaron {código} {nombre}"),
    text=_("Se espera que usted registre {código} {nombre} del {periodo} antes del {límite}."),
    action=_("Registrar el dato"),
    variables=(CODE, NAME, PERIOD, DEADLINE),
    icon="pencil",
    roles=INSTITUTION_ROLES,
    about=_("{código} {nombre}"),
)
REPORT_TO_APPROVE = Kind(
    code="report_to_approve",
    label=_("Un reporte espera mi aprobación"),
    subject=_("El reporte del {periodo} espera su aprobación"),
    text=_("La UPGRET de {institución} terminó el reporte. Apruébelo antes del {límite}."),
    action=_("Revisar y aprobar"),
    variables=(INSTITUTION, PERIOD, DEADLINE),
    icon="signature",
    roles=APPROVERS,
    about=_("Reporte del {periodo}"),
)
REPORT_BACK = Kind(
    code="report_back",
    label=_("La autoridad me devuelve el reporte"),
    subject=_("La autoridad devolvió el reporte del {periodo}"),
    text=_("El reporte de {institución} volvió a la UPGRET. El plazo vence el {límite}."),
    action=_("Corregir el reporte"),
    variables=(INSTITUTION, PERIOD, DEADLINE),
    icon="return",
    roles=PREPARERS,
    about=_("Reporte del {periodo}"),
)
REPORT_SENT = Kind(
    code="report_sent",
    label=_("Se envía un reporte"),
    subject=_("{institución} envió el reporte del {periodo}"),
    text=_("El reporte de {institución} del {periodo} ya está en DIGER."),
    action=_("Ver el reporte"),
    variables=(INSTITUTION, PERIOD),
    email=Mode.DIGEST,
    icon="check",
    roles=INSTITUTION_ROLES | REVIEWERS,
    about=_("Reporte del {periodo}"),
)
VALUE_RETURNED = Kind(
    code="value_returned",
    label=_("DIGER me devuelve un dato"),
    subject=_("DIGER devolvió {código} {nombre}"),
    text=_("Corrija o explique {código} {nombre} del {periodo} antes del {límite}."),
    action=_("Responder"),
    variables=(CODE, NAME, PERIOD, DEADLINE),
    icon="return",
    roles=INSTITUTION_ROLES,
    about=_("{código} {nombre}"),
)
REVIEW_FINISHED = Kind(
    code="review_finished",
    label=_("DIGER termina de revisar mi reporte"),
    subject=_("DIGER terminó de revisar el reporte del {periodo}"),
    text=_("Del reporte de {institución} se validaron {validados} datos y volvieron {devueltos}."),
    action=_("Ver el reporte"),
    variables=(
        INSTITUTION,
        PERIOD,
        Variable("validated", "validados", "15"),
        Variable("returned", "devueltos", "2"),
    ),
    email=Mode.DIGEST,
    icon="check",
    roles=INSTITUTION_ROLES,
    about=_("Reporte del {periodo}"),
)
COMMENT = Kind(
    code="comment",
    label=_("Comentan un dato"),
    subject=_("Comentario sobre {código} {nombre}"),
    text=_("Hay un comentario nuevo sobre {código} {nombre} del {periodo}."),
    action=_("Leer y responder"),
    variables=(CODE, NAME, PERIOD),
    icon="comment",
    roles=INSTITUTION_ROLES | REVIEWERS,
    about=_("{código} {nombre}"),
)
MENTION = Kind(
    code="mention",
    label=_("Me mencionan"),
    subject=_("Le mencionaron en {código} {nombre}"),
    text=_("Esperan su respuesta sobre {código} {nombre} del {periodo}."),
    action=_("Leer y responder"),
    variables=(CODE, NAME, PERIOD),
    icon="comment",
    about=_("{código} {nombre}"),
)
EXTENSION_REQUESTED = Kind(
    code="extension_requested",
    label=_("Piden una prórroga"),
    subject=_("{institución} pide prórroga del {periodo}"),
    text=_("Decida la prórroga de {institución}. El plazo vence el {límite}."),
    action=_("Decidir"),
    variables=(INSTITUTION, PERIOD, DEADLINE),
    icon="calendar",
    roles=ADMINISTRATION,
    about=_("Reporte del {periodo}"),
)
EXTENSION_DECIDED = Kind(
    code="extension_decided",
    label=_("Deciden mi prórroga"),
    subject=_("Prórroga {decisión}: {periodo}"),
    text=_("La prórroga de {institución} fue {decisión}. El plazo vence el {límite}."),
    action=_("Ver el plazo"),
    variables=(INSTITUTION, PERIOD, DECISION, DEADLINE),
    icon="calendar",
    roles=INSTITUTION_ROLES,
    about=_("Reporte del {periodo}"),
)
EXTENSION_EXPIRED = Kind(
    code="extension_expired",
    label=_("Vence una excepción después del cierre"),
    subject=_("Venció la excepción de {institución}: {periodo}"),
    text=_(
        "La excepción de {institución} venció el {límite}, con el {periodo} ya cerrado. "
        "Lo que envió entra en otra edición sólo si DIGER reabre el trimestre."
    ),
    action=_("Ver la excepción"),
    variables=(INSTITUTION, PERIOD, DEADLINE),
    icon="calendar",
    roles=ADMINISTRATION,
    about=_("Reporte del {periodo}"),
)
ROUND_CLOSED = Kind(
    code="round_closed",
    label=_("Se cierra un trimestre"),
    subject=_("Cerró el {periodo}"),
    text=_("Las cifras del {periodo} son oficiales desde hoy."),
    action=_("Ver la evaluación"),
    variables=(PERIOD,),
    icon="lock",
    about=_("Reporte del {periodo}"),
)
ROUND_REOPENED = Kind(
    code="round_reopened",
    label=_("Se reabre un trimestre"),
    subject=_("Se reabrió el {periodo}"),
    text=_("Puede corregir los datos del {periodo} hasta el {límite}."),
    action=_("Ver el reporte"),
    variables=(PERIOD, DEADLINE),
    icon="history",
    roles=INSTITUTION_ROLES,
    about=_("Reporte del {periodo}"),
)
CHANGE_REQUESTED = Kind(
    code="change_requested",
    label=_("Piden cambiar un dato cerrado"),
    subject=_("Piden cambiar {código} {nombre}"),
    text=_("{institución} pide cambiar un dato ya cerrado del {periodo}."),
    action=_("Decidir"),
    variables=(INSTITUTION, CODE, NAME, PERIOD),
    icon="history",
    roles=REVIEWERS,
    about=_("{código} {nombre}"),
)
CHANGE_DECIDED = Kind(
    code="change_decided",
    label=_("Deciden el cambio que pedí"),
    subject=_("Cambio {decisión}: {código} {nombre}"),
    text=_("El cambio de {código} {nombre} del {periodo} fue {decisión}."),
    action=_("Ver la decisión"),
    variables=(CODE, NAME, PERIOD, Variable("decision", "decisión", "aprobado")),
    icon="history",
    roles=INSTITUTION_ROLES,
    about=_("{código} {nombre}"),
)

KINDS = (
    ROUND_OPENED,
    DEADLINE_NEAR,
    VALUE_ASSIGNED,
    REPORT_TO_APPROVE,
    REPORT_BACK,
    REPORT_SENT,
    VALUE_RETURNED,
    REVIEW_FINISHED,
    COMMENT,
    MENTION,
    EXTENSION_REQUESTED,
    EXTENSION_DECIDED,
    EXTENSION_EXPIRED,
    ROUND_CLOSED,
    ROUND_REOPENED,
    CHANGE_REQUESTED,
    CHANGE_DECIDED,
)
