"""Grants of a role over a subtree with dates, and the Actor that each request carries.

Entry points: `middleware.ActorMiddleware`, `selectors.actor_for`, `services.grant_give`, `services.grant_end`.
"""
