"""The history of the tables; imports none of our code."""
