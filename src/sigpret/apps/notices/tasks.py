"""What the worker does in the background. Found by procrastinate when Django starts.

Every task may run twice, late or beside itself: what must happen once is guarded by the rows,
not by the schedule. The clock of the product decides what is due, so the schedule is only how
often somebody looks.
"""

import time
from contextlib import suppress
from datetime import timedelta

from django.core.management import call_command
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

from sigpret.apps.audit.actions import forget_requests
from sigpret.apps.notices.actions.cleaning import forget
from sigpret.apps.notices.actions.digest import send_digest
from sigpret.apps.notices.actions.reminders import send_reminders
from sigpret.apps.notices.actions.sending import send_due_mail
from sigpret.web.clock import now

#: 5, 25, 125 seconds: a database that restarts is back by then.
AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)
#: A device that was away for a month asks whoever uses it before it tries again.
REQUESTS_KEPT = timedelta(days=30)


@app.periodic(cron="* * * * *")
@app.task(name="send_mail", queueing_lock="send_mail", pass_context=True, retry=AGAIN)
def send_mail(context: JobContext, timestamp: int) -> int:
    """Each minute. A mail that fails waits in its own row; only a lost database tries again."""
    return send_due_mail(at=now(), should_stop=context.should_abort)


@app.periodic(cron="*/10 * * * *")
@app.task(name="send_reminders", queueing_lock="send_reminders", pass_context=True, retry=AGAIN)
def remind_people(context: JobContext, timestamp: int) -> int:
    """Looks every ten minutes; the action itself waits for 8:00 at Tegucigalpa."""
    told = send_reminders(at=now())
    send_due_mail(at=now(), should_stop=context.should_abort)
    return told


@app.periodic(cron="*/10 * * * *")
@app.task(name="send_digest", queueing_lock="send_digest", retry=AGAIN)
def summarise_week(timestamp: int) -> int:
    """Looks every ten minutes; the action itself waits for Monday at 7:00."""
    return send_digest(at=now())


@app.periodic(cron="15 9 * * *")
@app.task(name="clean_up", queueing_lock="clean_up", retry=AGAIN)
def clean_up(timestamp: int) -> int:
    """At night in Honduras: old notices, files nobody applied, sessions that ended, requests nobody
    tries again."""
    call_command("clearsessions")
    forget_requests(before=now() - REQUESTS_KEPT)
    return forget(at=now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="forget_dead_jobs", queueing_lock="forget_dead_jobs", pass_context=True)
async def forget_dead_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed: their work is done by the next run, not by them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id is not None:
            await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)


def catch_up() -> None:
    """What a worker does first: look at everything once, instead of waiting for the next turn.

    The turn before may have been cut short by whoever stopped the machine.
    """
    for name in ("forget_dead_jobs", "send_reminders", "send_digest", "send_mail"):
        with suppress(AlreadyEnqueued):
            app.configure_task(name).defer(timestamp=int(time.time()))
