"""Web application and API in one, where the API has no server of its own: `gunicorn coped.wsgi.site:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "coped.settings_site"

application = get_wsgi_application()

# Django would import the URLs, and with them the views, at the first request. Code that is broken should rather fail
# here, where it stops a rollout.
import coped.urls_site  # noqa: E402, F401
