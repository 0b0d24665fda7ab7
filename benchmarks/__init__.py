"""Speed, measured against named yardsticks. Start with `python -m benchmarks`; benchmarks/README.md says what and how."""
