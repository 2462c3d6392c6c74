// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// The pages that the front end shows for what never reaches the API: title and sentences as observed (CORE 6.5), the
/// rest our own.
public enum ErrorPage {
    public static func notFound(_ target: RequestTarget) -> String {
        page(
            "Error 404 (Not Found)!!1",
            "<p><b>404.</b> <ins>That’s an error.</ins>\n<p>The requested URL <code>\(escaped(target.path))</code> was "
                + "not found on this server.  <ins>That’s all we know.</ins>"
        )
    }

    public static let badRequest = page(
        "Error 400 (Bad Request)!!1",
        "<p><b>400.</b> <ins>That’s an error.</ins>\n<p>Your client has issued a malformed or illegal request.  "
            + "<ins>That’s all we know.</ins>"
    )

    /// The words are ours.
    public static let timeout = page(
        "Error 408 (Request Timeout)!!1",
        "<p><b>408.</b> <ins>That’s an error.</ins>\n<p>Your client has taken too long to issue its request.  "
            + "<ins>That’s all we know.</ins>"
    )

    /// A page of the catalogue, in the same manner.
    public static func page(title: String, sentence: String) -> String {
        page(escaped(title[...]), "<p>\(escaped(sentence[...]))")
    }

    private static func page(_ title: String, _ body: String) -> String {
        "<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n<title>\(title)</title>\n\(body)\n"
    }

    private static func escaped(_ text: Substring) -> String {
        text.reduce(into: "") { out, character in
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
    }
}
