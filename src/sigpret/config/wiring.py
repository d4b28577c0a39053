"""What the apps offer to the shell: tasks of `Mis pendientes` and checks of the health page.

Imported with the addresses, when every model exists: the shell knows no app by name.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sigpret.apps.accounts import passwords
from sigpret.apps.accounts.models import User
from sigpret.apps.audit.health import last_links_hold
from sigpret.apps.budget.plan_coherence import money_of_plans
from sigpret.apps.budget.plan_money import ceiling_of_plan, money_beside
from sigpret.apps.evaluation.plan_panel import panel_of_products
from sigpret.apps.evaluation.queries.visits import testimonies_of_visits
from sigpret.apps.evaluation.search import goal_hits, goal_texts, sector_hits, sheet_hits
from sigpret.apps.evaluation.visit_tasks import visit_tasks
from sigpret.apps.evidence.health import newest_files_are_intact
from sigpret.apps.imports.actions.forgetting import forget_expired_lots
from sigpret.apps.imports.pending import import_tasks
from sigpret.apps.institutions.actions.tokens import end_tokens_of
from sigpret.apps.institutions.queries import access_of
from sigpret.apps.mesas.actions.agreement_reminders import send_agreement_reminders
from sigpret.apps.mesas.actions.meeting_reminders import send_meeting_reminders
from sigpret.apps.mesas.actions.minutes_notices import send_minutes_reminders
from sigpret.apps.mesas.actions.proposal_reminders import send_proposal_reminders
from sigpret.apps.mesas.bringing import mesa_doors
from sigpret.apps.mesas.letters import SENDINGS
from sigpret.apps.mesas.pending_agreements import agreement_tasks
from sigpret.apps.mesas.pending_meetings import meeting_events, meeting_tasks
from sigpret.apps.mesas.pending_minutes import minutes_tasks
from sigpret.apps.mesas.pending_people import people_tasks
from sigpret.apps.mesas.pending_proposals import proposal_tasks
from sigpret.apps.mesas.pending_work_plan import work_plan_tasks
from sigpret.apps.mesas.search import mesa_actions, mesa_hits
from sigpret.apps.mesas.search_products import product_hits as mesa_product_hits
from sigpret.apps.monitoring.actions.matrix_changes import (
    begun_quarter_codes,
    closed_quarter_codes,
    recompute_goals,
)
from sigpret.apps.monitoring.actions.reminders import send_due_reminders
from sigpret.apps.monitoring.actions.round_notices import tell_expired_extensions
from sigpret.apps.monitoring.pending import monitoring_tasks
from sigpret.apps.monitoring.pending_rounds import round_tasks
from sigpret.apps.monitoring.plan_quarters import (
    closed_quarters_of,
    effect_of_programming,
    quarters_of_plan,
)
from sigpret.apps.monitoring.queries import witnesses
from sigpret.apps.monitoring.search import monitoring_actions, round_hits, row_hits
from sigpret.apps.notices import duties, queues
from sigpret.apps.notices.actions import cleaning, reminders
from sigpret.apps.notices.health import mail_flows
from sigpret.apps.notices.queries import calendar
from sigpret.apps.notices.queries.inbox import unread_count
from sigpret.apps.notices.search import notice_actions
from sigpret.apps.planning import around, beside, copies, reported
from sigpret.apps.planning.actions.steps import lock_due_plans
from sigpret.apps.planning.findings_page import findings_beside
from sigpret.apps.planning.pending import planning_tasks
from sigpret.apps.planning.search import institution_hits, product_hits
from sigpret.apps.results import above as matrix
from sigpret.apps.results.copied_links import links_of_copy
from sigpret.apps.results.health import last_version_is_whole
from sigpret.apps.results.plan_coherence import links_of_plans
from sigpret.apps.results.plan_links import goals_of_products, linking_address
from sigpret.web import bell, health, matters, pending, search


def tasks_of(person: User, now: datetime) -> Iterable[pending.PendingTask]:
    """What a person has to do, for whoever is not in front of a screen: summaries, calendars."""
    return pending.pending_tasks(access_of(person, on=now.date()), now)


pending.register(monitoring_tasks)
pending.register(round_tasks)
pending.register(import_tasks)
pending.register(visit_tasks)
pending.register(agreement_tasks)
pending.register(work_plan_tasks)
pending.register(proposal_tasks)
pending.register(people_tasks)
pending.register(meeting_tasks)
pending.register(minutes_tasks)
pending.register(planning_tasks)
for provider in (
    *(goal_hits, sheet_hits, product_hits, row_hits),
    *(mesa_hits, institution_hits, sector_hits, round_hits, mesa_product_hits),
):
    search.register(provider)
search.register_texts(goal_texts)
search.register_action(monitoring_actions)
search.register_action(notice_actions)
search.register_action(mesa_actions)
witnesses.register(testimonies_of_visits)
health.register("audit", _("Bitácora"), last_links_hold)
health.register("evidence", _("Evidencias"), newest_files_are_intact)
health.register("matrix", _("Versiones de la matriz"), last_version_is_whole)
health.register("mail", _("Avisos y correo"), mail_flows)
duties.register(tasks_of)
matrix.register_closed(closed_quarter_codes)
matrix.register_begun(begun_quarter_codes)
matrix.register_recompute(recompute_goals)
beside.register_links(goals_of_products)
beside.register_panel(panel_of_products)
beside.register_linking(linking_address)
beside.register_money(money_beside)
beside.register_ceiling(ceiling_of_plan)
beside.register_findings(findings_beside)
copies.register_follower(links_of_copy)
around.register_plan_links(links_of_plans)
around.register_plan_money(money_of_plans)
reported.register_quarters(quarters_of_plan)
reported.register_closed(closed_quarters_of)
reported.register_effect(effect_of_programming)
reminders.register(send_due_reminders)
reminders.register(send_agreement_reminders)
reminders.register(send_meeting_reminders)
reminders.register(send_minutes_reminders)
reminders.register(send_proposal_reminders)
queues.register(SENDINGS)
calendar.register(meeting_events)
reminders.register(tell_expired_extensions)
reminders.register(lock_due_plans)
cleaning.register(forget_expired_lots)
bell.register(unread_count)
matters.register(mesa_doors)
passwords.register(end_tokens_of)
