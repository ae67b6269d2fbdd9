"""People who sign in. What they may do is told by grants, not here."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Finds a user by the name typed at sign-in."""


class User(AbstractBaseUser):
    """A user: a name to sign in with, a name to show, a language.

    `must_change`: the password was set by somebody else, who knows it; until the user has set their own, every page
    leads there (`core.pages`). `of_member`: opens the member's own page and nothing else; no grant is ever given to it,
    so an office that hands out its password gains nothing by it.
    """

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi")
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False, db_default=False)
    of_member = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "username"

    objects = UserManager()

    def __str__(self) -> str:
        return self.username
