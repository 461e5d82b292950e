"""The pure core: frames and a date in, frames out."""
