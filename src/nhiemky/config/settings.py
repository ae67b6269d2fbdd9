"""Django's settings. What an administrator can change is in `env.py`; everything else is decided here."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from nhiemky.config import env, keys, wiring
from nhiemky.config.assets import fingerprint

PACKAGE = Path(__file__).resolve().parent.parent
ENVIRONMENT = env.read()
_KEYS = keys.read_or_make(ENVIRONMENT.data)

SECRET_KEY = _KEYS.signing
NHIEMKY_SEALING_KEY = _KEYS.sealing
NHIEMKY_DEMO = ENVIRONMENT.demo
NHIEMKY_DEMO_MARK = "nhiemky.config.demo_mark.read"
NHIEMKY_PROXY = ENVIRONMENT.proxy
NHIEMKY_TODAY = ENVIRONMENT.today
NHIEMKY_FOLLOWERS = wiring.FOLLOWERS
NHIEMKY_CARRIERS = wiring.CARRIERS
NHIEMKY_FILES = wiring.FILES
NHIEMKY_WORDING = wiring.WORDING
NHIEMKY_DESKS = wiring.DESKS
NHIEMKY_IMPLEMENTERS = wiring.IMPLEMENTERS
NHIEMKY_STANDING_ON = wiring.STANDING_ON
NHIEMKY_JOBS = wiring.JOBS
NHIEMKY_ACTOR_FOR = wiring.ACTOR_FOR
NHIEMKY_BEFORE_JOB = wiring.BEFORE_JOB
NHIEMKY_TARGETS = wiring.TARGETS
NHIEMKY_INDICATORS = wiring.INDICATORS
NHIEMKY_COUNTED = wiring.COUNTED
NHIEMKY_PERSON_OF = wiring.PERSON_OF
NHIEMKY_FORGETTERS = wiring.FORGETTERS
NHIEMKY_RENAMED = wiring.RENAMED
NHIEMKY_HELD = wiring.HELD
NHIEMKY_SUBJECTS = wiring.SUBJECTS
NHIEMKY_SHREDDED = wiring.SHREDDED
NHIEMKY_TWINS = wiring.TWINS
NHIEMKY_PERSONAS = wiring.PERSONAS
NHIEMKY_MENU = wiring.MENU
NHIEMKY_MARKED_DAYS = wiring.MARKED_DAYS

DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *ENVIRONMENT.allowed_hosts]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "axes",
    "procrastinate.contrib.django",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "nhiemky.core",
    "nhiemky.audit",
    "nhiemky.accounts",
    "nhiemky.jobs",
    "nhiemky.organisation",
    "nhiemky.access",
    "nhiemky.members",
    "nhiemky.documents",
    "nhiemky.tasks",
    "nhiemky.transfers",
    "nhiemky.badges",
    "nhiemky.admissions",
    "nhiemky.exchange",
    "nhiemky.quality",
    "nhiemky.rights",
    "nhiemky.directives",
    "nhiemky.proposals",
    "nhiemky.regulations",
    "nhiemky.statistics",
    "nhiemky.reporting",
    "nhiemky.conferences",
    "nhiemky.api",
    "nhiemky.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhiemky.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nhiemky.core.middleware.PrivateMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nhiemky.audit.middleware.OneMomentMiddleware",
    "nhiemky.regulations.middleware.RulebookMiddleware",
    "nhiemky.core.middleware.DayMiddleware",
    "nhiemky.access.middleware.ActorMiddleware",
    "nhiemky.members.middleware.ReadingMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "nhiemky.config.urls"
WSGI_APPLICATION = "nhiemky.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nhiemky.core.context.shell",
            ],
            "builtins": [
                "nhiemky.core.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """Django's form of a PostgreSQL address; a `host` in the query names a socket folder."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or query.get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _mail(url: str) -> dict[str, object]:
    """Django's settings of a mail server written as smtp://user:password@host:587, or smtps:// for TLS from the start.

    Without one, whatever is sent goes nowhere.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    wrapped = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if wrapped else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": wrapped,
        "EMAIL_USE_TLS": not wrapped and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


NHIEMKY_MAIL = bool(ENVIRONMENT.mail)
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from or "nhiemky@localhost"
globals().update(_mail(ENVIRONMENT.mail))

# Commands start the embedded server and set the variable before Django loads.
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///nhiemky"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "reporting:home"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
# By name and address together: nobody can lock somebody else out from another desk. A flood of names from one address
# is met by accounts.selectors.address_shut.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "nhiemky.core.addresses.client_address"
AXES_LOCKOUT_CALLABLE = "nhiemky.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Nhiệm Kỳ"
SILENCED_SYSTEM_CHECKS = ["axes.W003"]

LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["nhiemky.core.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# Served from the packages as they lie there, so that no start has to collect them. The address changes with the
# content: browsers may keep a file for ever, and see a new one at once.
STATIC_URL = f"static/{fingerprint(PACKAGE)}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "nhiemky.core.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure
# Behind a proxy that ends TLS the server itself sees http.
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.allowed_hosts if ENVIRONMENT.secure]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}, "django.request": {"level": "ERROR"}},
}
