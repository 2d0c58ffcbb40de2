"""Settings for the tests: those of production, with SQLite in memory and nothing read from the surroundings."""

import os

for name, value in {
    "REQUIRE_REAL_SECRETS": "0",
    "SECRET_KEY": "only for the tests",
    "DEBUG": "0",
    "DJANGO_ALLOWED_HOSTS": "testserver",
    "SQL_DATABASE": "unused",
    "SQL_USER": "unused",
    "SQL_PASSWORD": "unused",
    "SQL_HOST": "unused",
    "RELEASE": "",
    "ELASTIC_HOSTNAME": "elasticsearch",
    "TRUSTED_PROXIES": "",
}.items():
    # In a pod of the development environment the other form is set.
    os.environ.pop(f"{name}_FILE", None)
    os.environ[name] = value

for name in ["ELASTIC_USER", "ELASTIC_PASSWORD", "ELASTIC_CA", "ELASTIC_TLS", "REDIS_HOST", "SQL_SSLMODE", "SQL_CA"]:
    os.environ.pop(name, None)
    os.environ.pop(f"{name}_FILE", None)

from coped.settings import *  # noqa: E402, F403

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

# The test client speaks plain HTTP; the tests of the health checks turn the redirect on again.
SECURE_SSL_REDIRECT = False

# The manifest of the hashed names exists only after collectstatic.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405

# The slow default is for real passwords.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Nor is there a directory of collected files, which WhiteNoise would warn about.
WHITENOISE_AUTOREFRESH = True

# The fake server goes away on purpose, and passwords are wrong on purpose.
LOGGING["loggers"]["axes"]["level"] = "CRITICAL"  # noqa: F405
LOGGING["loggers"]["elastic_transport"]["level"] = "CRITICAL"  # noqa: F405
