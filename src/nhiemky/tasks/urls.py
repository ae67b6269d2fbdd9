"""Addresses of tasks."""

from __future__ import annotations

from django.urls import path

from nhiemky.tasks.views import acts, calendar, giving, lists, programmes, task, units

app_name = "tasks"
urlpatterns = [
    path("tasks/", lists.mine, name="mine"),
    path("tasks/all/", lists.every, name="list"),
    path("tasks/all.xlsx", lists.file, name="file"),
    path("tasks/new/", giving.new, name="new"),
    path("tasks/bulk/", giving.bulk, name="bulk"),
    path("tasks/calendar/", calendar.subscription, name="subscription"),
    path("tasks/calendar/renew/", calendar.renew, name="feed_renew"),
    path("tasks/calendar/end/", calendar.end, name="feed_end"),
    path("tasks/calendar/mail/", calendar.mail, name="mail"),
    path("tasks/calendar/<str:secret>.ics", calendar.feed, name="feed"),
    path("tasks/<int:task_id>/", task.task, name="task"),
    path("tasks/<int:task_id>/step/<str:act>/", acts.step, name="step"),
    path("tasks/<int:task_id>/delegate/", giving.delegate, name="delegate"),
    path("tasks/<int:task_id>/time/", acts.time, name="time"),
    path("tasks/<int:task_id>/answer/", acts.answer, name="answer"),
    path("tasks/<int:task_id>/decide/", acts.decide, name="decide"),
    path("tasks/<int:task_id>/appoint/", acts.appoint, name="appoint"),
    path("tasks/<int:task_id>/stop/", acts.stop, name="stop"),
    path("tasks/<int:task_id>/deliverables/<int:deliverable_id>/", acts.hand_in, name="hand_in"),
    path("tasks/<int:task_id>/deliverables/<int:deliverable_id>/accept/", acts.accept, name="accept"),
    path("tasks/<int:task_id>/deliverables/<int:deliverable_id>/file", task.file, name="deliverable_file"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/<int:programme_id>/", programmes.programme, name="programme"),
    path("units/<str:code>/tasks/", units.board, name="board"),
    path("units/<str:code>/tasks/timeline/", units.timeline, name="timeline"),
    path("units/<str:code>/key-tasks/<int:year>/", units.key_tasks, name="key"),
]
