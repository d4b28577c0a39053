"""`/administracion/avisos`: the words of each kind of notice, and the mail that did not go out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sigpret.apps.accounts.roles import Role
from sigpret.apps.notices import actions
from sigpret.apps.notices.forms import TemplateForm
from sigpret.apps.notices.mail import PREFIX
from sigpret.apps.notices.queries.administration import (
    TemplateFacts,
    mail_room,
    template_facts,
    templates,
)
from sigpret.apps.notices.wording import example
from sigpret.web.components import Counter, Crumb, Tone
from sigpret.web.http import read_only, render_page, role_required


@role_required(Role.ADMINISTRATOR)
@read_only
def overview(request: HttpRequest) -> HttpResponse:
    room = mail_room(request.access)
    waiting = room.counts.get("queued", 0) + room.counts.get("sending", 0)
    failed = room.counts.get("failed", 0)
    counters = [
        Counter(waiting, _("en espera"), Tone.WARNING if waiting else Tone.NEUTRAL),
        Counter(room.counts.get("sent", 0), _("enviados"), Tone.GOOD),
        Counter(failed, _("no se pudieron enviar"), Tone.BAD if failed else Tone.NEUTRAL),
    ]
    context = {"templates": templates(request.access), "room": room, "counters": counters}
    return render_page(request, "notices/administration.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.ADMINISTRATOR)
def template(request: HttpRequest, code: str) -> HttpResponse:
    facts = known(request, code)
    if request.method != "POST":
        return show(request, facts, TemplateForm(initial=initial_of(facts)))
    form = TemplateForm(request.POST)
    if not form.is_valid() or "look" in request.POST:
        return show(request, facts, form, status=200 if form.is_valid() else 422)
    return write(request, facts, form)


def write(request: HttpRequest, facts: TemplateFacts, form: TemplateForm) -> HttpResponse:
    try:
        actions.write_template(
            actor=request.user,
            access=request.access,
            kind=facts.kind.code,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            expected_version=form.cleaned_data["version"],
        )
    except actions.UnknownWordsError as problem:
        form.add_error("text", str(problem))
        return show(request, facts, form, status=422)
    except actions.StaleTemplateError as problem:
        fresh = TemplateForm(form.cleaned_data | {"version": facts.version})
        return show(request, facts, fresh, problem=str(problem), status=409)
    messages.success(request, _("Texto guardado. Los próximos avisos lo usarán."))
    return redirect("notices:template", facts.kind.code)


@require_POST
@role_required(Role.ADMINISTRATOR)
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """How it reads with the examples, while somebody writes."""
    facts = known(request, code)
    return render_page(
        request, "notices/template_preview.html", preview_context(facts, TemplateForm(request.POST))
    )


@require_POST
@role_required(Role.ADMINISTRATOR)
def restore(request: HttpRequest, code: str) -> HttpResponse:
    facts = known(request, code)
    actions.restore_template(
        actor=request.user, access=request.access, kind=code, expected_version=facts.version
    )
    messages.success(request, _("El aviso volvió a su texto original."))
    return redirect("notices:template", code)


@require_POST
@role_required(Role.ADMINISTRATOR)
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    if actions.retry_delivery(actor=request.user, access=request.access, delivery_id=pk):
        messages.success(request, _("El correo volvió a la cola; saldrá en menos de un minuto."))
    else:
        messages.info(request, _("Ese correo ya no está entre los que fallaron."))
    return redirect("notices:administration")


def known(request: HttpRequest, code: str) -> TemplateFacts:
    facts = template_facts(request.access, code)
    if facts is None:
        raise Http404
    return facts


def initial_of(facts: TemplateFacts) -> dict[str, object]:
    return {"subject": str(facts.subject), "text": str(facts.text), "version": facts.version}


def preview_context(facts: TemplateFacts, form: TemplateForm) -> dict[str, object]:
    """The words of the form with the examples of the kind, whatever else is wrong with them."""
    subject = form["subject"].value() or ""
    text = form["text"].value() or ""
    wording = example(facts.kind, str(subject)[:400], str(text)[:4000])
    return {
        "kind": facts.kind,
        "subject_line": PREFIX + wording.title,
        "title": wording.title,
        "paragraphs": [line for line in wording.body.splitlines() if line.strip()],
    }


def show(
    request: HttpRequest,
    facts: TemplateFacts,
    form: TemplateForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "facts": facts,
        "form": form,
        "problem": problem,
        "crumbs": [
            Crumb(_("Avisos"), request.path.rsplit("/textos/", 1)[0]),
            Crumb(facts.kind.label),
        ],
        **preview_context(facts, form),
    }
    return render_page(request, "notices/template.html", context, status=status)
