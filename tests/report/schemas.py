"""What other people's formats ask for, as far as blogq's reports use it: required keys, types and allowed values.

Written from the specifications named beside each. The whole schemas are theirs; to hold the reports to those as well,
name a folder that has them in BLOGQ_REPORT_SCHEMAS (see `whole`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest


def whole(name: str) -> Path:
    """The schema published as `name`: sarif-schema-2.1.0.json, DiagnosticResult.json (rdjson), JUnit.xsd."""
    path = Path(os.environ.get("BLOGQ_REPORT_SCHEMAS", "/nonexistent")) / name
    if not path.is_file():
        pytest.skip(f"{name} is its makers' to publish: BLOGQ_REPORT_SCHEMAS names a folder with it")
    return path


def only(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object that has all of `required`, may have `optional`, and nothing else."""
    return {
        "type": "object",
        "required": list(required),
        "properties": required | (optional or {}),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
COUNTED = {"type": "integer", "minimum": 1}
URI = {"type": "string", "pattern": r"^[A-Za-z0-9._~/%-]+$"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}

# https://docs.oasis-open.org/sarif/sarif/v2.1.0/, 3.13 log, 3.14 run, 3.27 result, 3.30 region, 3.49 rule.
SARIF = only(
    {
        "$schema": TEXT,
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": only(
                {
                    "tool": only(
                        {
                            "driver": only(
                                {
                                    "name": TEXT,
                                    "version": TEXT,
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": only(
                                            {
                                                "id": TEXT,
                                                "shortDescription": only({"text": TEXT}),
                                                "defaultConfiguration": only({"level": LEVEL}),
                                            }
                                        ),
                                    },
                                }
                            )
                        }
                    ),
                    "invocations": {"type": "array", "items": only({"executionSuccessful": {"type": "boolean"}})},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": only(
                            {
                                "ruleId": TEXT,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": only({"text": TEXT}),
                                "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
                                "locations": {
                                    "type": "array",
                                    "minItems": 1,
                                    "maxItems": 1,
                                    "items": only(
                                        {
                                            "physicalLocation": only(
                                                {
                                                    "artifactLocation": only({"uri": URI, "uriBaseId": TEXT}),
                                                    "region": only(
                                                        {"startLine": COUNTED},
                                                        {
                                                            "startColumn": COUNTED,
                                                            "endLine": COUNTED,
                                                            "endColumn": COUNTED,
                                                            "snippet": only({"text": TEXT}),
                                                        },
                                                    ),
                                                }
                                            )
                                        }
                                    ),
                                },
                            }
                        ),
                    },
                }
            ),
        },
    }
)

# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": only(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": only({"path": TEXT, "lines": only({"begin": COUNTED})}),
        }
    ),
}

# https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
POSITION = only({"line": COUNTED}, {"column": COUNTED})
RDJSON = only(
    {
        "source": only({"name": TEXT}),
        "diagnostics": {
            "type": "array",
            "items": only(
                {
                    "message": TEXT,
                    "location": only({"path": TEXT}, {"range": only({"start": POSITION}, {"end": POSITION})}),
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": only({"value": TEXT}),
                }
            ),
        },
    }
)
