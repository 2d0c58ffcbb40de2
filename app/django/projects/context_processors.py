from django.conf import settings


def dashboards(request):
    """The dashboards are another application under the same host, so that templates cannot use {% url %} for them."""
    return {"dashboards_url": settings.DASHBOARDS_URL}
