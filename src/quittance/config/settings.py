"""Django's settings: everything a machine may differ in comes from the environment.

QUITTANCE_HOME      the folder of the data (docs/operations/postgresql.md)
DATABASE_URL        a PostgreSQL of one's own, instead of the one that Quittance starts
QUITTANCE_URL       the public address, https://… turns secure cookies and HSTS on
QUITTANCE_SECRET    the secret key; else a file of the home folder, made on first use
QUITTANCE_DATABASE  the database's name, `quittance` by default
QUITTANCE_ROLE      `owner` for commands that change tables; `app` otherwise
QUITTANCE_UPLOAD_MB how many megabytes of files may be given at once; 1024 by default
QUITTANCE_PROXIES   addresses of the proxies that are believed; those of this machine by default
EMAIL_URL           smtp://user:password@host:port, for sign-in mails
"""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from quittance.config.mail import mail_settings
from quittance.config.secret import secret_key
from quittance.storage.address import address_of_socket
from quittance.storage.embedded import address_of_environment, home_of

HOME = home_of(os.environ)
# The embedded server starts if it is not running; a type checker reads settings and reaches none.
IS_CHECK = "QUITTANCE_CHECK" in os.environ
ADDRESS = address_of_socket(HOME) if IS_CHECK else address_of_environment(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
PUBLIC_URL = (os.environ.get("QUITTANCE_URL") or "http://localhost:8765").rstrip("/")
IS_TLS = PUBLIC_URL.startswith("https://")
PUBLIC_HOST = urlsplit(PUBLIC_URL).hostname or "localhost"
PROXIES = [
    ip_network(one.strip())
    for one in (os.environ.get("QUITTANCE_PROXIES") or "127.0.0.1, ::1").split(",")
]

SECRET_KEY = secret_key(os.environ, HOME)
DEBUG = False
ALLOWED_HOSTS = sorted({PUBLIC_HOST, "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
ROOT_URLCONF = "quittance.config.urls"
WSGI_APPLICATION = "quittance.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "quittance.storage",
    "quittance.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "quittance.web.lost_server.LostServerMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "quittance.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "quittance.web.sessions.SessionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "quittance.web.context.page",
            ],
        },
    }
]

DATABASE = {
    **ADDRESS.django(os.environ.get("QUITTANCE_ROLE", "app")),
    "ENGINE": "quittance.storage.engine",
}
DATABASES = {
    "default": {
        **DATABASE,
        "ATOMIC_REQUESTS": True,  # a page reads and writes within one transaction
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    },
    "counters": {**DATABASE, "CONN_MAX_AGE": 0},  # a failing page takes back no count
}
CACHES = {"default": {"BACKEND": "quittance.storage.counters.Counters"}}

# Sign-in
AUTH_USER_MODEL = "storage.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique whatever their case: a constraint
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{VALIDATORS}.CommonPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come from invitations alone
ACCOUNT_ADAPTER = "quittance.web.sign_in.Adapter"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, the present one goes on
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail says that a password or a second factor changed
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Quittance] "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
PASSWORD_RESET_TIMEOUT = 60 * 60
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "quittance.web.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Quittance"
MFA_TOTP_TOLERANCE = 1  # a telephone half a minute late still lets in
MFA_ALLOW_UNVERIFIED_EMAIL = True  # services/members.py:prove_address says what replaces this
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_TLS

# What the browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SESSION_COOKIE_NAME = "__Host-session" if IS_TLS else "session"  # no sibling domain can set it
SESSION_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = "__Host-csrf" if IS_TLS else "csrf"
CSRF_COOKIE_SECURE = IS_TLS
CSRF_COOKIE_HTTPONLY = False  # htmx sends it back in a header
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_TLS
SECURE_HSTS_PRELOAD = IS_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
UPLOAD_BYTES = int(os.environ.get("QUITTANCE_UPLOAD_MB", "1024")) * 1024**2  # in one request
STRANGERS_UPLOAD_BYTES = 64 * 1024  # of whoever is not signed in: forms, no files
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2  # the fields of one request, without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # customers picked one by one for a change in number
DATA_UPLOAD_MAX_NUMBER_FILES = 100
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2  # beyond it, a file waits on the disk
FILE_UPLOAD_HANDLERS = [
    "quittance.web.uploads.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600

# Words and days
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_I18N = True
TIME_ZONE = os.environ.get("TZ") or "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_IMPORT_PATHS = ["quittance.worker.tasks"]

SENDS_MAIL = bool(os.environ.get("EMAIL_URL"))
globals().update(mail_settings(os.environ.get("EMAIL_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("QUITTANCE_FROM", f"quittance@{PUBLIC_HOST}")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "quittance.config.discretion.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("QUITTANCE_LOG", "WARNING")},
}
