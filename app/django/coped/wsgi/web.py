"""The web application: `gunicorn coped.wsgi.web:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "coped.settings"

application = get_wsgi_application()
