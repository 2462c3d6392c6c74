// SPDX-License-Identifier: Apache-2.0

import GeminiContract
import HTTPWire

/// What is kept, for those who look at all of it and take it away: no client of the API can.
extension FakeService {
    /// The tenants that something is kept of, with how much.
    public var holdings: [Tenant: TenantHoldings] {
        var holdings: [Tenant: TenantHoldings] = [:]
        for owner in fileStore.owners {
            holdings[owner.tenant, default: TenantHoldings()].files = owner.files
            holdings[owner.tenant, default: TenantHoldings()].fileBytes = owner.bytes
        }
        for (tenant, count) in uploads.open {
            holdings[tenant.withoutSecret, default: TenantHoldings()].uploads = count
        }
        for (tenant, count) in interactions.counts(at: clock.nanoseconds) {
            holdings[tenant.withoutSecret, default: TenantHoldings()].interactions = count
        }
        return holdings
    }

    /// Forgets the files, uploads and turns of a tenant, or of all. Uploads under way end with the API's own answer to an
    /// upload that it doesn't know.
    public func removeAll(of tenant: Tenant? = nil) {
        // The uploads first: what becomes a file in between is among the files that go.
        uploads.removeAll(of: tenant)
        fileStore.removeAll(of: tenant)
        interactions.removeAll(of: tenant)
    }

    // MARK: Files

    /// A page of a tenant's files, or of all, the newest first.
    ///
    /// - Parameter before: the number with which the page before ended.
    public func files(of tenant: Tenant?, before: Int?, size: Int) -> (files: [FileListing], next: Int?) {
        let now = clock.nanoseconds
        let page = fileStore.entries(of: tenant, before: before, size: size)
        return (page.entries.map { FileListing($0, at: now) }, page.next)
    }

    /// - Returns: nil where there is none.
    public func file(_ id: String, of tenant: Tenant) -> FileListing? {
        let now = clock.nanoseconds
        return fileStore.entry(id, of: tenant).map { FileListing($0, at: now) }
    }

    /// - Returns: whether it was there.
    public func removeFile(_ id: String, of tenant: Tenant) -> Bool {
        do throws(APIError) {
            try fileStore.delete(id, of: tenant)
            return true
        } catch {
            return false
        }
    }

    /// A page of a tenant's resumable uploads, or of all, the newest first.
    ///
    /// - Parameter before: the number with which the page before ended.
    public func uploads(of tenant: Tenant?, before: Int?, size: Int) -> (
        uploads: [UploadListing], next: Int?
    ) {
        let page = uploads.page(of: tenant, before: before, size: size)
        return (page.sessions.map { UploadListing($0.session) }, page.next)
    }

    // MARK: Turns

    /// A page of a tenant's turns, or of all, the newest first.
    ///
    /// - Parameter before: the number with which the page before ended.
    public func turns(of tenant: Tenant?, before: Int?, size: Int) -> (
        turns: [InteractionListing], next: Int?
    ) {
        let now = clock.nanoseconds
        let page = interactions.page(of: tenant, before: before, size: size, at: now)
        return (page.turns.map { InteractionListing($0.interaction, of: $0.tenant, at: now) }, page.next)
    }

    /// A turn, and its stream as far as it has come.
    ///
    /// - Returns: nil where there is none.
    public func turn(_ id: String, of tenant: Tenant) -> (
        turn: InteractionListing, log: [(frame: [UInt8], time: Int64)]
    )? {
        let now = clock.nanoseconds
        guard let found = try? interactions.find(id, of: tenant, at: now) else { return nil }
        return (
            InteractionListing(found, of: tenant, at: now),
            InteractionReplay(found, clock: clock).log(at: now)
        )
    }
}

/// How much is kept of one tenant.
public struct TenantHoldings: Sendable, Equatable {
    public var files = 0
    public var fileBytes = 0
    /// Those that are under way.
    public var uploads = 0
    public var interactions = 0

    public init() {}
}
