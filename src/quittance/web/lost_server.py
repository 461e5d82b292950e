"""When the database goes away in the midst of a page: read it again, or say so and come back."""

import logging
import sys
from collections.abc import Callable

from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import get_template
from django.views.defaults import server_error

from quittance.storage.revival import is_lost

SAFE = ("GET", "HEAD")
COMES_BACK_SECONDS = 2
MARK = "_is_lost"  # of an answer that the database's absence made
log = logging.getLogger(__name__)


class LostServerMiddleware:
    """Make a page again, once, when the database went away under it; a write is never repeated."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the second time on a connection that starts the server if it must."""
        answer = self.get_response(request)
        if request.method in SAFE and hasattr(answer, MARK):
            for one in connections.all(initialized_only=True):
                one.close_if_unusable_or_obsolete()
            answer = self.get_response(request)
        return answer


def failed(request: HttpRequest) -> HttpResponse:
    """The page of a fault: 503 and one line of log where the database is away, else 500."""
    fault = sys.exc_info()[1]
    if not is_lost(fault):
        return server_error(request)
    log.warning("the database went away under %s %s: %s", request.method, request.path, fault)
    is_read = request.method in SAFE
    answer = HttpResponse(get_template("503.html").render({"is_read": is_read}), status=503)
    answer.headers["Retry-After"] = str(COMES_BACK_SECONDS)
    if is_read:
        answer.headers["Refresh"] = str(COMES_BACK_SECONDS)
    setattr(answer, MARK, True)
    setattr(answer, "_has_been_logged", True)  # noqa: B010  (Django's own mark: no stack as well)
    return answer
