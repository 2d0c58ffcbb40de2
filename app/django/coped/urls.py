"""URLs of the web application."""

from django.contrib import admin
from django.urls import path

from projects import views

urlpatterns = [
    path("", views.project_list, name="project-list"),
    path("projects/<int:pk>/", views.project_detail, name="project-detail"),
    path("search/", views.search, name="search"),
    path("admin/", admin.site.urls),
    # Browsers ask for this whenever a page does not name one, such as those of the admin.
    path("favicon.ico", views.favicon),
]
