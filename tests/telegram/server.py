"""Telegram for tests: a real server that speaks the wire format of the Bot API and remembers what it was asked."""

import json
from typing import Any

from tests.web.server import Service


class Telegram(Service):
    """`says[method]` is the next answer, once; else it goes well. `updates` wait until they are confirmed by an offset."""

    def __init__(self) -> None:
        super().__init__()
        self.says: dict[str, Any] = {}
        self.updates: list[dict[str, Any]] = []

    def answer(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> Any:
        name = path.rpartition("/")[2]
        if name in self.says:
            return self.says.pop(name)
        result: Any = True
        if name == "getMe":
            result = {"id": 12, "is_bot": True, "first_name": "Supervision", "username": "supervise_test_bot"}
        if name == "sendMessage":
            result = {"message_id": len(self.asked), "chat": {"id": int(fields["chat_id"])}}
        if name == "getUpdates":
            result = [u for u in self.updates if u["update_id"] >= int(fields.get("offset", 0))]
        return {"ok": True, "result": result}

    def calls(self, name: str) -> list[dict[str, str]]:
        return [fields for _method, path, fields, _headers in self.asked if path.endswith(f"/{name}")]

    def texts(self, chat: int | None = None) -> list[str]:
        sent = self.calls("sendMessage")
        return [one["text"] for one in sent if chat is None or one["chat_id"] == str(chat)]

    def buttons(self) -> list[dict[str, str]]:
        """Of the message that came last."""
        markup = json.loads(self.calls("sendMessage")[-1].get("reply_markup", '{"inline_keyboard": []}'))
        return [button for row in markup["inline_keyboard"] for button in row]


def refusal(status: int, description: str = "", **parameters: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
    said = {"ok": False, "error_code": status, "description": description}
    return status, {**said, **({"parameters": parameters} if parameters else {})}, {}


def written(number: int, text: str, *, chat: int = 77, kind: str = "private", **who: Any) -> dict[str, Any]:
    """An update: somebody wrote to the bot."""
    place = {"id": chat, "type": kind, "first_name": "Alice", **who}
    return {"update_id": number, "message": {"message_id": number, "date": 0, "chat": place, "text": text}}


def pressed(number: int, data: str, *, chat: int = 77) -> dict[str, Any]:
    """An update: a button of a message of ours."""
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}}
    return {"update_id": number, "callback_query": {"id": f"press-{number}", "data": data, "message": message}}
