"""Another system: a client that calls with the secret of a token."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client


class Caller:
    """Calls the interface with a secret; "" calls without one."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers)

    def post(self, path: str, data: object) -> Any:
        content = data if isinstance(data, str) else json.dumps(data, default=str)
        return self.client.post(f"/api/v1/{path}", content, "application/json", headers=self.headers)


def codes(answer: Any) -> list[str]:
    """The codes of the findings of a refusal, each of which says something."""
    findings = answer.json()["findings"]
    assert all(finding["sentence"] and not finding["sentence"].startswith("api.") for finding in findings)
    assert answer.json()["status"] == answer.status_code
    return [finding["code"] for finding in findings]
