"""/pendientes: what to do now, by deadline, one button each. Home of everybody but the command."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sigpret.web.clock import now, today
from sigpret.web.dates import day_of
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.month import month_of
from sigpret.web.navigation import COMMAND, address
from sigpret.web.pending import PendingTask, pending_tasks, split_by_week


@role_required()
@read_only
def pending_page(request: HttpRequest) -> HttpResponse:
    board = address("evaluation:board")
    if board and COMMAND & frozenset(getattr(request, "roles", ())):
        return redirect(board)
    moment = getattr(request, "now", None) or now()
    tasks = pending_tasks(getattr(request, "access", None), moment)
    soon, later = split_by_week(tasks, moment)
    due_on = [day_of(task.due_at) for task in tasks if task.due_at]
    context = {
        "greeting": greeting(getattr(request.user, "full_name", ""), moment),
        "summary": summary(tasks, moment),
        "today": today(request),
        "soon": soon,
        "later": later,
        "month": month_of(today(request), due_on),
    }
    return render_page(request, "pending.html", context)


def greeting(full_name: str, moment: datetime) -> str:
    """`Buenos días, Luis.`"""
    hour = moment.hour
    if hour < 12:
        words = _("Buenos días")
    else:
        words = _("Buenas tardes") if hour < 19 else _("Buenas noches")
    first = full_name.split()[0] if full_name else ""
    return f"{words}, {first}." if first else f"{words}."


def summary(tasks: Sequence[PendingTask], moment: datetime) -> str:
    """`Tiene 7 pendientes; el primero vence en 3 días.`"""
    if not tasks:
        return _("No tiene pendientes.")
    count = ngettext("Tiene %(n)d pendiente", "Tiene %(n)d pendientes", len(tasks))
    first = tasks[0].due_at
    return f"{count % {'n': len(tasks)}}{_until(first, moment) if first else ''}."


def _until(first: datetime, moment: datetime) -> str:
    days = (day_of(first) - day_of(moment)).days
    if first < moment:
        return _("; el primero ya venció")
    if days == 0:
        return _("; el primero vence hoy")
    if days == 1:
        return _("; el primero vence mañana")
    return _("; el primero vence en %(days)d días") % {"days": days}
