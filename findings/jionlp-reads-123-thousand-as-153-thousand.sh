#!/usr/bin/env bash
# JioNLP reads 12万3千元 (123,000 yuan) as 153,000 yuan and calls it accurate: digits before the 万 are added up once more.
#
# Software: jionlp 1.5.31 (PyPI), jiojio 1.2.8; cn2an 0.5.24 (PyPI) for comparison
# Source:   https://github.com/dongrixinyu/JioNLP (jionlp/gadget/money_parser.py, parse_money)
# Expected: 123000.00, as for the same amount in characters (十二万三千元) and as 12.3万元
# Seen:     153000.00: 1 + 2 = 3 ten thousands are added to the 12. 3万5千元 is 65,000 for 35,000, 1亿2千万元 is 220 for 120
#           millions. definition is accurate, so that nothing tells it from a right one. Amounts of one unit of Arabic
#           digits, and of 千 and 百, are right. Issue 257 reports sums of digits before 元 only
#
# Installs all into a temporary folder and removes it. Exit status 0: still as stated; 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check jionlp==1.5.31 jiojio==1.2.8 cn2an==0.5.24
cd "$folder"
"$folder/env/bin/python" - <<'PYTHON'
"""Reads amounts as they stand in registers of shared means and compares with their numbers."""

import sys

import cn2an
import jionlp

CASES = (
    ("12万3千", 123_000, "153000.00"),
    ("3万5千", 35_000, "65000.00"),
    ("20万8千4百", 208_400, "228400.00"),
    ("1亿2千万", 120_000_000, "220000000.00"),
    ("十二万三千", 123_000, "123000.00"),
    ("12.3万", 123_000, "123000.00"),
    ("3千5百", 3_500, "3500.00"),
)
changed = False
for text, right, seen in CASES:
    answer = jionlp.parse_money(text + "元")
    print(f"{text}元: expected {right}, jionlp {answer['num']} ({answer['definition']})")
    changed |= (answer["num"], answer["definition"]) != (seen, "accurate")
for text in ("3万5千", "十二万三千"):
    print(f"{text}: cn2an {cn2an.cn2an(text, 'smart')}")
changed |= cn2an.cn2an("3万5千", "smart") != 35_000
print("CHANGED: not as stated" if changed else "as stated")
sys.exit(changed)
PYTHON
