// SPDX-License-Identifier: Apache-2.0

/// The models that the fake knows by name.
///
/// - `recorded`: the first page of `GET /v1beta/models` as recorded on 2026-08-05 (50 models), in the order
///   and with the values of the recording. Rows that the service has dropped since, such as 2.0 Flash, stay,
///   so that this page is what a client of that day got.
/// - `listedLater`: what followed on the next page that month, again in the service's order, then models
///   published since. No listing was at hand for the 3.8 TTS pair, nor for the `version` of the last three
///   live previews; there the values follow the nearest sibling.
/// - `retired`: gone. For these names the real service answers 404 NOT_FOUND, to `GET models/…` and to every
///   method; the fake keeps answering, because the tests of older clients still call them. The values are
///   those of a late listing, as far as one is known.
///
/// All values but the descriptions are the service's; the descriptions are our own.
enum ModelTable {
    static let models: [Model] = current + retired

    static let current: [Model] = recorded + listedLater

    // MARK: Alive

    static let recorded: [Model] = [
        chat(
            "gemini-2.5-flash", "001", "Gemini 2.5 Flash",
            "General-purpose 2.5 model with thinking and a one-million-token context."),
        chat(
            "gemini-2.5-pro", "2.5", "Gemini 2.5 Pro",
            "Larger 2.5 model for longer reasoning; thinking cannot be switched off."),
        older(
            "gemini-2.0-flash", "2.0", "Gemini 2.0 Flash",
            "Alias of the 2.0 Flash release, without thinking."),
        older(
            "gemini-2.0-flash-001", "2.0", "Gemini 2.0 Flash 001",
            "Pinned release of 2.0 Flash from the start of 2025."),
        older(
            "gemini-2.0-flash-lite-001", "2.0", "Gemini 2.0 Flash-Lite 001",
            "Pinned release of the small 2.0 model."),
        older(
            "gemini-2.0-flash-lite", "2.0", "Gemini 2.0 Flash-Lite",
            "Alias of the small 2.0 model."),
        speech(
            "gemini-2.5-flash-preview-tts", "gemini-2.5-flash-exp-tts-2025-05-19",
            "Gemini 2.5 Flash Preview TTS",
            "Text to speech on 2.5 Flash, one or two voices.",
            methods: ["countTokens", "generateContent"]),
        speech(
            "gemini-2.5-pro-preview-tts", "gemini-2.5-pro-preview-tts-2025-05-19",
            "Gemini 2.5 Pro Preview TTS",
            "Text to speech on 2.5 Pro, one or two voices.",
            methods: ["countTokens", "generateContent", "batchGenerateContent"]),
        chat(
            "gemma-4-26b-a4b-it", "001", "Gemma 4 26B A4B IT",
            "Open-weight mixture of experts, instruction-tuned, about four billion active parameters.",
            input: 262_144, output: 32_768, methods: generation),
        chat(
            "gemma-4-31b-it", "001", "Gemma 4 31B IT",
            "Open-weight dense model, instruction-tuned.",
            input: 262_144, output: 32_768, methods: generation),
        chat(
            "gemini-flash-latest", "Gemini Flash Latest", "Gemini Flash Latest",
            "Alias that moves to the newest Flash model."),
        chat(
            "gemini-flash-lite-latest", "Gemini Flash-Lite Latest", "Gemini Flash-Lite Latest",
            "Alias that moves to the newest Flash-Lite model."),
        chat(
            "gemini-pro-latest", "Gemini Pro Latest", "Gemini Pro Latest",
            "Alias that moves to the newest Pro model."),
        chat(
            "gemini-2.5-flash-lite", "001", "Gemini 2.5 Flash-Lite",
            "Smallest 2.5 model; thinking is off unless asked for."),
        image(
            "gemini-2.5-flash-image", "2.0", "Nano Banana",
            "Makes and edits images in a conversation, on 2.5 Flash.",
            input: 32_768, output: 32_768, thinking: false),
        chat(
            "gemini-3-pro-preview", "3-pro-preview-11-2025", "Gemini 3 Pro Preview",
            "First preview of the third-generation Pro model."),
        chat(
            "gemini-3-flash-preview", "3-flash-preview-12-2025", "Gemini 3 Flash Preview",
            "First preview of the third-generation Flash model."),
        chat(
            "gemini-3.1-pro-preview", "3.1-pro-preview-01-2026", "Gemini 3.1 Pro Preview",
            "Preview of the 3.1 Pro model."),
        chat(
            "gemini-3.1-pro-preview-customtools", "3.1-pro-preview-01-2026",
            "Gemini 3.1 Pro Preview Custom Tools",
            "The 3.1 Pro preview, tuned to call the caller's own functions first."),
        chat(
            "gemini-3.1-flash-lite-preview", "3.1-flash-lite-preview-03-2026",
            "Gemini 3.1 Flash Lite Preview",
            "Preview of the small 3.1 model."),
        chat(
            "gemini-3.1-flash-lite", "3.1-flash-lite-05-2026", "Gemini 3.1 Flash Lite",
            "Stable release of the small 3.1 model."),
        image(
            "gemini-3-pro-image-preview", "3.0", "Nano Banana Pro",
            "Preview of image generation on 3 Pro.",
            input: 131_072, output: 32_768),
        image(
            "gemini-3-pro-image", "3.0", "Nano Banana Pro",
            "Stable release of image generation on 3 Pro.",
            input: 131_072, output: 32_768),
        image(
            "nano-banana-pro-preview", "3.0", "Nano Banana Pro",
            "Second name of the 3 Pro image preview.",
            input: 131_072, output: 32_768),
        image(
            "gemini-3.1-flash-image-preview", "3.0", "Nano Banana 2",
            "Preview of image generation on 3.1 Flash.",
            input: 65_536, output: 65_536),
        image(
            "gemini-3.1-flash-image", "3.0", "Nano Banana 2",
            "Stable release of image generation on 3.1 Flash.",
            input: 65_536, output: 65_536),
        image(
            "gemini-3.1-flash-lite-image", "3.0", "Nano Banana 2 Lite",
            "Image generation on the small 3.1 model.",
            input: 65_536, output: 65_536),
        chat(
            "gemini-3.5-flash", "3.5-flash-05-2026", "Gemini 3.5 Flash",
            "General-purpose 3.5 model of May 2026."),
        chat(
            "gemini-3.5-flash-lite", "3.5-flash-lite-07-2026", "Gemini 3.5 Flash Lite",
            "Small 3.5 model of July 2026."),
        chat(
            "gemini-omni-flash-preview", "001", "Gemini Omni Flash Preview",
            "Preview of a model that takes and makes several kinds of media.",
            input: 131_072, methods: generation),
        chat(
            "gemini-3.6-flash", "3.6-flash-07-2026", "Gemini 3.6 Flash",
            "General-purpose 3.6 model of July 2026."),
        chat(
            "lyria-3-clip-preview", "lyria-3-clip-preview", "Lyria 3 Clip Preview",
            "Makes music clips of half a minute.",
            methods: generation, thinking: false),
        chat(
            "lyria-3-pro-preview", "lyria-3-pro-preview", "Lyria 3 Pro Preview",
            "Makes whole songs.",
            methods: generation, thinking: false),
        speech(
            "gemini-3.1-flash-tts-preview", "3.1-flash-tts-preview", "Gemini 3.1 Flash TTS Preview",
            "Text to speech on 3.1 Flash.",
            methods: ["generateContent", "countTokens", "batchGenerateContent"], thinking: true),
        chat(
            "gemini-robotics-er-1.5-preview", "1.5-preview", "Gemini Robotics-ER 1.5 Preview",
            "Spatial reasoning for robots, first public preview.",
            methods: generation),
        chat(
            "gemini-robotics-er-1.6-preview", "1.6-preview", "Gemini Robotics-ER 1.6 Preview",
            "Spatial reasoning for robots, version 1.6.",
            input: 131_072),
        chat(
            "gemini-robotics-er-2-preview", "2-preview", "Gemini Robotics-ER 2 Preview",
            "Spatial reasoning for robots, second generation.",
            input: 131_072),
        chat(
            "gemini-2.5-computer-use-preview-10-2025", "Gemini 2.5 Computer Use Preview 10-2025",
            "Gemini 2.5 Computer Use Preview 10-2025",
            "Reads screenshots and answers with mouse and keyboard actions.",
            input: 131_072, methods: generation),
        row(
            "antigravity-preview-05-2026", "0.1", "Antigravity Agent Preview",
            "Coding agent, called through the interactions API.",
            131_072, 65_536, generation),
        chat(
            "deep-research-max-preview-04-2026", "deepthink-exp-05-20",
            "Deep Research Max Preview (Apr-21-2026)",
            "Research agent with the larger budget, called through the interactions API.",
            input: 131_072, methods: generation),
        chat(
            "deep-research-preview-04-2026", "deepthink-exp-05-20",
            "Deep Research Preview (Apr-21-2026)",
            "Research agent of April 2026, called through the interactions API.",
            input: 131_072, methods: generation),
        chat(
            "deep-research-pro-preview-12-2025", "deepthink-exp-05-20",
            "Deep Research Pro Preview (Dec-12-2025)",
            "First research agent of the API, December 2025.",
            input: 131_072, methods: generation),
        embedding(
            "gemini-embedding-001", "001", "Gemini Embedding 001",
            "Text embeddings of up to 3072 dimensions.",
            input: 2_048),
        embedding(
            "gemini-embedding-2-preview", "2", "Gemini Embedding 2 Preview",
            "Preview of embeddings for text, images, audio, video and PDF.",
            input: 8_192),
        embedding(
            "gemini-embedding-2", "2", "Gemini Embedding 2",
            "Embeddings for text, images, audio, video and PDF in one space.",
            input: 8_192),
        row(
            "aqa", "001", "Model that performs Attributed Question Answering.",
            "Answers a question from passages that the caller supplies.",
            7_168, 1_024, ["generateAnswer"], Sampling(temperature: 0.2, topP: 1, topK: 40)),
        imagen(
            "imagen-4.0-generate-001", "001", "Imagen 4",
            "Text to image, standard model."),
        imagen(
            "imagen-4.0-ultra-generate-001", "001", "Imagen 4 Ultra",
            "Text to image, largest model."),
        imagen(
            "imagen-4.0-fast-generate-001", "001", "Imagen 4 Fast",
            "Text to image, quickest model."),
        veo(
            "veo-3.1-generate-preview", "3.1", "Veo 3.1",
            "Text or image to video with sound, standard model."),
    ]

    static let listedLater: [Model] = [
        veo(
            "veo-3.1-fast-generate-preview", "3.1", "Veo 3.1 fast",
            "Text or image to video with sound, quicker model."),
        veo(
            "veo-3.1-lite-generate-preview", "3.1", "Veo 3.1 lite",
            "Text or image to video with sound, smallest model."),
        live(
            "gemini-2.5-flash-native-audio-latest", "Gemini 2.5 Flash Native Audio Latest",
            "Gemini 2.5 Flash Native Audio Latest",
            "Alias that moves to the newest 2.5 model for spoken conversation."),
        live(
            "gemini-2.5-flash-native-audio-preview-09-2025",
            "gemini-2.5-flash-preview-native-audio-dialog-2025-05-19",
            "Gemini 2.5 Flash Native Audio Preview 09-2025",
            "Spoken conversation on 2.5 Flash, preview of September 2025."),
        live(
            "gemini-2.5-flash-native-audio-preview-12-2025", "12-2025",
            "Gemini 2.5 Flash Native Audio Preview 12-2025",
            "Spoken conversation on 2.5 Flash, preview of December 2025."),
        live(
            "gemini-3.1-flash-live-preview", "3.1-flash-live-preview", "Gemini 3.1 Flash Live Preview",
            "Spoken conversation on 3.1 Flash.",
            output: 65_536, methods: ["bidiGenerateContent"], thinking: false),
        live(
            "gemini-robotics-er-2-streaming-preview", "2-streaming-preview",
            "Gemini Robotics-ER 2 Streaming Preview",
            "Spatial reasoning for robots over a live session.",
            output: 65_536, methods: ["bidiGenerateContent"], thinking: false),
        live(
            "gemini-3.5-live-translate-preview", "3.5-live-translate-preview",
            "Gemini 3.5 Live Translate Preview",
            "Translates speech while it is being spoken.",
            input: 16_384, output: 32_768, methods: ["bidiGenerateContent"], thinking: false),
        chat(
            "gemini-3.7-flash", "3.7-flash-08-2026", "Gemini 3.7 Flash",
            "General-purpose 3.7 model of August 2026."),
        chat(
            "gemini-3.8-flash", "3.0", "Gemini 3.8 Flash",
            "General-purpose 3.8 model, successor of 3.7 Flash."),
        speech(
            "gemini-3.8-flash-tts", "3.8-flash-tts", "Gemini 3.8 Flash TTS",
            "Text to speech on 3.8 Flash.",
            methods: ["generateContent", "countTokens", "batchGenerateContent"], thinking: true),
        speech(
            "gemini-3.8-flash-lite-tts", "3.8-flash-lite-tts", "Gemini 3.8 Flash-Lite TTS",
            "Text to speech on the small 3.8 model.",
            methods: ["generateContent", "countTokens", "batchGenerateContent"], thinking: true),
        chat(
            "gemini-3.5-transcribe", "3.5-transcribe-08-2026", "Gemini 3.5 Transcribe",
            "Writes down what is said in a recording.",
            input: 98_304, output: 32_768, methods: generation),
        chat(
            "gemini-omni-1.1-flash", "001", "Gemini Omni 1.1 Flash",
            "Takes and makes several kinds of media, version 1.1.",
            input: 131_072, methods: generation),
        chat(
            "lyria-3.5", "3.5", "Lyria 3.5",
            "Makes music from a text prompt, version 3.5.",
            methods: generation, thinking: false),
    ]

    // MARK: Retired

    static let retired: [Model] = [
        older(
            "gemini-1.5-flash", "001", "Gemini 1.5 Flash",
            "Alias of the stable 1.5 Flash release.",
            input: 1_000_000, methods: generation),
        older(
            "gemini-1.5-flash-001", "001", "Gemini 1.5 Flash 001",
            "Pinned release of 1.5 Flash from May 2024.",
            input: 1_000_000, methods: cachedGeneration, topK: 64),
        older(
            "gemini-1.5-flash-002", "002", "Gemini 1.5 Flash 002",
            "Pinned release of 1.5 Flash from September 2024.",
            input: 1_000_000, methods: cachedGeneration),
        older(
            "gemini-1.5-flash-8b", "001", "Gemini 1.5 Flash-8B",
            "Smallest 1.5 model.",
            input: 1_000_000, methods: ["createCachedContent", "generateContent", "countTokens"]),
        older(
            "gemini-1.5-flash-latest", "001", "Gemini 1.5 Flash Latest",
            "Alias of the newest 1.5 Flash release.",
            input: 1_000_000, methods: generation),
        older(
            "gemini-1.5-pro", "001", "Gemini 1.5 Pro",
            "Alias of the stable 1.5 Pro release, two-million-token context.",
            input: 2_000_000, methods: generation),
        older(
            "gemini-1.5-pro-001", "001", "Gemini 1.5 Pro 001",
            "Pinned release of 1.5 Pro from May 2024.",
            input: 2_000_000, methods: cachedGeneration, topK: 64),
        older(
            "gemini-1.5-pro-002", "002", "Gemini 1.5 Pro 002",
            "Pinned release of 1.5 Pro from September 2024.",
            input: 2_000_000, methods: cachedGeneration),
        older(
            "gemini-1.5-pro-latest", "001", "Gemini 1.5 Pro Latest",
            "Alias of the newest 1.5 Pro release.",
            input: 2_000_000, methods: generation),
        row(
            "gemini-1.0-pro", "001", "Gemini 1.0 Pro",
            "First-generation model, text only.",
            30_720, 2_048, generation, Sampling(temperature: 0.9, topP: 1)),
        row(
            "gemini-pro", "001", "Gemini 1.0 Pro",
            "First name of the 1.0 model.",
            30_720, 2_048, generation, Sampling(temperature: 0.9, topP: 1)),
        row(
            "gemini-pro-vision", "001", "Gemini 1.0 Pro Vision",
            "First-generation model for prompts with images.",
            12_288, 4_096, generation, Sampling(temperature: 0.4, topP: 1, topK: 32)),
        older(
            "gemini-2.0-flash-exp", "2.0", "Gemini 2.0 Flash Experimental",
            "First trial of 2.0 Flash, also over live sessions.",
            methods: ["generateContent", "countTokens", "bidiGenerateContent"]),
        row(
            "gemini-2.0-flash-thinking-exp", "2.0-exp-01-21", "Gemini 2.0 Flash Thinking Experimental 01-21",
            "Trial of 2.0 Flash that thinks before it answers.",
            1_048_576, 65_536, generation,
            Sampling(temperature: 0.7, topP: 0.95, topK: 64, maxTemperature: 2), thinking: true),
        older(
            "gemini-2.0-pro-exp", "2.0", "Gemini 2.0 Pro Experimental",
            "Trial of a 2.0 Pro model, February 2025.",
            input: 2_097_152, methods: generation, topK: 64),
        older(
            "gemini-exp-1206", "exp_1206", "Gemini Experimental 1206",
            "Trial model of 6 December 2024.",
            input: 2_097_152, methods: generation, topK: 64),
        chat(
            "gemini-2.5-pro-preview-05-06", "2.5-preview-05-06", "Gemini 2.5 Pro Preview 05-06",
            "Preview of 2.5 Pro, 6 May 2025."),
        chat(
            "gemini-2.5-flash-preview-04-17", "2.5-preview-04-17", "Gemini 2.5 Flash Preview 04-17",
            "Preview of 2.5 Flash, 17 April 2025."),
        chat(
            "gemini-2.5-flash-preview-05-20", "2.5-preview-05-20", "Gemini 2.5 Flash Preview 05-20",
            "Preview of 2.5 Flash, 20 May 2025."),
        older(
            "learnlm-1.5-pro-experimental", "001", "LearnLM 1.5 Pro Experimental",
            "Trial model for teaching, on 1.5 Pro.",
            input: 32_767, methods: generation, topK: 64),
        older(
            "learnlm-2.0-flash-experimental", "2.0", "LearnLM 2.0 Flash Experimental",
            "Trial model for teaching, on 2.0 Flash.",
            output: 32_768, methods: generation, topK: 64),
        row(
            "gemma-3-27b-it", "001", "Gemma 3 27B",
            "Open-weight model of 2025, instruction-tuned.",
            131_072, 8_192, generation, Sampling(temperature: 1, topP: 0.95, topK: 64)),
        live(
            "gemini-2.0-flash-live-001", "001", "Gemini 2.0 Flash 001",
            "Live sessions on 2.0 Flash.",
            input: 1_048_576, methods: ["bidiGenerateContent", "countTokens"], thinking: false),
        live(
            "gemini-live-2.5-flash-preview", "gemini-live-2.5-flash-preview",
            "Gemini Live 2.5 Flash Preview",
            "Live sessions on 2.5 Flash, speech made after the text.",
            input: 1_048_576),
        embedding(
            "text-embedding-004", "004", "Text Embedding 004",
            "Text embeddings of 768 dimensions.",
            input: 2_048, methods: ["embedContent"]),
        embedding(
            "embedding-001", "001", "Embedding 001",
            "First text embeddings of the Gemini API, 768 dimensions.",
            input: 2_048, methods: ["embedContent"]),
        embedding(
            "embedding-gecko-001", "001", "Embedding Gecko",
            "Text embeddings of the PaLM API.",
            input: 1_024, methods: ["embedText", "countTextTokens"]),
        imagen(
            "imagen-3.0-generate-002", "002", "Imagen 3.0",
            "Text to image, third generation."),
        veo(
            "veo-2.0-generate-001", "2.0", "Veo 2",
            "Text or image to silent video."),
        veo(
            "veo-3.0-generate-001", "3.0", "Veo 3",
            "Text or image to video, the first version with sound."),
    ]

    // MARK: Families

    private static let generation: [String] = ["generateContent", "countTokens"]
    private static let cachedGeneration: [String] = generation + ["createCachedContent"]
    private static let allGeneration: [String] = cachedGeneration + ["batchGenerateContent"]

    private struct Sampling {
        var temperature: Double
        var topP: Double
        var topK: Int?
        var maxTemperature: Double?
    }

    /// A text model of the 2.5 generation or later.
    private static func chat(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        input: Int = 1_048_576, output: Int = 65_536, methods: [String] = allGeneration, thinking: Bool = true
    ) -> Model {
        row(
            name, version, displayName, description, input, output, methods,
            Sampling(temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2), thinking: thinking)
    }

    /// A text model of the 1.5 or 2.0 generation: short answers, no thinking.
    private static func older(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        input: Int = 1_048_576, output: Int = 8_192, methods: [String] = allGeneration, topK: Int = 40
    ) -> Model {
        row(
            name, version, displayName, description, input, output, methods,
            Sampling(temperature: 1, topP: 0.95, topK: topK, maxTemperature: 2))
    }

    /// A Gemini model that answers with images.
    private static func image(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        input: Int, output: Int, thinking: Bool = true
    ) -> Model {
        row(
            name, version, displayName, description, input, output, generation + ["batchGenerateContent"],
            Sampling(temperature: 1, topP: 0.95, topK: 64, maxTemperature: 1), thinking: thinking)
    }

    /// A Gemini model that reads a text aloud.
    private static func speech(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        methods: [String], thinking: Bool = false
    ) -> Model {
        chat(
            name, version, displayName, description,
            input: 8_192, output: 16_384, methods: methods, thinking: thinking)
    }

    /// A model for live sessions (web socket only).
    private static func live(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        input: Int = 131_072, output: Int = 8_192,
        methods: [String] = ["countTokens", "bidiGenerateContent"], thinking: Bool = true
    ) -> Model {
        chat(
            name, version, displayName, description,
            input: input, output: output, methods: methods, thinking: thinking)
    }

    private static func embedding(
        _ name: String, _ version: String, _ displayName: String, _ description: String, input: Int,
        methods: [String] = ["embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"]
    ) -> Model {
        row(name, version, displayName, description, input, 1, methods)
    }

    private static func imagen(
        _ name: String, _ version: String, _ displayName: String, _ description: String
    ) -> Model {
        row(name, version, displayName, description, 480, 8_192, ["predict"])
    }

    private static func veo(
        _ name: String, _ version: String, _ displayName: String, _ description: String
    ) -> Model {
        row(name, version, displayName, description, 480, 8_192, ["predictLongRunning"])
    }

    private static func row(
        _ name: String, _ version: String, _ displayName: String, _ description: String,
        _ input: Int, _ output: Int, _ methods: [String], _ sampling: Sampling? = nil, thinking: Bool = false
    ) -> Model {
        Model(
            name: name, version: version, displayName: displayName, description: description,
            inputTokenLimit: input, outputTokenLimit: output, methods: methods,
            temperature: sampling?.temperature, topP: sampling?.topP, topK: sampling?.topK,
            maxTemperature: sampling?.maxTemperature, thinking: thinking)
    }
}
