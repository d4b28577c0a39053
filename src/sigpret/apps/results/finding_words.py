"""What each rule is called, and the one step that settles a finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sigpret.apps.results.queries.findings import MatrixFinding

Text = str | Promise
RULE_WORDS: dict[str, Text] = {
    "circle": _("Círculos"),
    "skipped_level": _("Saltan un nivel"),
    "outside_axes": _("Fuera del eje"),
    "units": _("Unidades"),
    "without_parent": _("Sin meta superior"),
    "without_presidential": _("No llegan a la presidencial"),
    "weights": _("Pesos"),
    "double_count": _("Cuentan dos veces"),
    "without_children": _("Nadie contribuye"),
    "sheet_pending": _("Ficha pendiente"),
}


@dataclass(frozen=True, slots=True)
class FindingStep:
    """A finding with the button that settles it; `is_post` when it settles it at once."""

    finding: MatrixFinding
    action: Text
    url: str
    is_post: bool = False


def steps_of(found: Iterable[MatrixFinding], *, back: str) -> list[FindingStep]:
    return [step_of(finding, back) for finding in found]


def step_of(finding: MatrixFinding, back: str) -> FindingStep:
    """The page that settles it for whoever writes the goal; for the others, its sheet."""
    tail = urlencode({"volver": back})
    goal = finding.goal
    if not finding.can_fix:
        return FindingStep(finding, _("Ver ficha"), reverse("results:sheet", args=[goal]))
    if finding.rule == "weights":
        return FindingStep(
            finding, _("Repartir"), reverse("results:spread", args=[goal]), is_post=True
        )
    if finding.rule == "sheet_pending":
        url = reverse("results:sheet_form", args=[goal])
        return FindingStep(finding, _("Completar ficha"), url)
    if finding.rule in {"without_parent", "without_children", "without_presidential"}:
        return linking(finding, tail)
    if finding.rule == "units" or not finding.others:
        return FindingStep(finding, _("Ver vínculos"), reverse("results:sheet", args=[goal]))
    other = finding.others[-1]
    url = reverse("results:link", args=[goal, other])
    return FindingStep(finding, _("Revisar vínculo"), f"{url}?{tail}")


def linking(finding: MatrixFinding, tail: str) -> FindingStep:
    end = "madre" if finding.rule == "without_children" else "hija"
    code = finding.others[0] if finding.rule == "without_presidential" else finding.goal
    query = urlencode({end: code})
    return FindingStep(
        finding,
        _("Vincular %(code)s") % {"code": code} if code != finding.goal else _("Vincular"),
        f"{reverse('results:link_new')}?{query}&{tail}",
    )
