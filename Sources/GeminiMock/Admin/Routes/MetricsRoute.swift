// SPDX-License-Identifier: Apache-2.0

import GeminiService
import HTTPWire

/// How much there is of everything, for Prometheus. Whatever clients send, there is no more of it: labels are endpoints and
/// statuses.
struct MetricsRoute: AdminRoute {
    let method = "GET"
    let path = "metrics"

    func answer(_ call: AdminCall, _ server: AdminServer) throws(AdminError) -> AdminAnswer {
        try call.checkQuery()
        var page = MetricsText()
        addRequests(server, &page)
        addConnections(server, &page)
        addStores(server, &page)
        addServer(server, &page)
        return .text(page.text, type: MetricsText.mediaType)
    }

    private func addRequests(_ server: AdminServer, _ page: inout MetricsText) {
        let totals = server.journal.totals
        let answered = totals.answered.sorted {
            ($0.key.endpoint, $0.key.status) < ($1.key.endpoint, $1.key.status)
        }
        page.add(
            "gemini_mock_requests_total", .counter,
            "Requests that were answered, those to the admin API left out, since the journal was last reset.",
            answered.map { key, count in
                (
                    ["endpoint": key.endpoint.isEmpty ? "none" : key.endpoint, "status": "\(key.status)"],
                    Double(count)
                )
            })
        page.add(
            "gemini_mock_requests_unmatched_total", .counter,
            "Requests that no stub of the scenarios has matched, since the journal was last reset.",
            totals.unmatched)
        page.add(
            "gemini_mock_requests_abandoned_total", .counter,
            "Requests that never came whole, since the journal was last reset.", totals.abandoned)
        let journal = server.journal.occupancy
        page.add("gemini_mock_journal_entries", .gauge, "Requests in the journal.", journal.entries)
        page.add("gemini_mock_journal_bytes", .gauge, "Size of the journal; about.", journal.bytes)
        page.add(
            "gemini_mock_journal_forgotten_total", .counter,
            "Requests that left the journal for later ones, since it was last reset.", journal.forgotten)
    }

    private func addConnections(_ server: AdminServer, _ page: inout MetricsText) {
        let live = server.clock.liveObjects
        page.add(
            "gemini_mock_requests_in_flight", .gauge, "Requests under way, this one too.", live.exchanges)
        page.add("gemini_mock_streams_open", .gauge, "Answers that are sent piece by piece.", live.readers)
        page.add(
            "gemini_mock_waiting_connections", .gauge, "Requests that wait for the server's clock.",
            server.clock.waiting)
    }

    private func addStores(_ server: AdminServer, _ page: inout MetricsText) {
        let kept = server.service.holdings.values
        page.add(
            "gemini_mock_files", .gauge, "Uploaded files that are kept.", kept.reduce(0) { $0 + $1.files })
        page.add(
            "gemini_mock_files_bytes", .gauge, "Size of the uploaded files.",
            kept.reduce(0) { $0 + $1.fileBytes })
        page.add(
            "gemini_mock_uploads_open", .gauge, "Resumable uploads that haven't ended.",
            kept.reduce(0) { $0 + $1.uploads })
        let turns = server.service.interactions.occupancy
        page.add("gemini_mock_interactions", .gauge, "Turns of interactions that are kept.", turns.turns)
        page.add(
            "gemini_mock_interactions_bytes", .gauge, "Size of the turns that are kept; about.", turns.bytes)
        page.add(
            "gemini_mock_scenarios", .gauge, "Scenarios that are loaded.", server.player.scenarios.count)
        page.add(
            "gemini_mock_faults_armed", .gauge, "Faults that were armed and are to strike still.",
            server.player.armedFaults.count { !$0.isSpent })
    }

    private func addServer(_ server: AdminServer, _ page: inout MetricsText) {
        let state = server.clock.state
        page.add(
            "gemini_mock_clock_offset_seconds", .gauge,
            "How far the server's clock is ahead of the machine's.",
            state.offset / .seconds(1))
        page.add(
            "gemini_mock_clock_frozen", .gauge, "Whether the server's clock stands still.",
            state.isFrozen ? 1 : 0)
        page.add(
            "gemini_mock_start_time_seconds", .gauge, "When the server was started, since 1970.",
            Double(server.started) / 1e9)
        page.add(
            "gemini_mock_build_info", .gauge, "The version of the server.", 1.0,
            labels: ["version": geminiMockVersion])
    }
}
