from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    pass


class Project(models.Model):
    title = models.CharField(max_length=200)


class Run(models.Model):
    """Of a task: done again, it has a second row."""

    name = models.CharField(max_length=100)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
