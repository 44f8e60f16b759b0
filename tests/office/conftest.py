"""LibreOffice takes a minute to install and one to run: only `make office` asks for it."""

from __future__ import annotations

import os
import shutil

SOFFICE = shutil.which("soffice")
collect_ignore = [] if os.environ.get("OFFICE") == "required" else ["test_round_trip.py", "test_reports.py"]
