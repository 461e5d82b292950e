"""Reports: a Book in, a Report out; rendered for every door."""
