"""What planning tells people, as data. Texts travel by e-mail, so they never name a person."""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts.roles import INSTITUTION_ROLES, Role
from sigpret.apps.notices.kinds import Kind, Mode, Variable

HEADS = frozenset({Role.APPROVER, Role.ADMINISTRATOR})
REVIEWERS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
INSTITUTION = Variable("institution", "institución", "Secretaría de Salud")
YEAR = Variable("year", "ejercicio", "2027")
COUNT = Variable("count", "observaciones", "2 observaciones")
NUMBER = Variable("number", "número", "2")
DECISION = Variable("decision", "decisión", "aceptada")
TEXT = Variable(
    "text", "texto", "El plazo para enviar su plan operativo 2027 vence el 15 de enero."
)
YEARS = Variable("years", "años", "2026–2030")
PEI_OF = _("Plan estratégico {años} de {institución}")
PLAN_OF = _("Plan operativo {ejercicio} de {institución}")

PLAN_TO_APPROVE = Kind(
    code="plan_to_approve",
    label=_("Un plan operativo espera mi aprobación"),
    subject=_("El plan operativo {ejercicio} de {institución} espera aprobación"),
    text=_("La UPGRET de {institución} envió su plan {ejercicio}. Apruébelo o devuélvalo."),
    action=_("Revisar y aprobar"),
    variables=(INSTITUTION, YEAR),
    icon="signature",
    roles=HEADS,
    about=PLAN_OF,
)
PLAN_TO_DECIDE = Kind(
    code="plan_to_decide",
    label=_("Un plan operativo espera a DIGER"),
    subject=_("{institución} aprobó su plan operativo {ejercicio}"),
    text=_("La máxima autoridad aprobó el plan {ejercicio} de {institución}. Decida DIGER."),
    action=_("Revisar el plan"),
    variables=(INSTITUTION, YEAR),
    email=Mode.DIGEST,
    icon="document",
    roles=REVIEWERS,
    about=PLAN_OF,
)
PLAN_RETURNED = Kind(
    code="plan_returned",
    label=_("Devuelven el plan operativo"),
    subject=_("Devolvieron el plan operativo {ejercicio} con {observaciones}"),
    text=_("Corrija el plan operativo {ejercicio} de {institución} y envíelo de nuevo."),
    action=_("Ver qué corregir"),
    variables=(INSTITUTION, YEAR, COUNT),
    icon="return",
    roles=INSTITUTION_ROLES,
    about=PLAN_OF,
)
PLAN_ACCEPTED = Kind(
    code="plan_accepted",
    label=_("DIGER acepta el plan operativo"),
    subject=_("DIGER aceptó el plan operativo {ejercicio}"),
    text=_("El plan operativo {ejercicio} de {institución} quedó aceptado."),
    action=_("Ver el plan"),
    variables=(INSTITUTION, YEAR),
    icon="check",
    roles=INSTITUTION_ROLES,
    about=PLAN_OF,
)
PLAN_LOCKED = Kind(
    code="plan_locked",
    label=_("Se bloquea el plan operativo"),
    subject=_("El plan operativo {ejercicio} quedó bloqueado"),
    text=_("El plan {ejercicio} de {institución} sólo cambia ya con una solicitud aprobada."),
    action=_("Ver el plan"),
    variables=(INSTITUTION, YEAR),
    email=Mode.DIGEST,
    icon="lock",
    roles=INSTITUTION_ROLES,
    about=PLAN_OF,
)
PLAN_REMINDER = Kind(
    code="plan_reminder",
    label=_("Me recuerdan el plan operativo"),
    subject=_("Recordatorio: plan operativo {ejercicio} de {institución}"),
    text=_("{texto}"),
    action=_("Abrir el plan"),
    variables=(INSTITUTION, YEAR, TEXT),
    icon="clock",
    roles=INSTITUTION_ROLES,
    about=PLAN_OF,
)
CHANGE_TO_APPROVE = Kind(
    code="plan_change_to_approve",
    label=_("Un cambio del plan espera mi aprobación"),
    subject=_("El cambio n.º {número} del plan {ejercicio} espera su aprobación"),
    text=_("{institución} pide cambiar la programación de su plan {ejercicio}."),
    action=_("Revisar el cambio"),
    variables=(INSTITUTION, YEAR, NUMBER),
    icon="signature",
    roles=HEADS,
    about=PLAN_OF,
)
CHANGE_TO_DECIDE = Kind(
    code="plan_change_to_decide",
    label=_("Un cambio de un plan espera a DIGER"),
    subject=_("{institución} pide cambiar su plan {ejercicio}"),
    text=_("La máxima autoridad aprobó el cambio n.º {número} del plan {ejercicio}. Decida DIGER."),
    action=_("Decidir el cambio"),
    variables=(INSTITUTION, YEAR, NUMBER),
    icon="history",
    roles=REVIEWERS,
    about=PLAN_OF,
)
CHANGE_ANSWERED = Kind(
    code="plan_change_answered",
    label=_("Responden el cambio del plan"),
    subject=_("El cambio n.º {número} del plan {ejercicio} quedó como: {decisión}"),
    text=_("La solicitud de cambio n.º {número} de {institución} quedó como: {decisión}."),
    action=_("Ver el cambio"),
    variables=(INSTITUTION, YEAR, NUMBER, DECISION),
    icon="history",
    roles=INSTITUTION_ROLES,
    about=PLAN_OF,
)

STRATEGIC_TO_APPROVE = Kind(
    code="strategic_to_approve",
    label=_("Un plan estratégico espera mi aprobación"),
    subject=_("El plan estratégico {años} de {institución} espera aprobación"),
    text=_("La UPGRET de {institución} envió su plan estratégico {años}. Apruébelo o devuélvalo."),
    action=_("Revisar y aprobar"),
    variables=(INSTITUTION, YEARS),
    icon="signature",
    roles=HEADS,
    about=PEI_OF,
)
STRATEGIC_RETURNED = Kind(
    code="strategic_returned",
    label=_("Devuelven el plan estratégico"),
    subject=_("Devolvieron el plan estratégico {años}"),
    text=_("Corrija el plan estratégico {años} de {institución} y envíelo de nuevo."),
    action=_("Ver qué corregir"),
    variables=(INSTITUTION, YEARS),
    icon="return",
    roles=INSTITUTION_ROLES,
    about=PEI_OF,
)
STRATEGIC_APPROVED = Kind(
    code="strategic_approved",
    label=_("Aprueban el plan estratégico"),
    subject=_("El plan estratégico {años} quedó aprobado"),
    text=_("La máxima autoridad aprobó el plan estratégico {años} de {institución}. Ya rige."),
    action=_("Ver el plan estratégico"),
    variables=(INSTITUTION, YEARS),
    icon="check",
    roles=INSTITUTION_ROLES,
    about=PEI_OF,
)

KINDS = (
    PLAN_TO_APPROVE,
    PLAN_TO_DECIDE,
    PLAN_RETURNED,
    PLAN_ACCEPTED,
    PLAN_LOCKED,
    PLAN_REMINDER,
    CHANGE_TO_APPROVE,
    CHANGE_TO_DECIDE,
    CHANGE_ANSWERED,
    STRATEGIC_TO_APPROVE,
    STRATEGIC_RETURNED,
    STRATEGIC_APPROVED,
)
