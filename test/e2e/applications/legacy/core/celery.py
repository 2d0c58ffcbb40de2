import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
password = os.environ.get("REDIS_PASSWORD")
login = f":{password}@" if password else ""
app = Celery("core", broker=f"redis://{login}redis:{os.environ.get('REDIS_PORT', 6379)}")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
