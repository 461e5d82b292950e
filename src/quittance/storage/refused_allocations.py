"""The books' allocations that a person undid: their memory is the journal and the facts alone.

A pair of items, named by natural keys so that it outlives a correction, is refused when the last
thing that a person did to its allocation was to undo it.
"""

import polars as pl

from quittance.core.manual_allocations import REFUSED
from quittance.storage.frames import frame_of

QUERY = """WITH said AS (
  SELECT id, position, action FROM event
  WHERE company_id = %s AND action IN ('allocation.undone', 'allocation.restored')
), pair AS (
  SELECT a.debit_id, a.credit_id, said.position, said.action FROM said
  JOIN allocation a ON a.reversed_by_id = said.id AND a.origin = 'books'
  UNION ALL
  SELECT a.debit_id, a.credit_id, said.position, said.action FROM said
  JOIN allocation a ON a.added_by_id = said.id AND a.origin = 'books'
) SELECT d.key AS debit_key, c.key AS credit_key FROM pair
  JOIN ledger_item d ON d.id = pair.debit_id JOIN ledger_item c ON c.id = pair.credit_id
  GROUP BY d.key, c.key
  HAVING (array_agg(pair.action ORDER BY pair.position DESC))[1] = 'allocation.undone'"""


def refused_pairs(company_id: int) -> pl.DataFrame:
    """The pairs of items that a person took apart and left apart, as `REFUSED`."""
    return frame_of(QUERY, [company_id], schema=REFUSED)
