"""Settings of web application and API in one: those of the web application, with the URLs of both."""

from coped.settings import *  # noqa: F403

ROOT_URLCONF = "coped.urls_site"
WSGI_APPLICATION = "coped.wsgi.site.application"
