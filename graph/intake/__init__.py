"""What people hand in: received as files, looked at and loaded by a process that reports in lines.

Begin with `desk.py`; `process.py` runs `worker.py`, whose lines are those of `voice.py`. `bounds.py` says
what a caller limited to an area may load, `outcome.py` and `kept.py` have what a load did or would do.
"""
