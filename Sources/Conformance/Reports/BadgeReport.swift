// SPDX-License-Identifier: Apache-2.0

/// A client's scores as a small picture for a README. The numbers stand in it: the colour says nothing alone.
public enum BadgeReport {
    private static let label = "gemini conformance"
    /// About what a letter takes at 11 pixels; `textLength` makes the text fit exactly.
    private static let letter = 6.6

    public static func text(_ report: RunReport) -> String {
        let scores = [Severity.must, .should].compactMap { severity in
            report.score(of: severity).percent.map { "\(severity.rawValue) \($0) %" }
        }
        let value = scores.isEmpty ? "not judged" : scores.joined(separator: " · ")
        let (left, right) = (width(label), width(value))
        let title = MarkupText.escaped("\(report.client.title): \(value), \(report.standing.rawValue)")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(left + right)" height="20" role="img" aria-label="\(title)">
            <title>\(title)</title>
            <rect width="\(left)" height="20" fill="#444"/>
            <rect x="\(left)" width="\(right)" height="20" fill="\(colour(report.standing))"/>
            <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
            <text x="6" y="14" textLength="\(left - 12)">\(label)</text>
            <text x="\(left + 6)" y="14" textLength="\(right - 12)">\(MarkupText.escaped(value))</text>
            </g>
            </svg>

            """
    }

    private static func width(_ text: String) -> Int { Int(Double(text.count) * letter) + 12 }

    /// Dark enough for white letters on it.
    private static func colour(_ standing: Standing) -> String {
        switch standing {
        case .robust: "#1a7f37"
        case .conformant: "#3f6b00"
        case .notYet: "#a33a00"
        case .unknown: "#555"
        }
    }
}
