"""URLs of the web application and of the API."""

from coped import urls, urls_api

urlpatterns = [*urls.urlpatterns, *urls_api.urlpatterns]
