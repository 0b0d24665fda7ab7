"""Speed, measured against named yardsticks: `python -m benchmarks`. The README beside this says what and how."""
