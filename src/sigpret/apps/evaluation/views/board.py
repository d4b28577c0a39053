"""X1 · The presidential board: what is behind, why, what changed, and how sure we are."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from sigpret.apps.evaluation import drawings
from sigpret.apps.evaluation.permissions import check_can_see_board
from sigpret.apps.evaluation.queries.board import Board, BoardGoal, board
from sigpret.apps.evaluation.queries.quarter import UnknownQuarterError
from sigpret.apps.evaluation.sentences import (
    headline,
    preliminary_sentence,
    shortfall_sentence,
)
from sigpret.apps.evaluation.views.asked import asked_period, period_choices
from sigpret.web.http import read_only, render_page, role_required
from sigpret.web.statuses import ORDER


@role_required()
@read_only
def show_board(request: HttpRequest) -> HttpResponse:
    check_can_see_board(request.access)
    try:
        shown = board(period=asked_period(request), as_of=request.as_of)
    except UnknownQuarterError as problem:
        raise Http404(str(problem)) from problem
    if shown is None:
        return render_page(request, "evaluation/board_empty.html", {})
    return render_page(request, "evaluation/board.html", context_of(shown))


def context_of(shown: Board) -> dict[str, Any]:
    return {
        "board": shown,
        "headline": headline(shown),
        "preliminary": preliminary_sentence(shown),
        "choices": period_choices(shown.quarter.choices, shown.period),
        "counts": counts_of(shown),
        "strip": drawings.strip(shown.period, shown.counts),
        "previous_strip": shown.previous
        and drawings.strip(shown.previous, shown.previous_counts, is_previous=True),
        "decisions": [row_of(goal) for goal in shown.decisions],
    }


def counts_of(shown: Board) -> list[dict[str, Any]]:
    """One entry per status that has goals now or had them a quarter ago, worst first."""
    return [
        {
            "status": status,
            "count": shown.counts.get(status, 0),
            "change": shown.counts.get(status, 0) - shown.previous_counts.get(status, 0),
        }
        for status in ORDER
        if shown.counts.get(status, 0) or shown.previous_counts.get(status, 0)
    ]


def row_of(goal: BoardGoal) -> dict[str, Any]:
    return {
        "goal": goal,
        "bullet": drawings.bullet(goal.now),
        "spark": drawings.spark(goal.now),
        "shortfall": shortfall_sentence(goal.now),
    }
