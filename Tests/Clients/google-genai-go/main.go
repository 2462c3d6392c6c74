// SPDX-License-Identifier: Apache-2.0

// Google's client for Go under the conformance suite: a worker that gets a case a line and answers with a line.
//
//	go build -o client . && gemini-mock conformance run --worker -- ./client
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"google.golang.org/genai"
)

const usualModel = "gemini-3.5-flash"

type step struct {
	Do          string          `json:"do"`
	Model       string          `json:"model"`
	Text        string          `json:"text"`
	System      string          `json:"system"`
	Framing     string          `json:"framing"`
	Path        string          `json:"path"`
	Mime        string          `json:"mime"`
	DisplayName string          `json:"display_name"`
	Timeout     float64         `json:"timeout"`
	CancelAfter int             `json:"cancel_after"`
	Tools       json.RawMessage `json:"tools"`
	Previous    *int            `json:"previous"`
	File        json.RawMessage `json:"file"`
	Inline      json.RawMessage `json:"inline"`
}

type task struct {
	ID      string `json:"id"`
	BaseURL string `json:"base_url"`
	APIKey  string `json:"api_key"`
	Steps   []step `json:"steps"`
}

type told map[string]any

type unsupported string

func (reason unsupported) Error() string { return string(reason) }

func (result told) take(answer *genai.GenerateContentResponse) {
	count, _ := result["chunks"].(int)
	result["chunks"] = count + 1
	if len(answer.Candidates) > 0 && answer.Candidates[0] != nil {
		candidate := answer.Candidates[0]
		if candidate.Content != nil {
			for _, part := range candidate.Content.Parts {
				if part == nil || part.Text == "" {
					continue
				}
				name := "text"
				if part.Thought {
					name = "thought"
				}
				before, _ := result[name].(string)
				result[name] = before + part.Text
			}
		}
		if candidate.FinishReason != "" {
			result["finish_reason"] = candidate.FinishReason
		}
		if candidate.FinishMessage != "" {
			result["finish_message"] = candidate.FinishMessage
		}
	}
	if answer.PromptFeedback != nil && answer.PromptFeedback.BlockReason != "" {
		result["block_reason"] = answer.PromptFeedback.BlockReason
	}
	if answer.UsageMetadata != nil {
		result["usage"] = answer.UsageMetadata
	}
}

// An error by the protocol; nothing is told but what it carries.
func errorOf(err error) told {
	var api genai.APIError
	switch {
	case errors.As(err, &api):
		result := told{"class": "api", "http": api.Code, "status": api.Status, "message": api.Message}
		if len(api.Details) > 0 {
			result["details"] = api.Details
		}
		for _, detail := range api.Details {
			if reason, ok := detail["reason"]; ok {
				result["reason"] = reason
			}
		}
		return result
	case errors.Is(err, context.DeadlineExceeded):
		return told{"class": "timeout", "message": err.Error()}
	default:
		return told{"class": fmt.Sprintf("%T", err), "message": err.Error()}
	}
}

func perform(ctx context.Context, client *genai.Client, step step, result told) error {
	if step.Tools != nil || step.Previous != nil || step.Inline != nil {
		return unsupported("this adapter runs no functions, sends no bytes and leads no conversations")
	}
	if step.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(step.Timeout*float64(time.Second)))
		defer cancel()
	}
	model := step.Model
	if model == "" {
		model = usualModel
	}
	config := &genai.GenerateContentConfig{}
	if step.System != "" {
		config.SystemInstruction = genai.NewContentFromText(step.System, genai.RoleUser)
	}
	switch step.Do {
	case "generate":
		answer, err := client.Models.GenerateContent(ctx, model, genai.Text(step.Text), config)
		if err == nil {
			result.take(answer)
		}
		return err
	case "stream":
		if step.Framing == "json" {
			return unsupported("it always asks for server-sent events")
		}
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		for answer, err := range client.Models.GenerateContentStream(ctx, model, genai.Text(step.Text), config) {
			if err != nil {
				return err
			}
			result.take(answer)
			if result["chunks"] == step.CancelAfter {
				result["cancelled"] = true
				break
			}
		}
		return nil
	case "count_tokens":
		answer, err := client.Models.CountTokens(ctx, model, genai.Text(step.Text), nil)
		if err == nil {
			result["tokens"] = answer.TotalTokens
		}
		return err
	case "upload":
		config := &genai.UploadFileConfig{MIMEType: step.Mime, DisplayName: step.DisplayName}
		file, err := client.Files.UploadFromPath(ctx, step.Path, config)
		if err == nil {
			result["file"] = file
		}
		return err
	default:
		return unsupported("the verb " + step.Do)
	}
}

func answer(task task) told {
	ctx := context.Background()
	client, err := genai.NewClient(ctx, &genai.ClientConfig{
		APIKey: task.APIKey, Backend: genai.BackendGeminiAPI, HTTPOptions: genai.HTTPOptions{BaseURL: task.BaseURL},
	})
	if err != nil {
		return told{"id": task.ID, "steps": []told{{"ok": false, "error": errorOf(err)}}}
	}
	results := []told{}
	for _, step := range task.Steps {
		result := told{}
		err := perform(ctx, client, step, result)
		var reason unsupported
		if errors.As(err, &reason) {
			return told{"id": task.ID, "unsupported": reason.Error()}
		}
		result["ok"] = err == nil
		if err != nil {
			result["error"] = errorOf(err)
		}
		results = append(results, result)
		if err != nil {
			break
		}
	}
	return told{"id": task.ID, "steps": results}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	if info != nil {
		for _, module := range info.Deps {
			if module.Path == "google.golang.org/genai" {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return ""
}

func main() {
	// What the package reads of the machine's environment isn't meant.
	for _, name := range []string{"GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL"} {
		os.Unsetenv(name)
	}
	var gate sync.Mutex
	say := func(value told) {
		line, err := json.Marshal(value)
		if err != nil {
			line, _ = json.Marshal(told{"id": value["id"], "unsupported": err.Error()})
		}
		gate.Lock()
		defer gate.Unlock()
		fmt.Println(string(line))
	}
	say(told{"client": "google.golang.org/genai (Go)", "version": version(), "parallel": 16})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64<<20)
	var group sync.WaitGroup
	for lines.Scan() {
		var task task
		if err := json.Unmarshal(lines.Bytes(), &task); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(64)
		}
		group.Add(1)
		go func() {
			defer group.Done()
			say(answer(task))
		}()
	}
	group.Wait()
}
