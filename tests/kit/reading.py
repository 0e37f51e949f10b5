"""A page of the kit as its reader has it: that of the sheets, and what it holds as JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.sheets import reading


@dataclass
class Read(reading.Read):
    """An HTML page, read; `data` is its JSON by the id of its element, `quoted` the words of each id."""

    data: dict[str, Any] = field(default_factory=dict)
    quoted: dict[str, str] = field(default_factory=dict)

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ("", {})
        if inside[0] == "script" and inside[1].get("type") == "application/json":
            self.data[inside[1]["id"]] = json.loads(data)
        elif inside[0] != "script":
            super().handle_data(data)
            if name := inside[1].get("id"):
                self.quoted[name] = self.quoted.get(name, "") + data
