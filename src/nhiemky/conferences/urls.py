"""Addresses of conferences."""

from __future__ import annotations

from django.urls import path

from nhiemky.conferences.views import after, inviting, noting, planning, room, shown

app_name = "conferences"
urlpatterns = [
    path("conferences/", shown.listed, name="list"),
    path("conferences/new/", planning.new, name="new"),
    path("conferences/items/<int:item_id>/", planning.item_change, name="item_change"),
    path("conferences/items/<int:item_id>/take-up/", room.take_up, name="take_up"),
    path("conferences/items/<int:item_id>/remove/", planning.item_remove, name="item_remove"),
    path("conferences/invitees/<int:invitee_id>/", inviting.presence, name="presence"),
    path("conferences/invitees/<int:invitee_id>/remove/", inviting.remove, name="invitee_remove"),
    path("conferences/instructions/<int:instruction_id>/task/", noting.assign, name="assign"),
    path("conferences/instructions/<int:instruction_id>/waive/", noting.waive, name="waive"),
    path("conferences/<int:conference_id>/", shown.conference, name="conference"),
    path("conferences/<int:conference_id>/change/", planning.change, name="change"),
    path("conferences/<int:conference_id>/agenda/new/", planning.item_new, name="item_new"),
    path("conferences/<int:conference_id>/invitees/", shown.invitees, name="invitees"),
    path("conferences/<int:conference_id>/invitees/posts/", inviting.posts, name="posts"),
    path("conferences/<int:conference_id>/invitees/guest/", inviting.guest, name="guest"),
    path("conferences/<int:conference_id>/arrivals/", room.arrivals, name="arrivals"),
    path("conferences/<int:conference_id>/open/", room.open_it, name="open"),
    path("conferences/<int:conference_id>/close/", room.close_it, name="close"),
    path("conferences/<int:conference_id>/call-off/", planning.call_off, name="call_off"),
    path("conferences/<int:conference_id>/hand-over/", planning.hand_over, name="hand_over"),
    path("conferences/<int:conference_id>/room/", room.room, name="room"),
    path("conferences/<int:conference_id>/instructions/", noting.instructions, name="instructions"),
    path("conferences/<int:conference_id>/instructions/new/", noting.note, name="note"),
    path("conferences/<int:conference_id>/summary/", after.summary, name="summary"),
    path("conferences/<int:conference_id>/summary/publish/", after.publish, name="publish"),
    path("conferences/<int:conference_id>/papers/invitations.docx", after.invitations, name="invitations"),
    path("conferences/<int:conference_id>/papers/minutes.docx", after.minutes, name="minutes"),
    path("conferences/<int:conference_id>/papers/instructions.docx", after.instruction_list, name="instruction_list"),
    path("conferences/<int:conference_id>/papers/summary.docx", after.summary_file, name="summary_file"),
]
