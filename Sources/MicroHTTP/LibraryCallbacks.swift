// SPDX-License-Identifier: Apache-2.0

import CMicroHTTPD
import HTTPWire
import Logging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// What libmicrohttpd calls, all of it in this file. Each function finds the object that it is about, turns C memory into
// Swift values and passes them on; none of them throws, traps or waits. They are global functions since a closure
// written in an isolated context compiles and then traps on the library's thread.

/// A connection has come, or is about to be closed.
func connectionChanged(
    _ closure: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ change: MHD_ConnectionNotificationCode
) {
    guard let closure, let connection else { return }
    let sockets = Unmanaged<HTTPServer>.fromOpaque(closure).takeUnretainedValue().sockets
    let handle = ConnectionHandle(pointer: connection)
    guard change == .CONNECTION_NOTIFY_STARTED else {
        context?.pointee = nil
        return sockets.closed(handle.descriptor)
    }
    guard let visitor = sockets.opened(handle.descriptor) else { return }
    context?.pointee = Unmanaged.passUnretained(visitor).toOpaque()
    // It is there to be told that it is too many, and not to take the place of others that are to be told so.
    if visitor.isTooMany { handle.closes(afterSilenceOf: HTTPServer.patienceWithTooMany) }
}

/// The request line has been read. What it returns becomes the request's own pointer: the retained `Exchange`.
func requestLineArrived(
    _ closure: UnsafeMutableRawPointer?, _ target: UnsafePointer<CChar>?, _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let closure, let target else { return nil }
    let server = Unmanaged<HTTPServer>.fromOpaque(closure).takeUnretainedValue()
    let exchange = Exchange(target: target, live: server.live)
    // The library would take the query apart next, each item in memory of the connection's, and has no answer any more where
    // that is used up (seen from 500 items on). We take it apart ourselves, so it gets an empty one. It finds the mark before
    // this call (`parse_initial_message_line` of 0.9.75) and the text behind it after it; the buffer is its own.
    if let mark = strchr(target, Int32(UInt8(ascii: "?"))) { mark[1] = 0 }
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// The head, a part of the body, or the end of the request.
func requestProceeds(
    _ closure: UnsafeMutableRawPointer?, _ connection: OpaquePointer?, _ path: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?, _ version: UnsafePointer<CChar>?, _ data: UnsafePointer<CChar>?,
    _ size: UnsafeMutablePointer<Int>?, _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let closure, let connection, let method, let size, let exchange = request?.pointee else {
        return .NO
    }
    let server = Unmanaged<HTTPServer>.fromOpaque(closure).takeUnretainedValue()
    let received = UnsafeRawBufferPointer(start: data, count: size.pointee)
    size.pointee = 0
    let goesOn = Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().proceed(
        ConnectionHandle(pointer: connection), method: method, version: version, data: received,
        unread: &size.pointee, server: server
    )
    return goesOn ? .YES : .NO
}

/// The request is over, in whatever way: the one place where its `Exchange` is released.
func requestCompleted(
    _ closure: UnsafeMutableRawPointer?, _ connection: OpaquePointer?,
    _ request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ reason: MHD_RequestTerminationCode
) {
    guard let closure, let exchange = request?.pointee else { return }
    let server = Unmanaged<HTTPServer>.fromOpaque(closure).takeUnretainedValue()
    Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().end(reason.ending, server)
    if let visitor = connection.flatMap({ ConnectionHandle(pointer: $0).visitor }) {
        server.sockets.awaitsHead(visitor)
    }
    Unmanaged<Exchange>.fromOpaque(exchange).release()
    request?.pointee = nil
}

/// More of a body is wanted.
func bodyWanted(
    _ reader: UnsafeMutableRawPointer?, _ position: UInt64, _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int
) -> Int {
    guard let reader, let buffer else { return MHD_CONTENT_READER_END_WITH_ERROR }
    return Unmanaged<ActionReader>.fromOpaque(reader).takeUnretainedValue().read(into: buffer, size: size)
}

/// A body's reader isn't needed any more.
func bodyReleased(_ reader: UnsafeMutableRawPointer?) {
    if let reader { Unmanaged<ActionReader>.fromOpaque(reader).release() }
}

/// One header field of a request.
func appendField(
    _ fields: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?,
    _ value: UnsafePointer<CChar>?
) -> MHD_Result {
    guard let fields = fields?.assumingMemoryBound(to: ArrivedFields.self), let name else { return .NO }
    fields.pointee.fields.append(name: bytes(of: name), value: bytes(of: value))
    fields.pointee.layout.pass(name: name, value: value)
    return .YES
}

/// A line of the library's own log.
func libraryLogged(_ closure: UnsafeMutableRawPointer?, _ line: UnsafePointer<CChar>) {
    guard let closure else { return }
    let text = String(decoding: bytes(of: line), as: UTF8.self)
    Unmanaged<HTTPServer>.fromOpaque(closure).takeUnretainedValue().logger
        .debug("libmicrohttpd: \(text.split(separator: "\n").joined(separator: " "))")
}

private func bytes(of text: UnsafePointer<CChar>?) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: text, count: text.map { strlen($0) } ?? 0)
}

extension MHD_RequestTerminationCode {
    /// `WITH_ERROR` is ours: we know better what it was, where it was on purpose.
    fileprivate var ending: DeliveryEnding {
        switch self {
        case .REQUEST_TERMINATED_COMPLETED_OK: .complete
        case .REQUEST_TERMINATED_TIMEOUT_REACHED: .timedOut
        case .REQUEST_TERMINATED_DAEMON_SHUTDOWN: .stopped
        default: .clientLeft
        }
    }
}
