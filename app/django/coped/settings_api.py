"""Settings of the API: those of the web application, with other URLs."""

from coped.settings import *  # noqa: F403

ROOT_URLCONF = "coped.urls_api"
WSGI_APPLICATION = "coped.wsgi.api.application"
