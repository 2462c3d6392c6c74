#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# curl and jq under the conformance suite, started once for each case:
#
#     gemini-mock conformance run -- Tests/Clients/curl/client.sh
#
# It is what the documentation's samples are: a question, an answer, nothing tried again.
set -uo pipefail

base=$GEMINI_BASE_URL/v1beta
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=()

unsupported() {
    jq -n --arg why "$1" '{unsupported: $why}' >"$GEMINI_MOCK_OUT"
    exit 77
}

# The value of a parameter of the step at hand; nothing where it has none.
parameter() { jq -r --arg name "$1" '.[$name] // empty' <<<"$step"; }

# Calls; the body is in $work/body then, curl's exit code in $code, the status in $status.
call() {
    local limit
    limit=$(parameter timeout)
    status=$(curl --disable --silent --show-error --noproxy '*' --no-buffer ${limit:+--max-time "$limit"} \
        -H "x-goog-api-key: $GEMINI_API_KEY" -D "$work/head" -o "$work/body" -w '%{http_code}' "$@" 2>"$work/problem")
    code=$?
    touch "$work/body"
}

ask() { call -H 'Content-Type: application/json' --data-binary @"$work/question" "$@"; }

question() {
    jq -c '{contents: [{role: "user", parts: [{text: (.text // "")}]}]}
        + if .system then {systemInstruction: {parts: [{text: .system}]}} else {} end' <<<"$step" >"$work/question"
    jq -e 'has("tools") or has("previous") or has("file") or has("inline")' <<<"$step" >/dev/null \
        && unsupported "tools, files and conversations"
    model=$(parameter model)
    model=models/${model#models/}
    [ "$model" != models/ ] || model=models/gemini-3.5-flash
}

# A result from the answers in a file, one a line, and from what curl and HTTP say.
tell() {
    jq -c -n --argjson code "$code" --arg status "$status" --rawfile problem "$work/problem" --slurpfile chunks "$1" '
        def merged: ($chunks | map(if type == "array" then .[] else . end));
        def parts: [merged[] | .candidates[0]? | .content?.parts[]?];
        (merged | map(.error? // empty) | first) as $error
        | {ok: ($code == 0 and $status == "200" and $error == null), chunks: ($chunks | length)}
        + {text: ([parts[] | select(.thought != true) | .text // empty] | join(""))}
        + {thought: ([parts[] | select(.thought == true) | .text // empty] | join(""))}
        + {finish_reason: ([merged[] | .candidates[0]?.finishReason? // empty] | last)}
        + {finish_message: ([merged[] | .candidates[0]?.finishMessage? // empty] | last)}
        + {block_reason: ([merged[] | .promptFeedback?.blockReason? // empty] | last)}
        + {inline: ([parts[] | .inlineData // empty | {mime: .mimeType, bytes: (.data | gsub("[^A-Za-z0-9+/]"; "") | length * 3 / 4 | floor)}]
            | if . == [] then null else . end)}
        + {usage: ([merged[] | .usageMetadata? // empty] | last)}
        + {tokens: ([merged[] | .totalTokens? // empty] | last)}
        + (if $code != 0 or $status != "200" or $error != null then
            {error: ({class: (if $code == 28 then "timeout" elif $code != 0 then "network" else "api" end),
                http: ($status | tonumber | if . == 0 then null else . end), status: $error.status?,
                message: ($error.message? // $problem), details: $error.details?,
                reason: ([$error.details[]?.reason? // empty] | first),
                fields: [$error.details[]?.fieldViolations[]?.field]} | with_entries(select(.value != null)))}
           else {} end)
        | with_entries(select(.value != null and .value != ""))' 2>/dev/null ||
        jq -c -n --arg status "$status" --rawfile body "$work/body" '{ok: false, error: {class: "protocol",
            http: ($status | tonumber), message: "no JSON: \($body[:300])"}}'
}

# The API's own words for a file, as a result.
tell_file() {
    jq -c --slurpfile answer "$work/body" '. + {file: ($answer[0].file? // $answer[0]
        | if .sizeBytes then .sizeBytes |= tonumber else . end)}' <<<"$1" 2>/dev/null || echo "$1"
}

# The name of the file that a step means: of an earlier step, or as it stands there.
named() {
    local of
    of=$(parameter file)
    if [[ $of =~ ^[0-9]+$ ]]; then of=$(jq -r '(.file.name // empty)' <<<"${results[$of]}"); fi
    echo "$of"
}

upload() {
    local path mime size url
    path=$(parameter path) mime=$(parameter mime)
    [ -n "$mime" ] || mime=$(file --brief --mime-type "$path" 2>/dev/null || echo application/octet-stream)
    size=$(wc -c <"$path")
    jq -c '{file: ({} + if .display_name then {display_name} else {} end)}' <<<"$step" >"$work/question"
    ask -H 'X-Goog-Upload-Protocol: resumable' -H 'X-Goog-Upload-Command: start' \
        -H "X-Goog-Upload-Header-Content-Length: $((size))" -H "X-Goog-Upload-Header-Content-Type: $mime" \
        "$GEMINI_BASE_URL/upload/v1beta/files"
    url=$(sed -n 's/^x-goog-upload-url: *//Ip' "$work/head" | tr -d '\r')
    if [ "$status" != 200 ] || [ -z "$url" ]; then
        tell "$work/body" | jq -c '.ok = false | .error.message = (.error.message // "there is no upload URL")'
        return
    fi
    call -H 'Expect:' -H 'X-Goog-Upload-Offset: 0' -H 'X-Goog-Upload-Command: upload, finalize' \
        --data-binary @"$path" "$url"
    # What has no file in it is no success, whatever its status.
    tell_file "$(tell "$work/body")" | jq -c 'if .file.name? then . else .ok = false | .error.message = (.error.message // "there is no file") end'
}

list_files() {
    local size token= all='[]'
    size=$(parameter page_size)
    while :; do
        call "$base/files?pageSize=${size:-10}${token:+&pageToken=$token}"
        [ "$status" = 200 ] || { tell "$work/body"; return; }
        all=$(jq -c --argjson all "$all" '$all + [.files[]?]' "$work/body")
        token=$(jq -r '.nextPageToken // empty | @uri' "$work/body")
        [ -n "$token" ] || break
    done
    jq -c '{ok: true, files: map(if .sizeBytes then .sizeBytes |= tonumber else . end)}' <<<"$all"
}

perform() {
    case $(parameter do) in
        generate)
            question
            ask "$base/$model:generateContent"
            tell "$work/body"
            ;;
        count_tokens)
            question
            ask "$base/$model:countTokens"
            tell "$work/body"
            ;;
        stream)
            question
            [ -z "$(parameter cancel_after)" ] || unsupported "to stop in the middle"
            if [ "$(parameter framing)" = json ]; then
                ask "$base/$model:streamGenerateContent"
                tell "$work/body"
            else
                ask "$base/$model:streamGenerateContent?alt=sse"
                # An error comes without “data:”.
                if grep -q '^data:' "$work/body"; then
                    tr -d '\r' <"$work/body" | sed -n 's/^data: \{0,1\}//p' | grep -v '^\[DONE\]$' >"$work/events"
                else
                    cp "$work/body" "$work/events"
                fi
                tell "$work/events"
            fi
            ;;
        upload) upload ;;
        get_file)
            call "$base/$(named)"
            tell_file "$(tell "$work/body")"
            ;;
        delete_file)
            call -X DELETE "$base/$(named)"
            tell "$work/body"
            ;;
        list_files) list_files ;;
        *) exit 77 ;;
    esac
}

count=$(jq '.steps | length' <<<"$GEMINI_MOCK_TASK")
for ((number = 0; number < count; number++)); do
    step=$(jq -c ".steps[$number]" <<<"$GEMINI_MOCK_TASK")
    result=$(perform)
    # `unsupported` has ended the subshell alone.
    [ $? -ne 77 ] || exit 77
    results+=("$result")
    [ "$(jq '.ok' <<<"$result")" = true ] || break
done
printf '%s\n' "${results[@]}" | jq -c -s '{steps: .}' >"$GEMINI_MOCK_OUT"
