"""What the card of a customer writes: `{% load customers %}`."""

import phonenumbers
from django import template

register = template.Library()


@register.filter
def telephone(number: str) -> str:
    """A number as it is read aloud; anything else as it stands.

    >>> telephone("+33142685300")
    '+33 1 42 68 53 00'
    """
    try:
        known = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
