"""Conferences: agenda, invitations, attendance, quorum, room screen, minutes, instructions, the published summary."""
