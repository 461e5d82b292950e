"""Tests on a real record: Django set up on this worker's database before models are imported."""

from tests import record

record.ready()
