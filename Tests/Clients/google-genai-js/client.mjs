// SPDX-License-Identifier: Apache-2.0
//
// Google's client for JavaScript under the conformance suite: a worker that gets a case a line and answers with a line.
//
//     npm install @google/genai && gemini-mock conformance run --worker -- node client.mjs

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { GoogleGenAI } from "@google/genai";

const MODEL = "gemini-3.5-flash";

class Unsupported extends Error {}

function take(told, chunk) {
    told.chunks = (told.chunks ?? 0) + 1;
    const candidate = chunk.candidates?.[0];
    for (const part of candidate?.content?.parts ?? []) {
        if (part.text !== undefined) {
            const name = part.thought ? "thought" : "text";
            told[name] = (told[name] ?? "") + part.text;
        }
        if (part.functionCall) (told.calls ??= []).push(part.functionCall);
        if (part.inlineData) {
            const bytes = Buffer.from(part.inlineData.data ?? "", "base64").length;
            (told.inline ??= []).push({ mime: part.inlineData.mimeType, bytes });
        }
    }
    if (candidate?.finishReason) told.finish_reason = candidate.finishReason;
    if (candidate?.finishMessage) told.finish_message = candidate.finishMessage;
    if (chunk.promptFeedback?.blockReason) told.block_reason = chunk.promptFeedback.blockReason;
    if (chunk.usageMetadata) told.usage = chunk.usageMetadata;
}

// An exception by the protocol; nothing is told but what it carries.
function errorOf(error) {
    const told = { class: error?.name ?? "Error", message: String(error?.message ?? error) };
    if (typeof error?.status !== "number") return told;
    told.class = "api";
    told.http = error.status;
    let body = error.error;
    try {
        body ??= JSON.parse(told.message);
    } catch {
        // The message is a page or a sentence.
    }
    const inner = (Array.isArray(body) ? body[0] : body)?.error ?? body;
    if (inner?.status ?? inner?.code) told.status = inner.status ?? inner.code;
    if (inner?.message) told.message = inner.message;
    if (Array.isArray(inner?.details)) {
        told.details = inner.details;
        told.reason = inner.details.find((detail) => detail.reason)?.reason;
        told.fields = inner.details.flatMap((detail) => (detail.fieldViolations ?? []).map((found) => found.field));
    }
    return told;
}

class Case {
    constructor(task) {
        this.steps = task.steps;
        this.ai = new GoogleGenAI({ apiKey: task.api_key, httpOptions: { baseUrl: task.base_url } });
        this.files = {};
        this.interactions = {};
    }

    async run() {
        const steps = [];
        for (const [number, step] of this.steps.entries()) {
            const action = this[`do_${step.do}`];
            if (!action) throw new Unsupported(`the verb ${step.do}`);
            const told = {};
            try {
                await action.call(this, number, step, told);
                told.ok = true;
            } catch (error) {
                if (error instanceof Unsupported) throw error;
                told.ok = false;
                told.error = errorOf(error);
            }
            steps.push(told);
            if (!told.ok) break;
        }
        return { steps };
    }

    question(step) {
        if (step.tools || step.inline) throw new Unsupported("this adapter runs no functions and sends no bytes");
        const config = {};
        if (step.timeout) config.httpOptions = { timeout: step.timeout * 1000 };
        if (step.system) config.systemInstruction = step.system;
        const parts = step.text === undefined ? [] : [{ text: step.text }];
        const file = this.files[step.file];
        if (step.file !== undefined) {
            parts.unshift({ fileData: { fileUri: file?.uri ?? String(step.file), mimeType: file?.mimeType } });
        }
        return { model: step.model ?? MODEL, contents: [{ role: "user", parts }], config };
    }

    // The chat of a case that is a conversation; undefined for one that is none.
    chat(step) {
        if (!this.steps.some((other) => other.previous !== undefined)) return undefined;
        if (step.previous === undefined) this.talk = this.ai.chats.create({ model: step.model ?? MODEL });
        return this.talk;
    }

    async do_generate(number, step, told) {
        const question = this.question(step);
        const message = { message: question.contents[0].parts, config: question.config };
        const chat = this.chat(step);
        take(told, await (chat ? chat.sendMessage(message) : this.ai.models.generateContent(question)));
    }

    async do_stream(number, step, told) {
        if (step.framing === "json") throw new Unsupported("it always asks for server-sent events");
        const question = this.question(step);
        const abort = new AbortController();
        question.config.abortSignal = abort.signal;
        const message = { message: question.contents[0].parts, config: question.config };
        const chat = this.chat(step);
        const chunks = await (chat ? chat.sendMessageStream(message) : this.ai.models.generateContentStream(question));
        for await (const chunk of chunks) {
            take(told, chunk);
            if (told.chunks === step.cancel_after) {
                told.cancelled = true;
                abort.abort();
                break;
            }
        }
    }

    async do_count_tokens(number, step, told) {
        told.tokens = (await this.ai.models.countTokens(this.question(step))).totalTokens;
    }

    file(told, number, file) {
        this.files[number] = file;
        told.file = { ...file };
        if (file.sizeBytes !== undefined) told.file.sizeBytes = Number(file.sizeBytes);
    }

    async do_upload(number, step, told) {
        const config = { mimeType: step.mime, displayName: step.display_name };
        this.file(told, number, await this.ai.files.upload({ file: step.path, config }));
    }

    async do_wait_active() {
        throw new Unsupported("waiting for a file is left to the caller");
    }

    name(step) {
        return this.files[step.file]?.name ?? step.file;
    }

    async do_get_file(number, step, told) {
        this.file(told, number, await this.ai.files.get({ name: this.name(step) }));
    }

    async do_delete_file(number, step) {
        await this.ai.files.delete({ name: this.name(step) });
    }

    async do_list_files(number, step, told) {
        told.files = [];
        const config = step.page_size ? { pageSize: step.page_size } : {};
        for await (const file of await this.ai.files.list({ config })) told.files.push(file);
    }
}

async function answer(task) {
    try {
        return await new Case(task).run();
    } catch (error) {
        if (error instanceof Unsupported) return { unsupported: error.message };
        return { steps: [{ ok: false, error: errorOf(error) }] };
    }
}

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
// What the package reads of the machine's environment isn't meant.
for (const name of ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL"]) delete process.env[name];
let version;
try {
    version = createRequire(import.meta.url)("@google/genai/package.json").version;
} catch {
    // It doesn't let its own description be read.
}
say({ client: "@google/genai (JavaScript)", version, parallel: 16 });
for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    answer(task).then((result) => say({ id: task.id, ...result }));
}
