"""A site whose only page fails."""

from django.urls import path


def broken(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [path("", broken)]
