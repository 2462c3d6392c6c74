// SPDX-License-Identifier: Apache-2.0

import Logging

/// A log that a test looks at: it is told of all levels, and has no metadata of its own.
public protocol SeenLog: LogHandler, AnyObject {}

extension SeenLog {
    public var logger: Logger { Logger(label: "test", factory: { _ in self }) }

    public var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    public var logLevel: Logger.Level {
        get { .trace }
        set {}
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
}
