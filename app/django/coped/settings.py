"""Settings of the web application. The API differs only in its URLs: see settings_api.py.

What may differ between environments is read from the environment; ../../README.md lists the variables.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from coped.credentials import optional
from coped.environment import flag, networks, number, secret, setting

BASE_DIR = Path(__file__).resolve().parent.parent

# As long as Django's own check asks for: https://docs.djangoproject.com/en/stable/ref/checks/#security (W009)
SECRET_KEY = secret("SECRET_KEY", minimum=50)
# Accepted, but not used to sign: while the key is changed the next one, so that the first pod to use it is understood
# by the others, and after that the one before, so that people stay logged in.
SECRET_KEY_FALLBACKS = optional("SECRET_KEY_NEXT_FILE") + optional("SECRET_KEY_PREVIOUS_FILE")
DEBUG = flag("DEBUG", "0")
ALLOWED_HOSTS = setting("DJANGO_ALLOWED_HOSTS").split()

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "projects",
]

MIDDLEWARE = [
    # First, because the kubelet asks by pod address and plain HTTP: the host check and the redirect to https, which
    # come next, would answer in place of the health check.
    "coped.health.HealthMiddleware",
    # Before the redirect to https, which it may make unnecessary.
    "coped.proxies.TrustedProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    # https://whitenoise.readthedocs.io/en/stable/django.html: right after SecurityMiddleware.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages and answers of the API; static files are compressed in the image. Django guards this against BREACH:
    # https://docs.djangoproject.com/en/5.2/ref/middleware/#django.middleware.gzip.GZipMiddleware
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, as its documentation asks: it turns the answer to a locked-out sign-in into "too many attempts".
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "coped.urls"
WSGI_APPLICATION = "coped.wsgi.web.application"

# Templates and bodies

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Django caches templates even with DEBUG, and only its own runserver drops that cache when a file changes.
            # Development runs gunicorn, so there the caching loader is left out.
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projects.context_processors.dashboards",
                "projects.context_processors.served_by",
            ],
        },
    },
]

# Enforced here as well because a plain Kubernetes Ingress cannot limit the size of a request.
DATA_UPLOAD_MAX_MEMORY_SIZE = number("DATA_UPLOAD_MAX_MEMORY_SIZE", str(1024 * 1024))

# PostgreSQL

_ENGINE = setting("SQL_ENGINE", "django.db.backends.postgresql")
# How a server that is elsewhere is checked, against which authority: "verify-full". Empty: it is a pod beside this one.
# https://www.postgresql.org/docs/current/libpq-ssl.html
_SSLMODE = setting("SQL_SSLMODE", "")
_TLS = {"sslmode": _SSLMODE, "sslrootcert": setting("SQL_CA_FILE", "")} if _SSLMODE else {}

DATABASES = {
    "default": {
        # Django's own, which also copes with a password that changes.
        "ENGINE": "coped.postgresql" if _ENGINE == "django.db.backends.postgresql" else _ENGINE,
        "NAME": setting("SQL_DATABASE"),
        "USER": setting("SQL_USER"),
        "PASSWORD": secret("SQL_PASSWORD", minimum=16),
        "HOST": setting("SQL_HOST"),
        "PORT": setting("SQL_PORT", "5432"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A server that is gone must be noticed, or waiting requests use up all threads: connect_timeout (in seconds)
        # bounds a new connection, tcp_user_timeout (in milliseconds) one that was open. On a busy machine a sound one
        # needs seconds to start a session and check a password: with 2, migrations and visitors failed there.
        # https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
        "OPTIONS": {"connect_timeout": 10, "tcp_user_timeout": 10000, **_TLS},
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in: to /admin/, and to the API with HTTP Basic

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# After ten wrong passwords for one user from one address, both together are refused for a quarter of an hour. Not the
# user alone: then a stranger could keep a colleague from signing in.
# https://django-axes.readthedocs.io/en/latest/4_configuration.html
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "coped.sign_in.too_many_attempts"
AXES_CLIENT_IP_CALLABLE = "coped.proxies.client_address"
# A table of who signed in, when and from where would be personal data in every backup.
AXES_DISABLE_ACCESS_LOG = True

# Elasticsearch

# Empty: there is no search.
ELASTIC_HOSTNAME = setting("ELASTIC_HOSTNAME", "")
ELASTIC_PORT = number("ELASTIC_PORT", "9200")
ELASTIC_USER = setting("ELASTIC_USER", "")
ELASTIC_PASSWORD = secret("ELASTIC_PASSWORD", minimum=16, default="")
# The certificate authority that signed Elasticsearch's certificate. Without it the connection is plain HTTP, or with
# ELASTIC_TLS HTTPS by a certificate that everybody trusts.
# (The path itself is the setting here: there is no ELASTIC_CA.)
ELASTIC_CA_FILE = setting("ELASTIC_CA_FILE", "")
ELASTIC_TLS = flag("ELASTIC_TLS", "1" if ELASTIC_CA_FILE else "0")

# Celery: see coped/celery.py

# Empty: there are no tasks.
REDIS_HOST = setting("REDIS_HOST", "")
if REDIS_HOST:
    secret("REDIS_PASSWORD", minimum=16)
    # The password is not part of it: it may change.
    CELERY_BROKER_URL = (
        f"redis://{REDIS_HOST}:{number('REDIS_PORT', '6379')}/0?credential_provider=coped.celery.Password"
    )
# The task of a worker that was killed is done again.
CELERY_TASK_ACKS_LATE = True
# No one asks what a task returns.
CELERY_TASK_IGNORE_RESULT = True
# Its log is this one, below.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Pages

DASHBOARDS_URL = setting("DASHBOARDS_URL", "/dashboards/")

# Shown at the foot of each page, with the pod's name; empty: neither is shown.
RELEASE = setting("RELEASE", "")

# Scripts, styles and images come from this site only, and none is written into a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"

if not DEBUG:
    # `manage.py collectstatic` fills STATIC_ROOT while the production image is built. With DEBUG, WhiteNoise finds the
    # files in the applications at each request instead, so that an edited file is served at once.
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"

# HTTPS

# TLS ends at the edge, which sets this header. Trusting it is safe only as long as nothing but the edge and the pods of
# the platform can reach this port; network policies see to that.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Proxies before the edge that end TLS and speak plain HTTP to it: what they pass on came by HTTPS.
TRUSTED_PROXIES = networks("TRUSTED_PROXIES", "")

if not DEBUG:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # HSTS for subdomains and preloading bind hosts that are not ours to decide about.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# Logging: to standard output, where Kubernetes collects it.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"},
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        # Replaces Django's default handlers, which would print twice and send mail.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Says four lines of "INFO" for every sign-in.
        "axes": {"level": "WARNING"},
        # Says "INFO" for every request.
        "elastic_transport": {"level": "WARNING"},
    },
}
