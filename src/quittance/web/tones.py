"""Which colour a value takes: the scale of days past due, and the words of states."""

AGES = ((90, "age-4"), (60, "age-3"), (30, "age-2"), (0, "age-1"))


def age_tone(days_past_due: int) -> str:
    """The tone of a number of days past due, by the usual buckets.

    >>> age_tone(0), age_tone(1), age_tone(30), age_tone(31), age_tone(91)
    ('age-0', 'age-1', 'age-1', 'age-2', 'age-4')
    """
    return next((tone for more_than, tone in AGES if days_past_due > more_than), "age-0")
