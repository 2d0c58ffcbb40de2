"""URLs of the API. The edge passes the prefix /api/ on unchanged."""

from django.urls import path

from projects import api

urlpatterns = [
    path("api/projects/", api.projects, name="api-projects"),
    path("api/search/", api.search, name="api-search"),
]

handler404 = api.not_found
handler500 = api.server_error
