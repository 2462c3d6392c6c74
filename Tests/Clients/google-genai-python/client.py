#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Google's Python client under the conformance suite: a worker that gets a case a line and answers with a line.

    gemini-mock conformance run --worker -- python client.py

It does what the package's documentation shows, with the package's own settings, and adds nothing that the package
doesn't do: what a client lacks is `unsupported`, not made up for.
"""

import concurrent.futures
import datetime
import inspect
import json
import mimetypes
import os
import sys
import threading

from google import genai
from google.genai import errors, types

MODEL = "gemini-3.5-flash"
PYTHON_TYPES = {"STRING": str, "NUMBER": float, "INTEGER": int, "BOOLEAN": bool, "ARRAY": list, "OBJECT": dict}


def file_of(file):
    """A file by the protocol: times in seconds since 1970, as the package has read them."""
    told = plain(file)
    for name, time in [("createTime", file.create_time), ("created", file.create_time), ("expirationTime", file.expiration_time)]:
        if time is not None:
            told[name] = time.timestamp()
    if file.size_bytes is not None:
        told["size"] = file.size_bytes
    return told


class Unsupported(Exception):
    """The package can't do such a thing."""


def plain(value):
    """What JSON can say of a value of the package."""
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    elif isinstance(value, datetime.datetime):
        value = value.isoformat()
    return value


def word(value):
    """An enum's value, or the text of one that the package doesn't know."""
    return getattr(value, "value", value)


class Told(dict):
    """What has come of a step so far; stays where the step fails."""

    def take(self, chunk):
        """An answer, or a piece of one."""
        self["chunks"] = self.get("chunks", 0) + 1
        candidate = (chunk.candidates or [None])[0]
        content = candidate.content if candidate else None
        for part in (content.parts if content else None) or []:
            if part.text is not None:
                name = "thought" if part.thought else "text"
                self[name] = self.get(name, "") + part.text
            if part.function_call:
                self.setdefault("calls", []).append(plain(part.function_call))
            if part.inline_data:
                found = {"mime": part.inline_data.mime_type, "bytes": len(part.inline_data.data or b"")}
                self.setdefault("inline", []).append(found)
        if candidate and candidate.finish_reason:
            self["finish_reason"] = word(candidate.finish_reason)
        if candidate and candidate.finish_message:
            self["finish_message"] = candidate.finish_message
        if chunk.prompt_feedback and chunk.prompt_feedback.block_reason:
            self["block_reason"] = word(chunk.prompt_feedback.block_reason)
        if chunk.usage_metadata:
            self["usage"] = plain(chunk.usage_metadata)


def error_of(error):
    """An exception by the protocol; nothing is told but what it carries."""
    name = type(error).__name__
    told = {"class": name, "message": str(error)}
    body = None
    if isinstance(error, errors.APIError):
        told |= {"class": "api", "http": error.code, "status": error.status}
        told["message"] = error.message or str(error)
        body = error.details
    elif getattr(error, "status_code", None):
        told |= {"class": "api", "http": error.status_code}
        body = getattr(error, "body", None)
        if isinstance(body, str):
            try:
                body = json.loads(body)
            except ValueError:
                body = None
    elif "Timeout" in name:
        told["class"] = "timeout"
    elif isinstance(error, ValueError):
        told["class"] = "protocol"
    elif "httpx" in type(error).__module__:
        told["class"] = "network"
    if isinstance(body, list) and body:
        body = body[0]
    inner = body.get("error", body) if isinstance(body, dict) else {}
    if isinstance(inner, dict):
        told.setdefault("status", inner.get("status") or inner.get("code"))
        details = [detail for detail in inner.get("details") or [] if isinstance(detail, dict)]
        if details:
            told["details"] = details
        for detail in details:
            if "reason" in detail:
                told.setdefault("reason", detail["reason"])
            for violation in detail.get("fieldViolations") or []:
                told.setdefault("fields", []).append(violation.get("field"))
    return {key: value for key, value in told.items() if value is not None}


class Case:
    """One case: a client of its own, and what its steps have brought so far."""

    def __init__(self, task):
        self.steps = task["steps"]
        versions = {step["api_version"] for step in self.steps if "api_version" in step}
        options = {"base_url": task["base_url"]}
        if len(versions) == 1:
            options["api_version"] = versions.pop()
        self.client = genai.Client(api_key=task["api_key"], http_options=types.HttpOptions(**options))
        self.chat = None
        self.files, self.interactions = {}, {}

    def run(self):
        results = []
        for number, step in enumerate(self.steps):
            action = getattr(self, "do_" + step["do"], None)
            if action is None:
                raise Unsupported(f"the verb {step['do']}")
            told = Told()
            try:
                action(number, step, told)
                told["ok"] = True
            except Unsupported:
                raise
            except Exception as error:
                told |= {"ok": False, "error": error_of(error)}
            results.append(told)
            if not told["ok"]:
                break
        return {"steps": results}

    def options(self, step):
        """In milliseconds where the package wants them so."""
        return types.HttpOptions(timeout=int(step["timeout"] * 1000)) if "timeout" in step else None

    # What models say.

    def functions(self, step, told):
        """Functions in Python, which the package calls by itself when the model does."""

        def function(tool):
            def call(**arguments):
                told.setdefault("run", []).append({"name": tool["name"], "args": arguments})
                return tool.get("result", {})

            properties = tool.get("parameters", {}).get("properties", {})
            kinds = {name: PYTHON_TYPES.get(str(value.get("type")).upper(), str) for name, value in properties.items()}
            kind = inspect.Parameter.KEYWORD_ONLY
            # All may be left out: the package refuses a call without what has no default.
            parameters = [inspect.Parameter(name, kind, default=None, annotation=kinds[name]) for name in kinds]
            call.__name__, call.__doc__ = tool["name"], tool.get("description", "A function.")
            call.__signature__ = inspect.Signature(parameters, return_annotation=dict)
            call.__annotations__ = {**kinds, "return": dict}
            return call

        return [function(tool) for tool in step.get("tools", [])]

    def config(self, step, told):
        return types.GenerateContentConfig(
            http_options=self.options(step),
            system_instruction=step.get("system"),
            tools=self.functions(step, told) or None,
        )

    def parts(self, step):
        parts = []
        if "file" in step:
            file = step["file"]
            parts.append(self.files[file] if file in self.files else types.Part(file_data=types.FileData(file_uri=str(file))))
        if "inline" in step:
            with open(step["inline"], "rb") as file:
                mime = mimetypes.guess_type(step["inline"])[0] or "application/octet-stream"
                parts.append(types.Part.from_bytes(data=file.read(), mime_type=mime))
        return parts + [step["text"]] if "text" in step else parts

    def talks(self):
        """Whether the case is a conversation, which the package keeps in a chat."""
        return any("previous" in step for step in self.steps)

    def talk(self, step):
        if self.chat is None or "previous" not in step:
            self.chat = self.client.chats.create(model=step.get("model", MODEL))
        return self.chat

    def do_generate(self, number, step, told):
        config = self.config(step, told)
        if self.talks():
            answer = self.talk(step).send_message(self.parts(step), config=config)
        else:
            model = step.get("model", MODEL)
            answer = self.client.models.generate_content(model=model, contents=self.parts(step), config=config)
        told.take(answer)

    def do_stream(self, number, step, told):
        if step.get("framing") == "json":
            raise Unsupported("it always asks for server-sent events")
        config = self.config(step, told)
        if self.talks():
            chunks = self.talk(step).send_message_stream(self.parts(step), config=config)
        else:
            model = step.get("model", MODEL)
            chunks = self.client.models.generate_content_stream(
                model=model, contents=self.parts(step), config=config
            )
        for chunk in chunks:
            told.take(chunk)
            if told["chunks"] == step.get("cancel_after"):
                chunks.close()
                told["cancelled"] = True
                break

    def do_count_tokens(self, number, step, told):
        config = types.CountTokensConfig(http_options=self.options(step))
        model = step.get("model", MODEL)
        answer = self.client.models.count_tokens(model=model, contents=self.parts(step), config=config)
        told["tokens"] = answer.total_tokens

    # Files.

    def file(self, told, number, file):
        self.files[number] = file
        told["file"] = file_of(file)

    def name_of(self, step):
        file = step["file"]
        return self.files[file].name if file in self.files else file

    def do_upload(self, number, step, told):
        config = types.UploadFileConfig(
            mime_type=step.get("mime"), display_name=step.get("display_name"), http_options=self.options(step)
        )
        self.file(told, number, self.client.files.upload(file=step["path"], config=config))

    def do_wait_active(self, number, step, told):
        raise Unsupported("waiting for a file is left to the caller")

    def do_get_file(self, number, step, told):
        self.file(told, number, self.client.files.get(name=self.name_of(step)))

    def do_list_files(self, number, step, told):
        size = step.get("page_size")
        pager = self.client.files.list(config={"page_size": size} if size else None)
        told["files"] = [file_of(file) for file in pager]

    def do_delete_file(self, number, step, told):
        self.client.files.delete(name=self.name_of(step))

    # Interactions.

    def interaction(self, told, number, found):
        self.interactions[number] = found.id
        told["interaction"] = {"id": found.id, "status": word(found.status)}
        texts, calls = [], []
        for step in found.steps or []:
            if step.type == "function_call":
                calls.append({"id": step.id, "name": step.name, "args": step.arguments})
            if step.type == "model_output":
                texts += [part.text for part in step.content or [] if getattr(part, "type", "") == "text"]
        told["text"] = "".join(texts)
        if calls:
            told["calls"] = calls
        if found.usage:
            told["usage"] = plain(found.usage)

    def events(self, told, number, events, step):
        """Put together from the events, as the package's documentation shows it."""
        for event in events:
            told["chunks"] = told.get("chunks", 0) + 1
            kind = event.event_type
            if getattr(event, "interaction", None):
                found = {"id": event.interaction.id, "status": word(event.interaction.status)}
                told["interaction"] = told.get("interaction", {}) | {k: v for k, v in found.items() if v}
                self.interactions[number] = event.interaction.id
                if getattr(event.interaction, "usage", None):
                    told["usage"] = plain(event.interaction.usage)
            if kind == "step.delta" and event.delta.type == "text":
                told["text"] = told.get("text", "") + event.delta.text
            if kind == "step.start" and event.step.type == "function_call":
                call = {"id": event.step.id, "name": event.step.name, "index": event.index, "text": ""}
                told.setdefault("calls", []).append(call)
            if kind == "step.delta" and event.delta.type == "arguments_delta":
                for call in told.get("calls", []):
                    if call.get("index") == event.index:
                        call["text"] += event.delta.arguments
            if kind == "error":
                told["error_event"] = plain(event.error)
            if told["chunks"] == step.get("cancel_after"):
                events.close()
                told["cancelled"] = True
                break
        for call in told.get("calls", []):
            call["args"] = json.loads(call.pop("text") or "{}")
            call.pop("index")

    def do_interact(self, number, step, told):
        if step.get("background") and step.get("wait", True) and not step.get("stream"):
            raise Unsupported("waiting for a run is left to the caller")
        body = {"model": step.get("model", MODEL), "input": step.get("text", "")}
        for name in ["background", "store", "stream"]:
            if name in step:
                body[name] = step[name]
        if "timeout" in step:
            body["timeout"] = step["timeout"]
        if "previous" in step:
            previous = step["previous"]
            body["previous_interaction_id"] = self.interactions.get(previous, previous)
        tools = step.get("tools", [])
        if tools:
            body["tools"] = [
                {
                    "type": "function", "name": tool["name"], "description": tool.get("description", "A function."),
                    "parameters": tool.get("parameters", {"type": "object"}),
                }
                for tool in tools
            ]
        for _ in range(8):
            answer = self.client.interactions.create(**body)
            if step.get("stream"):
                self.events(told, number, answer, step)
            else:
                self.interaction(told, number, answer)
            calls = told.pop("calls", [])
            if told["interaction"]["status"] != "requires_action" or not calls or "cancelled" in told:
                break
            told.setdefault("run", []).extend(calls)
            results = {tool["name"]: tool.get("result", {}) for tool in tools}
            body["previous_interaction_id"] = told["interaction"]["id"]
            body["input"] = [
                {"type": "function_result", "call_id": call["id"], "name": call["name"], "result": results[call["name"]]}
                for call in calls if call["name"] in results
            ]
        if calls:
            told["calls"] = calls

    def do_resume(self, number, step, told):
        raise Unsupported("to go on with a stream is left to the caller")

    def do_cancel(self, number, step, told):
        of = step.get("of", number - 1)
        self.interaction(told, number, self.client.interactions.cancel(id=self.interactions.get(of, of)))


def answer(task):
    try:
        return Case(task).run()
    except Unsupported as reason:
        return {"unsupported": str(reason)}


def work():
    gate = threading.Lock()

    def say(value):
        text = json.dumps(value, ensure_ascii=False, default=str)
        with gate:
            print(text, flush=True)

    def one(line):
        task = json.loads(line)
        say({"id": task["id"]} | answer(task))

    parallel = 12
    say({"client": "google-genai (Python)", "version": genai.__version__, "parallel": parallel})
    with concurrent.futures.ThreadPoolExecutor(parallel) as pool:
        for line in sys.stdin:
            pool.submit(one, line)


if __name__ == "__main__":
    # What the package reads of the machine's environment isn't meant.
    for name in ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL", "GOOGLE_GENAI_USE_VERTEXAI"]:
        os.environ.pop(name, None)
    sys.stdout.reconfigure(encoding="utf-8")
    work()
