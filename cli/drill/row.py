# The drill's own table: no application need have a model for it.
import os

from django.db import connection, models


class Row(models.Model):
    id = models.BigAutoField(primary_key=True)
    label = models.TextField()
    text = models.TextField()

    class Meta:
        app_label = db_table = "coped_drill"


label = os.environ.get("DRILL_LABEL")
