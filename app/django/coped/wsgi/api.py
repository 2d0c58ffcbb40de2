"""The API: `gunicorn coped.wsgi.api:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "coped.settings_api"

application = get_wsgi_application()

# Django would import the URLs, and with them the views, at the first request. Code that is broken should rather fail
# here, where it stops a rollout.
import coped.urls_api  # noqa: E402, F401
