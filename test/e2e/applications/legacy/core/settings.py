"""Everything from variables, as COPED reads it: no secret from a file, no address of the broker but a name in the code."""

import os

env = os.environ.get

DEBUG = int(env("DEBUG", 0))
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("DJANGO_ALLOWED_HOSTS", "localhost").split(" ")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_elasticsearch_dsl",
    "django_celery_beat",
    "django_celery_results",
    "core",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "core.urls"
WSGI_APPLICATION = "core.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
AUTH_USER_MODEL = "core.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", "/usr/share/django/staticfiles")


def database(prefix):
    return {
        "ENGINE": env(f"{prefix}_ENGINE", "django.db.backends.sqlite3"),
        "NAME": env(f"{prefix}_DATABASE", "/app/db.sqlite3"),
        "USER": env(f"{prefix}_USER", "user"),
        "PASSWORD": env(f"{prefix}_PASSWORD", "password"),
        "HOST": env(f"{prefix}_HOST", "localhost"),
        "PORT": env(f"{prefix}_PORT", "5432"),
    }


DATABASES = {"default": database("SQL"), "metabase": database("METABASE")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "select2_cache_table"}}
ELASTICSEARCH_DSL = {
    "default": {
        "hosts": f"{env('ELASTIC_HOSTNAME', 'elasticsearch')}:{env('ELASTIC_PORT', 9200)}",
        "http_auth": (env("ELASTIC_USER", "elastic"), env("ELASTIC_PASSWORD", "password")),
    }
}
# The address of the broker is in celery.py.
CELERY_RESULT_BACKEND = "django-db"
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 30}
