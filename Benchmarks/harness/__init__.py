"""The modules of Benchmarks/run. They need only Python 3.9."""
