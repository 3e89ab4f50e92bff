"""Print the days between posts, one bar a gap: python3 gaps.py < dates.txt"""

import sys
from datetime import date
from itertools import pairwise
from statistics import median

days = sorted(date.fromisoformat(line.strip()) for line in sys.stdin if line.strip())
gaps = [(later - earlier).days for earlier, later in pairwise(days)]
usual = median(gaps)

for day, gap in zip(days[1:], gaps, strict=True):
    mark = " <" if gap > 2 * usual or gap < usual / 2 else ""
    print(f"{day}  {gap:3}  {'#' * gap}{mark}")
print(f"\n{len(days)} posts, median gap {usual:g} days, longest {max(gaps)}")
