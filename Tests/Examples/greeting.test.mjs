// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const scenario = fileURLToPath(new URL("greeting.yaml", import.meta.url));
let server, url;

before(async () => {
  const options = ["serve", "--port", "0", "--json", "--strict", "--scenario", scenario];
  server = spawn("gemini-mock", options, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface(server.stdout), "line");
  url = JSON.parse(line).baseURL;
});

after(async () => {
  server.kill();
  await once(server, "exit");
});

test("greets", async () => {
  const response = await fetch(`${url}/v1beta/models/gemini-3.5-flash:generateContent`, {
    method: "POST",
    headers: { "x-goog-api-key": "any-key", "content-type": "application/json" },
    body: JSON.stringify({ contents: [{ parts: [{ text: "Say hello" }] }] }),
  });
  assert.equal(response.status, 200);
  const answer = await response.json();
  assert.equal(answer.candidates[0].content.parts[0].text, "Good day");

  const expected = { when: { endpoint: "generateContent", lastText: "hello" }, min: 1, max: 1 };
  const result = await fetch(`${url}/__admin/verify`, { method: "POST", body: JSON.stringify(expected) });
  const { passed, message } = await result.json();
  assert.ok(passed, message);
});
