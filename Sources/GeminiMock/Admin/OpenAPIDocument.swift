// SPDX-License-Identifier: Apache-2.0

/// `openapi.yaml`, which describes the admin API; it is part of the program.
enum OpenAPIDocument {
    static var text: String { String(decoding: PackageResources.openapi_yaml, as: UTF8.self) }

    /// A call, as the document lists it.
    struct Operation: Equatable {
        let method: String
        /// Behind `/__admin/`, as `AdminRoute` has it.
        let path: String
        let summary: String
    }

    /// The calls in the order of the document. It is read line by line, by how far in they are: the document is ours.
    static var operations: [Operation] {
        var operations: [Operation] = []
        var (isInPaths, path, method) = (false, "", "")
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let word = line.drop { $0 == " " }
            switch line.utf8.count - word.utf8.count {
            case 0: isInPaths = line == "paths:"
            case 2 where isInPaths: path = String(word.dropLast().drop { $0 == "/" })
            case 4 where isInPaths && methods.contains(String(word.dropLast())):
                method = String(word.dropLast()).uppercased()
            case 6 where isInPaths && word.hasPrefix("summary: "):
                operations.append(
                    Operation(method: method, path: path, summary: String(word.dropFirst("summary: ".count))))
            default: break
            }
        }
        return operations
    }

    private static let methods = ["delete", "get", "patch", "post", "put"]
}
