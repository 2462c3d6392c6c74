// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire
import XCTest

final class NamedErrorTests: XCTestCase {
    private func answer(
        _ name: String, message: String? = nil, retryDelay: Duration? = nil
    ) throws -> ErrorEntry.Answer {
        let error = NamedError(name: name, message: message, retryDelay: retryDelay)
        return try XCTUnwrap(ErrorCatalog.answer(error, about: ErrorSubject()), name)
    }

    private func error(
        _ name: String, message: String? = nil, retryDelay: Duration? = nil
    ) throws -> APIError {
        guard case .status(let error) = try answer(name, message: message, retryDelay: retryDelay) else {
            throw NoStatus(name: name)
        }
        return error
    }

    private struct NoStatus: Error {
        let name: String
    }

    private func retryDelays(_ error: APIError) -> [JSON] {
        error.details.filter { $0["@type"] == "type.googleapis.com/google.rpc.RetryInfo" }
            .compactMap { $0["retryDelay"] }
    }

    func test_nothingToDiffer_isTheEntryAsItIs() throws {
        for entry in ErrorCatalog.entries { XCTAssertEqual(try answer(entry.name), entry.answer()) }
        XCTAssertNil(ErrorCatalog.answer(NamedError(name: "nothing"), about: ErrorSubject()))
    }

    func test_message_replacesThatOfEveryKind() throws {
        for entry in ErrorCatalog.entries {
            let (usual, answer) = (entry.answer(), try answer(entry.name, message: "Other words."))
            XCTAssertEqual(answer.http, usual.http, entry.name)
            XCTAssertTrue(makeText(answer.body).contains("Other words."), entry.name)
            if case .page(_, let title, let sentence) = answer {
                XCTAssertEqual(sentence, "Other words.")
                XCTAssertEqual(title, usual.message, "the title tells the status")
            } else {
                XCTAssertEqual(answer.message, "Other words.", entry.name)
            }
        }
        XCTAssertEqual(
            try answer("file-exists-2025", message: "x").body,
            (["error": ["message": "x", "code": 409]] as JSON).bytes(.pretty), "members keep their order")
        let quota = try error("quota-per-day", message: "x")
        XCTAssertEqual(quota.details, try error("quota-per-day").details)
        XCTAssertEqual(quota.status, .resourceExhausted)
    }

    func test_retryDelay_isInWordsAndDetails() throws {
        for (delay, words, json) in [
            (Duration.seconds(3), "3", "3s"), (.milliseconds(1500), "1.5", "1.500s"), (.zero, "0", "0s"),
            (.seconds(90), "90", "90s"), (.microseconds(250), "0.00025", "0.000250s"),
            (.nanoseconds(1), "1e-09", "0.000000001s"), (.seconds(-2), "0", "0s"),
        ] {
            let error = try error("quota-per-minute", retryDelay: delay)
            XCTAssertTrue(error.message.hasSuffix("\nPlease retry in \(words)s."), error.message)
            XCTAssertEqual(retryDelays(error), [.string(json)])
            XCTAssertEqual(error.details.count, 3, "in the place of the usual one")
        }
    }

    func test_retryDelay_isAddedWhereTheEntryHasNone() throws {
        for entry in ErrorCatalog.entries {
            guard case .status(let usual) = entry.answer() else {
                XCTAssertEqual(try answer(entry.name, retryDelay: .seconds(3)), entry.answer())
                continue
            }
            let changed = try error(entry.name, retryDelay: .seconds(3))
            XCTAssertEqual(retryDelays(changed), ["3s"], entry.name)
            XCTAssertEqual(
                changed.details.count, usual.details.count + (retryDelays(usual).isEmpty ? 1 : 0), entry.name)
        }
        XCTAssertEqual(try error("model-overloaded", retryDelay: .seconds(3)).status, .unavailable)
    }

    func test_messageAndRetryDelay_standTogether() throws {
        let error = try error("quota-per-day", message: "Wait.", retryDelay: .seconds(7))
        XCTAssertEqual(error.message, "Wait.")
        XCTAssertEqual(retryDelays(error), ["7s"])
    }

    /// Recorded: the whole seconds of what the words say.
    func test_retryInfo_isWholeByItself() throws {
        let error = try error("quota-per-day")
        XCTAssertTrue(error.message.hasSuffix("Please retry in 41.065029449s."))
        XCTAssertEqual(retryDelays(error), ["41s"])
    }
}
