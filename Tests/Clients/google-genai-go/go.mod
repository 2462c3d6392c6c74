module example.com/gemini-mock-conformance

go 1.24

require google.golang.org/genai v1.69.0
