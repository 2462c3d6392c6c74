# SPDX-License-Identifier: Apache-2.0
"""Runs the snippets of an audio guide, saved as text, as they stand.

    guide.py [--list] [--only LANGUAGE] TEXT SOUND BASE_URL

Replaced are the paths of sounds, by SOUND, in the curl ones YOUR_FILE_URI, by that of an uploaded SOUND, and the base URL; the
Python ones find theirs in GOOGLE_GEMINI_BASE_URL. Prints a line for each snippet: `ok LANGUAGE LINE`, `FAILED LANGUAGE LINE: reason`, or
`skipped LANGUAGE LINE: reason` where it is about another API. Exit code 1 where one failed.
"""

import os
import re
import subprocess
import sys
import tempfile

LANGUAGES = {"Python", "JavaScript", "Go", "REST"}
SERVICE = "https://generativelanguage.googleapis.com"


def snippets(text):
    """Language, line number and lines of each; what follows the last line of code is prose."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line in LANGUAGES] + [len(lines)]
    for start, end in zip(starts, starts[1:]):
        found = {"Python": python_lines, "REST": shell_lines}.get(lines[start])
        if found:
            yield lines[start], start + 1, found(lines[start + 1:end])


def python_lines(lines):
    """As many lines as compile, with the indentation that the text has lost put back."""
    for end in range(len(lines), 0, -1):
        source = indented(lines[:end])
        try:
            compile(source, "guide", "exec")
        except SyntaxError:
            continue
        return source
    return ""


def indented(lines):
    source, depth, is_function = [], 0, False
    for line in lines:
        if is_function and line.startswith("if __name__"):
            depth, is_function = 0, False
        source.append("    " * depth + line)
        if line.startswith("def ") and line.endswith(":"):
            depth, is_function = 1, True
        elif line.startswith(("with ", "if ")) and line.endswith(":"):
            depth = 1
        elif not is_function:
            # The guide's other blocks have one line.
            depth = 0
    return "\n".join(source) + "\n"


def shell_lines(lines):
    """Up to the last line that can only be a command."""
    last = max((number for number, line in enumerate(lines) if line.startswith(("jq ", "cat ", "}'", "echo"))),
               default=-1)
    return "\n".join(lines[:last + 1]) + "\n"


def reason_to_skip(language, source):
    if language == "Python" and "interactions" in source:
        return "it is about the Interactions API"
    if not re.search(r"generate_content|count_tokens|curl ", source):
        return "it sends nothing"
    return None


def before(source):
    """What a snippet that goes on with the file of an earlier one needs of that."""
    lines = []
    name = re.search(r"\b(myfile|uploaded_file)\b", source)
    needs_file = name and f"{name[0]} =" not in source
    if needs_file or "client =" not in source:
        lines += ["from google import genai", "client = genai.Client()"]
    if needs_file:
        lines.append(f"{name[0]} = client.files.upload(file='path/to/sample.mp3')")
    return "".join(line + "\n" for line in lines)


def uploaded(source):
    """What a command that names a file needs of an earlier one."""
    if "YOUR_FILE_URI" not in source:
        return ""
    return (f'uri=$(curl -sS {SERVICE}/upload/v1beta/files -H "x-goog-api-key: $GEMINI_API_KEY" '
            '-H "X-Goog-Upload-Protocol: raw" -H "Content-Type: audio/mpeg" '
            "--data-binary @path/to/sample.mp3 | jq -r .file.uri)\n")


def run(language, source, sound, base_url):
    """What is wrong, or an empty text."""
    with tempfile.TemporaryDirectory() as folder:
        if language == "Python":
            source = before(source) + source
            source = re.sub(r"path/to/[\w.-]+", sound, source)
            command = [sys.executable, "-c", source]
        else:
            source = uploaded(source) + source.replace("YOUR_FILE_URI", "'$uri'")
            source = re.sub(r"path/to/[\w.-]+", sound, source).replace(SERVICE, base_url)
            command = ["bash", "-c", source]
        result = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=60)
    output = result.stdout.strip()
    if result.returncode != 0 or not output:
        return f"it ended with {result.returncode}: {output[-300:]} {result.stderr[-500:]}"
    if '"error"' in output or output.endswith("null"):
        return f"it printed {output[-500:]}"
    return ""


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    only = None
    if arguments[0] == "--only":
        only, arguments = arguments[1], arguments[2:]
    text, sound, base_url = arguments
    passed = True
    with open(text, encoding="utf-8") as source:
        found = list(snippets(source.read()))
    for language, line, source in found:
        if only not in (None, language):
            continue
        label = f"{language} {line}"
        reason = reason_to_skip(language, source)
        if reason:
            print(f"skipped {label}: {reason}")
        elif "--list" in sys.argv:
            print(f"{label}\n{source}")
        elif problem := run(language, source, sound, base_url):
            print(f"FAILED {label}: {' '.join(problem.split())}")
            passed = False
        else:
            print(f"ok {label}")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
