// SPDX-License-Identifier: Apache-2.0

/// A page of metrics in the text format of Prometheus, version 0.0.4.
struct MetricsText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        case counter, gauge
    }

    typealias Labels = KeyValuePairs<String, String>

    private(set) var text = ""

    /// A metric of one value.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Double, labels: Labels = [:]) {
        add(name, kind, help, [(labels, value)])
    }

    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        add(name, kind, help, Double(value))
    }

    /// A metric of several, told apart by their labels.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ values: [(Labels, Double)]) {
        text +=
            "# HELP \(name) \(MetricsText.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in values {
            let told = labels.map { "\($0)=\"\(MetricsText.escaped($1, quotes: true))\"" }
            text += name + (told.isEmpty ? "" : "{\(told.joined(separator: ","))}")
            text += " \(MetricsText.number(value))\n"
        }
    }

    private static func number(_ value: Double) -> String {
        guard value == value.rounded(), value.magnitude < 1e15 else { return "\(value)" }
        return "\(Int(value))"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
