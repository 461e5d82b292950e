"""A report made visible: terminal, JSON, CSV, XLSX, HTML and SVG, each in French and English."""
