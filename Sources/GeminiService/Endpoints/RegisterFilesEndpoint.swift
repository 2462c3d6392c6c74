// SPDX-License-Identifier: Apache-2.0

/// Takes objects of Google's cloud storage for files, which isn't imitated: says so. google-genai 1.75.0 and later ask for it
/// (its files.py).
struct RegisterFilesEndpoint: UnimitatedEndpoint {
    let name = "registerFiles"
    let route = RouteTemplate("POST /{version}/files:register")

    func subject(of call: APICall) -> String { "files:register" }
}
