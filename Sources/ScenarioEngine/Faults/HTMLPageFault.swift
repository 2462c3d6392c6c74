// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// Answers with a page for people, as the front end and proxies do when something behind them is down (PEERS ERR-09; CORE
/// 6.7): the 502 of the catalogue unless another is named.
struct HTMLPageFault: Fault {
    static let usual = "bad-gateway"

    var error = NamedError(name: usual)

    /// The refusals of the catalogue that are pages.
    static let names = ErrorCatalog.entries.filter { entry in
        if case .page = entry.answer(about: ErrorSubject()) { true } else { false }
    }.map(\.name)

    func apply(to plan: inout WirePlan) {
        guard
            case .page(let status, let title, let sentence)? = ErrorCatalog.answer(
                error, about: ErrorSubject())
        else { return }
        plan.replace(
            status: status, [HTTPFields.Field("Content-Type", "text/html; charset=UTF-8")],
            body: Array(ErrorPage.page(title: title, sentence: sentence).utf8))
    }
}
