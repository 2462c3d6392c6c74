// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Something that is broken on purpose, by the names of scenario files: `.named("reset", after: .events(2))`.
public struct MockFault: Sendable {
    /// A place in the body.
    public enum Point: Sendable {
        case events(Int)
        case bytes(Int)

        fileprivate var json: JSON {
            switch self {
            case .events(let count): ["events": .int(count)]
            case .bytes(let count): ["bytes": .int(count)]
            }
        }
    }

    /// When it strikes.
    public enum Arming: Sendable {
        /// Each use of the reply.
        case always
        /// The first so many uses by each tenant.
        case times(Int)
        /// Each use with this probability.
        case probability(Double)

        fileprivate var member: JSON.Member? {
            switch self {
            case .always: nil
            case .times(let count): .init("times", .int(count))
            case .probability(let share): .init("probability", .double(share))
            }
        }
    }

    let json: JSON

    /// Names and what goes with each stand in Scenarios/README.md and in the JSON Schema.
    public static func named(
        _ name: String, after: Point? = nil, form: String? = nil, text: String? = nil, error: String? = nil,
        message: String? = nil, by: Int? = nil, for duration: Duration? = nil, status: Int? = nil,
        location: String? = nil, bytes: Int? = nil, _ arming: Arming = .always
    ) -> MockFault {
        let members: [JSON.Member?] = [
            .init("fault", .string(name)), after.map { .init("after", $0.json) },
            form.map { .init("form", .string($0)) }, text.map { .init("text", .string($0)) },
            error.map { .init("error", .string($0)) }, message.map { .init("message", .string($0)) },
            by.map { .init("by", .int($0)) },
            duration.map { .init("for", .string(MapBuilder.text($0))) },
            status.map { .init("status", .int($0)) }, location.map { .init("location", .string($0)) },
            bytes.map { .init("bytes", .int($0)) },
            arming.member,
        ]
        return MockFault(json: .object(members.compactMap(\.self)))
    }
}
