"""What the portal costs: `python -m benchmarks.run`; see docs/explanation/performance.md."""
