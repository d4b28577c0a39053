"""Links between goals: propose one, change its weight and reason, take it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sigpret.apps.results.actions import ConflictError, change_link, link_goals, unlink_goals
from sigpret.apps.results.forms import LinkForm, NewLinkForm
from sigpret.apps.results.link_page import LinkPage, NewLinkPage, link_page, new_link_page
from sigpret.apps.results.permissions import check_can_write_goal
from sigpret.apps.results.screens import both_texts, crumbs, opened, opened_to_write, way_back
from sigpret.apps.results.views.goal_form import WRITERS
from sigpret.methodology.chain import LinkError
from sigpret.web.components import Crumb
from sigpret.web.http import render_page, role_required
from sigpret.web.sentences import said


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def new_link(request: HttpRequest) -> HttpResponse:
    """From `hija`, towards a goal above; or from `madre`, for a goal below."""
    code = request.GET.get("hija") or request.GET.get("madre") or ""
    if not code:
        return redirect("results:loose")
    is_child = "hija" in request.GET
    here = opened_to_write(request, code) if is_child else opened(request, code)
    page = new_link_page(here, request.access, is_child=is_child)
    asked = request.POST if request.method == "POST" else None
    form = NewLinkForm(
        asked, label=page.label, others=page.others, initial={"weight": 100, "rule": "weighted"},
        decides=page.decides,
    )  # fmt: skip
    if asked is not None and form.is_valid():
        try:
            made = make_link(request, page, form)
        except LinkError as problem:
            form.add_error("other", said(problem))
        else:
            messages.success(request, _("Vínculo creado: %(link)s.") % {"link": page.words(made)})
            return redirect(way_back(request, reverse("results:sheet", args=[here.code])))
    return show_new(request, page, form, status=200 if asked is None else 422)


def make_link(request: HttpRequest, page: NewLinkPage, form: NewLinkForm):
    other = form.cleaned_data["other"]
    child, parent = (page.here.id, other) if page.is_child else (other, page.here.id)
    return link_goals(
        actor=request.user, access=request.access, child_id=child, parent_id=parent,
        **form.terms(),
    )  # fmt: skip


def show_new(request: HttpRequest, page: NewLinkPage, form: NewLinkForm, *, status: int):
    here = Crumb(page.here.code, reverse("results:sheet", args=[page.here.code]))
    context = {
        "form": form,
        "page": page,
        "goal": page.here,
        "back": way_back(request, ""),
        "crumbs": crumbs(here, Crumb(_("Vincular"))),
    }
    return render_page(request, "results/link_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required()
def link(request: HttpRequest, child: str, parent: str) -> HttpResponse:
    page = shown(request, child, parent)
    if request.method != "POST":
        return render_link(request, page, LinkForm(initial=page.initial, decides=page.decides))
    check_can_write_goal(request.access, page.child.institution_id)
    form = LinkForm(request.POST, decides=page.decides)
    if not form.is_valid():
        return render_link(request, page, form, status=422)
    asked = {"weight": page.facts.weight, "rule": page.facts.rule} | form.terms()
    try:
        change_link(
            actor=request.user, access=request.access, child_id=page.child.id,
            parent_id=page.parent.id, expected_version=form.cleaned_data["version"] or 0, **asked,
        )  # fmt: skip
    except ConflictError as conflict:
        theirs = {"rule": conflict.theirs.pop("rollup_rule", ""), **conflict.theirs}
        conflict.theirs = theirs
        both = both_texts(form, conflict)
        return render_link(request, page, form, both=both, version=conflict.version, status=409)
    except LinkError as problem:
        form.add_error(None, said(problem))
        return render_link(request, page, form, status=422)
    messages.success(request, _("Vínculo guardado."))
    return redirect(way_back(request, reverse("results:link", args=[child, parent])))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*WRITERS)
def unlink(request: HttpRequest, child: str, parent: str) -> HttpResponse:
    page = shown(request, child, parent)
    back = way_back(request, reverse("results:sheet", args=[child]))
    if request.method == "POST":
        unlink_goals(
            actor=request.user, access=request.access, child_id=page.child.id,
            parent_id=page.parent.id,
        )  # fmt: skip
        messages.success(
            request,
            _("%(child)s ya no contribuye a %(parent)s.") % {"child": child, "parent": parent},
        )
        return redirect(back)
    context = {"page": page, "back": back, "crumbs": crumbs(Crumb(_("Quitar vínculo")))}
    return render_page(request, "results/unlink.html", context)


def shown(request: HttpRequest, child: str, parent: str) -> LinkPage:
    page = link_page(opened(request, child), opened(request, parent), request.access)
    if page is None:
        raise Http404(_("Esas metas no están vinculadas."))
    return page


def render_link(request, page, form, *, both=(), version=None, status=200) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "both": both,
        "version": page.facts.version if version is None else version,
        "back": way_back(request, ""),
        "crumbs": crumbs(Crumb(f"{page.child.code} → {page.parent.code}")),
    }
    return render_page(request, "results/link.html", context, status=status)
