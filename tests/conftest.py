"""Settings that the whole suite shares: Hypothesis profiles, and the marker of long tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("suite", deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile("soak" if os.environ.get("BLOGQ_SOAK") else "suite")
