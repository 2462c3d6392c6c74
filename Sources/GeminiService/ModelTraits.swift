// SPDX-License-Identifier: Apache-2.0

import GeminiContract

/// What differs between the generations of Gemini, as far as a client can see it.
enum ModelEra {
    /// 2.0 and older.
    case two
    case twoFive
    /// 3 and newer.
    case three
}

/// How a model's answers look, as far as that differs between generations (CORE 4.3; counts from recordings there).
struct ModelTraits: Sendable {
    /// The name in `modelVersion`.
    let version: String
    private let generation: Double
    private let thinks: Bool
    private let isLite: Bool

    /// What the moving names stood for when they were last seen: flash-latest in a recording of 2026-08-05, the other two
    /// assumed after CORE 5.5.
    private static let aliases = [
        "gemini-flash-latest": "gemini-3.6-flash",
        "gemini-flash-lite-latest": "gemini-3.5-flash-lite",
        "gemini-pro-latest": "gemini-3.1-pro-preview",
    ]

    init(_ model: Model) {
        let isMoving = model.name.utf8.last == UInt8(ascii: "t")
        version = isMoving ? ModelTraits.aliases[model.name] ?? model.name : model.name
        generation = ModelFamily.generation(of: version) ?? 0
        thinks = model.thinking
        isLite = Substrings.first("-lite", in: version) != nil
    }

    /// Whether it thinks before it answers. 2.5 Flash-Lite does so only when given a budget.
    func isThinking(budget: Int?) -> Bool {
        guard thinks, budget != 0 else { return false }
        return !(isLite && generation == 2.5) || budget != nil
    }

    /// Gemini 2.5 signs function calls, 3 also texts.
    func signsText(_ isThinking: Bool) -> Bool { isThinking && generation >= 3 }
    func signsCalls(_ isThinking: Bool) -> Bool { isThinking && generation >= 2.5 }

    /// Since 2.5 a lone candidate has an index, and a call comes with a finishMessage.
    var isSince25: Bool { generation >= 2.5 }
    /// The 2.0 generation told the average log probability and the kinds of its answer's tokens.
    var tellsLogprobs: Bool { generation > 0 && generation < 2.5 }
    /// Gemini 3 gives each function call an id.
    var givesCallIDs: Bool { generation >= 3 }
    /// Other families than Gemini are counted like today's.
    var era: ModelEra {
        if tellsLogprobs { return .two }
        return generation == 2.5 ? .twoFive : .three
    }
}
