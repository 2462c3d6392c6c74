// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// Finds stubs that no request can reach, since an earlier one takes all that they would match.
enum ShadowSearch {
    /// 10,000 stubs would make 50 million comparisons: of long files only the beginning is looked at.
    private static let comparisons = 200_000

    static func warn(of stubs: [(stub: Stub, place: TextPlace)], _ problems: ProblemList) {
        var earlier: [Stub] = []
        var left = comparisons
        for (stub, place) in stubs {
            left -= earlier.count * max(1, stub.pattern.longestList)
            guard left >= 0 else { return }
            guard let shadow = earlier.first(where: { $0.pattern.takesAll(of: stub.pattern) }) else {
                earlier.append(stub)
                continue
            }
            problems.add(
                place,
                "no request reaches the stub \(Quoted.text(stub.name)): "
                    + "\(Quoted.text(shadow.name)) above takes all that it would match",
                severity: .warning)
        }
    }
}

extension RequestPattern {
    /// Whether every request that fits `other` surely fits this one too.
    func takesAll(of other: RequestPattern) -> Bool {
        // What depends on the number of calls or on state is true at some times only.
        guard call == nil || call == other.call, takesNames(of: other) else { return false }
        return isPart(tenant, other.tenant) && isPart(system, other.system)
            && isPart(lastText, other.lastText)
            && headers.allSatisfy(other.headers.contains) && query.allSatisfy(other.query.contains)
            && isPart(body, other.body) && pointers.allSatisfy(other.pointers.contains)
            && isPart(schema, other.schema) && tools.allSatisfy(other.tools.contains)
            && isPart(functionResponse, other.functionResponse) && isPart(turn, other.turn)
            && isPart(file, other.file) && isPart(inlineBytes, other.inlineBytes)
            && isPart(stream, other.stream) && takesSteps(of: other)
            && states.allSatisfy(other.states.contains)
    }

    private func takesSteps(of other: RequestPattern) -> Bool {
        let begins = UploadStep.allCases.filter(\.begins).map(\.rawValue)
        let (own, others) = (steps.isEmpty ? begins : steps, other.steps.isEmpty ? begins : other.steps)
        return others.allSatisfy(own.contains)
    }

    private func takesNames(of other: RequestPattern) -> Bool {
        let takesEndpoints =
            endpoints.isEmpty || !other.endpoints.isEmpty && other.endpoints.allSatisfy(endpoints.contains)
        let takesModels =
            models.isEmpty || models.contains("*")
            || !other.models.isEmpty && other.models.allSatisfy(models.contains)
        return takesEndpoints && takesModels
    }

    /// What one comparison of two patterns costs at most follows from it.
    fileprivate var longestList: Int {
        max(
            endpoints.count, models.count, headers.count, query.count,
            max(pointers.count, tools.count, states.count))
    }

    private func isPart<Condition: Equatable>(_ own: Condition?, _ other: Condition?) -> Bool {
        own == nil || own == other
    }
}
