"""Speed, measured against named yardsticks by `python -m benchmarks`; see benchmarks/README.md."""
