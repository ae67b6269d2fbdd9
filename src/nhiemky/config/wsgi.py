"""What the web server calls."""

from __future__ import annotations

import ctypes
import os
import signal

from django.core.wsgi import get_wsgi_application

_PR_SET_PDEATHSIG = 1
# A worker ends with the web server, also when that was killed: the port is free for the next start.
ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhiemky.config.settings")
application = get_wsgi_application()
