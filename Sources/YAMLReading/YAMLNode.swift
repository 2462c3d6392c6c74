// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// A value of a YAML text as it stands there: scalars aren't resolved, so that each reader can follow the rules of the program
/// that wrote the text.
public struct YAMLNode: Sendable {
    public let content: Content
    /// With its whole name, such as `tag:yaml.org,2002:binary`.
    public let tag: String?
    public let place: TextPlace

    public enum Content: Sendable {
        /// Plain is one without quotes.
        case scalar(String, isPlain: Bool)
        case list([YAMLNode])
        case map([Field])
    }

    /// A name of a map, and its value.
    public struct Field: Sendable {
        public let name: String
        public let value: YAMLNode
    }
}
