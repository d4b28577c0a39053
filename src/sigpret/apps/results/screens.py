"""What several screens of the matrix share: the way back, the two texts of a conflict."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sigpret.apps.results.actions import ConflictError
from sigpret.apps.results.permissions import check_can_read_goal, check_can_write_goal
from sigpret.apps.results.queries.sheet import GoalIdentity, goal_identity
from sigpret.web.components import Crumb
from sigpret.web.http import whole_number
from sigpret.web.navigation import address


def opened(request: HttpRequest, code: str) -> GoalIdentity:
    """The goal of an address, for a person who may read it. Raises Http404, PermissionDenied."""
    identity = goal_identity(code)
    if identity is None:
        raise Http404(_("No existe la meta «%(code)s».") % {"code": code[:30]})
    check_can_read_goal(
        request.access,  # type: ignore[attr-defined]
        institution_id=identity.institution_id,
        sector_id=identity.sector_id,
    )
    return identity


def opened_to_write(request: HttpRequest, code: str) -> GoalIdentity:
    """The same for a person who may write it."""
    identity = opened(request, code)
    check_can_write_goal(request.access, identity.institution_id)  # type: ignore[attr-defined]
    return identity


def crumbs(*steps: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(_("MCR y cadena de valor"), address("evaluation:chain")), *steps)


def goal_crumbs(identity: GoalIdentity, last: str = "") -> tuple[Crumb, ...]:
    here = reverse("results:sheet", args=[identity.code]) if last else ""
    return crumbs(Crumb(identity.code, here), *((Crumb(last),) if last else ()))


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from (`volver`), when it is an address of this site."""
    wanted = request.POST.get("volver") or request.GET.get("volver") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted.startswith("/") and is_ours else otherwise


def posted_version(request: HttpRequest) -> int:
    """The version the person had before them; 0, so that nothing matches, for anything else."""
    typed = request.POST.get("version", "")
    return whole_number(typed, digits=9) or 0


def both_texts(form: BaseForm, conflict: ConflictError) -> list[tuple[str, str, str]]:
    """(field, mine, theirs) of what differs, as the person typed it and as it is stored."""
    return [
        (str(field.label), told(form, name, form.data), told(form, name, conflict.theirs))
        for name, field in form.fields.items()
        if name in conflict.theirs
        and told(form, name, form.data) != told(form, name, conflict.theirs)
    ]


def told(form: BaseForm, name: str, source: Mapping[str, Any]) -> str:
    """A field's value as words: the labels of what was chosen, yes or no, or the text."""
    field = form.fields[name]
    key = form.add_prefix(name) if source is form.data else name
    value = source.getlist(key) if hasattr(source, "getlist") else source.get(key)
    values = value if isinstance(value, list) else [value]
    labels = dict(flattened(getattr(field, "choices", ())))
    if field.widget.input_type == "checkbox" if hasattr(field.widget, "input_type") else False:
        return _("sí") if any(values) and values != [False] else _("no")
    words = [str(labels.get(str(one), one)) for one in values if one not in (None, "")]
    return ", ".join(words) or "—"


def flattened(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    """Value and label of every choice, those of groups too."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(one), str(words)) for one, words in label)
        else:
            yield str(value), str(label)
