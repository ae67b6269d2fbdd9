"""Pages of accounts: the way in, the second factor, one's own account, the users."""

from nhiemky.accounts.views.signing_in import locked_out

__all__ = ["locked_out"]
