// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import GeminiService

/// The names of others that scenario files use.
public struct ScenarioVocabulary: Sendable {
    /// Methods of the API, such as `generateContent`.
    public let endpoints: [String]
    /// Refusals of the catalogue, such as `quota-per-minute`.
    public let errors: [String]

    public init(endpoints: [String], errors: [String]) {
        self.endpoints = endpoints
        self.errors = errors
    }

    /// All methods and refusals that there are.
    public static let ofThisServer = ScenarioVocabulary(
        endpoints: EndpointTable.all.map(\.name), errors: ErrorCatalog.entries.map(\.name)
    )

    /// The methods with which a model speaks.
    static let speaking = ["generateContent", "streamGenerateContent", "createInteraction"]

    /// The method of all steps of an upload.
    static let uploading = "uploadFile"

    /// The steps of an upload (CORE 2.2): the start of a resumable one, bytes, bytes or nothing with the end, the two
    /// others; and a file that comes in one request.
    static let uploadSteps = UploadStep.allCases.map(\.rawValue)

    /// The methods that can answer with a stream.
    static let streaming = ["streamGenerateContent", "createInteraction", "getInteraction"]

    /// How a turn of the Interactions API ends (INTERACTIONS 3; the types of google-genai 3.4.0 list them).
    static let interactionStatuses = [
        "completed", "requires_action", "in_progress", "incomplete", "failed", "cancelled", "budget_exceeded",
        "requires_continuation",
    ]

    /// The words of JSON Schema that answers are generated from, and those that say nothing about a value.
    static let schemaKeywords = [
        "$ref", "ref", "allOf", "anyOf", "oneOf", "type", "nullable", "const", "example", "enum",
        "properties",
        "propertyOrdering", "required", "additionalProperties", "minProperties", "maxProperties", "items",
        "prefixItems", "minItems", "maxItems", "uniqueItems", "format", "minLength", "maxLength", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "title", "description", "default",
        "$defs", "definitions", "$schema", "$id",
    ]
}
