// SPDX-License-Identifier: Apache-2.0

import CCurl

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libcurl's functions. The library is opened when it is first needed: it brings twenty others, and to link them all would
/// double the start-up of a server that never calls anybody (2.3 ms to 4.5 ms measured).
///
/// `@unchecked Sendable`: function pointers that never change.
struct CurlLibrary: @unchecked Sendable {
    typealias Handle = UnsafeMutableRawPointer
    typealias List = UnsafeMutablePointer<curl_slist>

    let setOption: UnsafeMutableRawPointer
    let getInfo: UnsafeMutableRawPointer
    let makeEasy: @convention(c) () -> Handle?
    let freeEasy: @convention(c) (Handle?) -> Void
    let pause: @convention(c) (Handle?, Int32) -> CURLcode
    let describe: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    let makeMulti: @convention(c) () -> Handle?
    let freeMulti: @convention(c) (Handle?) -> CURLMcode
    let add: @convention(c) (Handle?, Handle?) -> CURLMcode
    let remove: @convention(c) (Handle?, Handle?) -> CURLMcode
    let perform: @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> CURLMcode
    let poll:
        @convention(c) (Handle?, UnsafeMutableRawPointer?, UInt32, Int32, UnsafeMutablePointer<Int32>?) ->
            CURLMcode
    let wakeUp: @convention(c) (Handle?) -> CURLMcode
    let nextMessage: @convention(c) (Handle?, UnsafeMutablePointer<Int32>?) -> UnsafeMutablePointer<CURLMsg>?
    let append: @convention(c) (List?, UnsafePointer<CChar>?) -> List?
    let freeList: @convention(c) (List?) -> Void

    /// Opened once, and never closed. Nil where it isn't installed.
    static let shared = CurlLibrary()

    #if canImport(Darwin)
        private static let names = ["libcurl.4.dylib", "/usr/lib/libcurl.4.dylib"]
    #else
        // The first one uses the TLS library that the server has open anyway.
        private static let names = ["libcurl-gnutls.so.4", "libcurl.so.4"]
    #endif

    private init?() {
        guard
            let library = CurlLibrary.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
            let setOption = dlsym(library, "curl_easy_setopt"),
            let getInfo = dlsym(library, "curl_easy_getinfo"),
            let start = dlsym(library, "curl_global_init"),
            let makeEasy = dlsym(library, "curl_easy_init"),
            let freeEasy = dlsym(library, "curl_easy_cleanup"),
            let pause = dlsym(library, "curl_easy_pause"),
            let describe = dlsym(library, "curl_easy_strerror"),
            let makeMulti = dlsym(library, "curl_multi_init"),
            let freeMulti = dlsym(library, "curl_multi_cleanup"),
            let add = dlsym(library, "curl_multi_add_handle"),
            let remove = dlsym(library, "curl_multi_remove_handle"),
            let perform = dlsym(library, "curl_multi_perform"),
            let poll = dlsym(library, "curl_multi_poll"),
            let wakeUp = dlsym(library, "curl_multi_wakeup"),
            let nextMessage = dlsym(library, "curl_multi_info_read"),
            let append = dlsym(library, "curl_slist_append"),
            let freeList = dlsym(library, "curl_slist_free_all")
        else { return nil }
        let global = unsafeBitCast(start, to: (@convention(c) (Int) -> CURLcode).self)
        guard global(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { return nil }
        self.setOption = setOption
        self.getInfo = getInfo
        self.makeEasy = unsafeBitCast(makeEasy, to: type(of: self.makeEasy))
        self.freeEasy = unsafeBitCast(freeEasy, to: type(of: self.freeEasy))
        self.pause = unsafeBitCast(pause, to: type(of: self.pause))
        self.describe = unsafeBitCast(describe, to: type(of: self.describe))
        self.makeMulti = unsafeBitCast(makeMulti, to: type(of: self.makeMulti))
        self.freeMulti = unsafeBitCast(freeMulti, to: type(of: self.freeMulti))
        self.add = unsafeBitCast(add, to: type(of: self.add))
        self.remove = unsafeBitCast(remove, to: type(of: self.remove))
        self.perform = unsafeBitCast(perform, to: type(of: self.perform))
        self.poll = unsafeBitCast(poll, to: type(of: self.poll))
        self.wakeUp = unsafeBitCast(wakeUp, to: type(of: self.wakeUp))
        self.nextMessage = unsafeBitCast(nextMessage, to: type(of: self.nextMessage))
        self.append = unsafeBitCast(append, to: type(of: self.append))
        self.freeList = unsafeBitCast(freeList, to: type(of: self.freeList))
    }

    func set(_ option: CURLoption, _ value: Int, on handle: Handle) {
        _ = gm_curl_set_long(setOption, handle, option, value)
    }

    func set(_ option: CURLoption, _ value: String, on handle: Handle) {
        _ = value.withCString { gm_curl_set_text(setOption, handle, option, $0) }
    }
}
