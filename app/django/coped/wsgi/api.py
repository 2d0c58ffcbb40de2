"""The API: `gunicorn coped.wsgi.api:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "coped.settings_api"

application = get_wsgi_application()
