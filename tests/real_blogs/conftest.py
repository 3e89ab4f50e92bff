"""Real blogs are tested where `BLOGQ_BLOGS` names a folder of them; the blogs in `fixtures/` always are."""

import os

collect_ignore = [] if os.environ.get("BLOGQ_BLOGS") else ["test_whole_blogs.py"]
