"""The first screen of the day."""

from django.http import HttpResponse
from django.shortcuts import render

from quittance.web.desk import Desk, screen


@screen("books.read")
def dashboard(desk: Desk) -> HttpResponse:
    """Cash due and expected, ageing, trends, whom to call first, what changed."""
    return render(desk.request, "web/dashboard.html", {"desk": desk})
