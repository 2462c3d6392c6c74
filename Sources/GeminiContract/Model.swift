// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// What the API tells about one model.
public struct Model: Sendable, Equatable {
    /// The id, without `models/`.
    public var name: String
    public var version: String
    public var displayName: String
    public var description: String
    public var inputTokenLimit: Int
    public var outputTokenLimit: Int
    /// `supportedGenerationMethods`.
    public var methods: [String]
    public var temperature: Double?
    public var topP: Double?
    public var topK: Int?
    public var maxTemperature: Double?
    public var thinking: Bool

    public init(
        name: String, version: String, displayName: String, description: String, inputTokenLimit: Int,
        outputTokenLimit: Int, methods: [String], temperature: Double?, topP: Double?, topK: Int?,
        maxTemperature: Double?, thinking: Bool
    ) {
        self.name = name
        self.version = version
        self.displayName = displayName
        self.description = description
        self.inputTokenLimit = inputTokenLimit
        self.outputTokenLimit = outputTokenLimit
        self.methods = methods
        self.temperature = temperature
        self.topP = topP
        self.topK = topK
        self.maxTemperature = maxTemperature
        self.thinking = thinking
    }

    /// Writes the resource with its members in the recorded order (CORE 5.5).
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", "models/\(name)")
            writer.member("version", version)
            writer.member("displayName", displayName)
            writer.member("description", description)
            writer.member("inputTokenLimit", inputTokenLimit)
            writer.member("outputTokenLimit", outputTokenLimit)
            writer.key("supportedGenerationMethods")
            writer.array { writer in
                for method in methods { writer.string(method) }
            }
            if let temperature { writer.member("temperature", temperature) }
            if let topP { writer.member("topP", topP) }
            if let topK { writer.member("topK", topK) }
            if let maxTemperature { writer.member("maxTemperature", maxTemperature) }
            if thinking { writer.member("thinking", true) }
        }
    }
}
