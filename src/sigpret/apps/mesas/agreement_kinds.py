"""What people are told about agreements, decisions and the work plan, as data.

Their texts travel by e-mail, so they never name a person; what somebody wrote goes in the
`detail` of the notice, which is read in the product.
"""

from django.utils.translation import gettext_lazy as _

from sigpret.apps.notices.kinds import Kind, Mode, Variable

MESA = Variable("mesa", "mesa", "Salud")
NUMBER = Variable("number", "número", "7.3")
DUE = Variable("due", "fecha", "viernes 16 de octubre")
LEFT = Variable("left", "plazo", "Quedan 3 días")
WHAT = Variable("what", "qué pasó", "reprogramado")
YEAR = Variable("year", "año", "2026")
VERSION = Variable("version", "versión", "2")
ABOUT_AGREEMENT = _("Acuerdo {número} de la mesa de {mesa}")
ABOUT_PLAN = _("Plan de trabajo {año} de la mesa de {mesa}")

AGREEMENT_DUE = Kind(
    code="agreement_due",
    label=_("Un acuerdo a mi cargo está por vencer"),
    subject=_("{plazo}: acuerdo {número} de la mesa de {mesa}"),
    text=_("El acuerdo {número} de la mesa de {mesa} vence el {fecha}. Informe cómo va."),
    action=_("Informar el avance"),
    variables=(LEFT, NUMBER, MESA, DUE),
    icon="flag",
    about=ABOUT_AGREEMENT,
)
AGREEMENT_OVERDUE = Kind(
    code="agreement_overdue",
    label=_("Un acuerdo a mi cargo está vencido"),
    subject=_("Acuerdo {número} de la mesa de {mesa}: {plazo}"),
    text=_("El acuerdo {número} venció el {fecha}. Cúmplalo con su evidencia o diga qué falta."),
    action=_("Ver el acuerdo"),
    variables=(LEFT, NUMBER, MESA, DUE),
    icon="alert",
    about=ABOUT_AGREEMENT,
)
AGREEMENT_CHANGED = Kind(
    code="agreement_changed",
    label=_("Cambia un acuerdo a mi cargo"),
    subject=_("Acuerdo {número} de la mesa de {mesa}: {qué pasó}"),
    text=_("El acuerdo {número} de la mesa de {mesa} fue {qué pasó}. Su fecha es el {fecha}."),
    action=_("Ver el acuerdo"),
    variables=(NUMBER, MESA, WHAT, DUE),
    icon="flag",
    about=ABOUT_AGREEMENT,
)
AGREEMENT_FULFILLED = Kind(
    code="agreement_fulfilled",
    label=_("Se cumple un acuerdo de mi mesa"),
    subject=_("Cumplido: acuerdo {número} de la mesa de {mesa}"),
    text=_("El acuerdo {número} de la mesa de {mesa} se dio por cumplido, con su evidencia."),
    action=_("Ver el acuerdo"),
    variables=(NUMBER, MESA),
    email=Mode.DIGEST,
    icon="check",
    about=ABOUT_AGREEMENT,
)
MATTER_RAISED = Kind(
    code="matter_raised",
    label=_("Un asunto espera mi decisión"),
    subject=_("La mesa de {mesa} pide una decisión"),
    text=_("La mesa de {mesa} elevó un asunto que no pudo resolver y pide que usted decida."),
    action=_("Leer y decidir"),
    variables=(MESA,),
    icon="flag",
    about=_("Asunto elevado por la mesa de {mesa}"),
)
MATTER_DECIDED = Kind(
    code="matter_decided",
    label=_("Se decide un asunto que me toca"),
    subject=_("Hay una decisión para la mesa de {mesa}"),
    text=_("Se decidió un asunto de la mesa de {mesa}. Lea qué se decidió y a quién se encarga."),
    action=_("Leer la decisión"),
    variables=(MESA,),
    icon="signature",
    about=_("Asunto elevado por la mesa de {mesa}"),
)
PLAN_TO_APPROVE = Kind(
    code="work_plan_to_approve",
    label=_("Un plan de trabajo espera mi aprobación"),
    subject=_("Apruebe el plan de trabajo {año} de la mesa de {mesa}"),
    text=_("La versión {versión} del plan de trabajo {año} espera su aprobación."),
    action=_("Leer y aprobar"),
    variables=(YEAR, MESA, VERSION),
    icon="document",
    about=ABOUT_PLAN,
)
PLAN_OBSERVED = Kind(
    code="work_plan_observed",
    label=_("Observan el plan de trabajo de mi mesa"),
    subject=_("Observaron el plan de trabajo {año} de la mesa de {mesa}"),
    text=_("Una máxima autoridad pide cambiar la versión {versión} del plan de trabajo {año}."),
    action=_("Leer la observación"),
    variables=(YEAR, MESA, VERSION),
    icon="comment",
    about=ABOUT_PLAN,
)
PLAN_IN_FORCE = Kind(
    code="work_plan_in_force",
    label=_("Entra en vigor el plan de trabajo de mi mesa"),
    subject=_("Rige el plan de trabajo {año} de la mesa de {mesa}"),
    text=_("Todas las máximas autoridades aprobaron la versión {versión} del plan {año}."),
    action=_("Ver el plan"),
    variables=(YEAR, MESA, VERSION),
    icon="check",
    about=ABOUT_PLAN,
)

AGREEMENT_KINDS = (
    AGREEMENT_DUE,
    AGREEMENT_OVERDUE,
    AGREEMENT_CHANGED,
    AGREEMENT_FULFILLED,
    MATTER_RAISED,
    MATTER_DECIDED,
    PLAN_TO_APPROVE,
    PLAN_OBSERVED,
    PLAN_IN_FORCE,
)
