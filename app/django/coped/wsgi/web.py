"""The web application: `gunicorn coped.wsgi.web:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "coped.settings"

application = get_wsgi_application()

# Django would import the URLs, and with them the views, at the first request. Code that is broken should rather fail
# here, where it stops a rollout.
import coped.urls  # noqa: E402, F401
