"""Users, signing in, the second factor, and the demo's door.

Entry points: `services.user_create`, `views` (sign in, second factor, demo door).
"""
