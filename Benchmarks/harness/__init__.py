"""What Benchmarks/run consists of: needs Python 3.9 and nothing else."""
