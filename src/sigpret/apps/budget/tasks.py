"""Long work of the budget in the background. Found by procrastinate when Django starts.

Both may run twice: the state of the import says whether there is anything left to do.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from sigpret.apps.budget.actions.execution_files import give_up
from sigpret.apps.budget.actions.execution_storing import store_import
from sigpret.apps.budget.actions.execution_work import read_import
from sigpret.apps.budget.execution_queue import READ, STORE
from sigpret.web.clock import now

AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)


@contextmanager
def last_try_says_why(context: JobContext, import_id: int) -> Iterator[None]:
    """Whatever goes wrong, an import never waits for a job that nobody will run again."""
    try:
        yield
    except Exception as problem:
        if AGAIN.get_retry_decision(exception=problem, job=context.job) is None:
            give_up(import_id)
        raise


@app.task(name=READ, pass_context=True, retry=AGAIN)
def read_execution(context: JobContext, import_id: int) -> None:
    """Read a file, refuse what is wrong and count the rest."""
    with last_try_says_why(context, import_id):
        read_import(import_id)


@app.task(name=STORE, pass_context=True, retry=AGAIN)
def store_execution(context: JobContext, import_id: int, actor_id: int) -> None:
    """Make of what waits the budget's lines and their execution."""
    with last_try_says_why(context, import_id):
        store_import(import_id, actor_id=actor_id, at=now())
