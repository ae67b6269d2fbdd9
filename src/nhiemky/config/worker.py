"""The process that carries long work out, one after the other: a child of the command that serves."""

from __future__ import annotations

from nhiemky.config.commands import set_up_django


def main() -> None:
    """Work until SIGTERM or SIGINT; what is under way then is undone and says so at the next start."""
    set_up_django()
    from procrastinate.contrib.django import app

    from nhiemky.domain.access import Actor
    from nhiemky.jobs.selectors import left_running
    from nhiemky.jobs.services import jobs_interrupt

    if left_running():
        jobs_interrupt(actor=Actor.system("worker"))
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        working.run_worker(queues=["jobs"], concurrency=1, delete_jobs="successful", shutdown_graceful_timeout=2)


if __name__ == "__main__":
    main()
