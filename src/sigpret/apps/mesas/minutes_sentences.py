"""The rules of the minutes as sentences: what is missing, what holds them up, and what to do."""

from django.utils.translation import gettext_lazy as _

from sigpret.methodology.mesas.minutes import DueDoubt, HoursDoubt, Obstacle, Part

PARTS = {
    Part.PLACE: _("Falta el lugar o el enlace de la sesión."),
    Part.PARTICIPANTS: _("Marque al menos una persona presente, o anote que no se realizó."),
    Part.AGENDA: _("La agenda está vacía: agregue el tema que se trató."),
    Part.OUTCOME: _("Hay temas sin texto ni acuerdos: escriba lo tratado en cada uno."),
    Part.RESULT: _("Hay acuerdos sin resultado esperado: escríbalo en cada uno."),
}
OBSTACLES = {
    Obstacle.CHANGED: _("El texto cambió después de pedir conformidad: envíe la nueva versión."),
    Obstacle.OBSERVED: _("Hay observaciones sin atender."),
    Obstacle.UNANSWERED: _("Hay personas que aún tienen tiempo de responder."),
    Obstacle.LATE_WITHOUT_REASON: _("Pasó la semana para distribuirla: escriba el motivo."),
}
HOURS_DOUBTS = {
    HoursDoubt.END_BEFORE_START: _("La hora final debe ser posterior a la inicial."),
    HoursDoubt.STILL_TO_COME: _("La sesión no pudo terminar a una hora que aún no llega."),
}
DUE_DOUBTS = {
    DueDoubt.SAME_DAY: _("Vence el mismo día de la sesión."),
    DueDoubt.FAR_AWAY: _("Vence a más de un año de la sesión: revise el año."),
}
