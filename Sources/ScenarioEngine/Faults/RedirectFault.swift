// SPDX-License-Identifier: Apache-2.0

import HTTPWire

/// Sends the client to another host, which isn't to get its key (PEERS REQ-03). The page is the one that Google's front end
/// sends with any redirect; that this API ever does is assumed. The host doesn't exist unless one is told (RFC 6761, 6.4).
struct RedirectFault: Fault {
    var status = 302
    var location = "https://redirected.invalid/"

    func apply(to plan: inout WirePlan) {
        let page =
            "<HTML><HEAD><meta http-equiv=\"content-type\" content=\"text/html;charset=utf-8\">\n"
            + "<TITLE>\(status) Moved</TITLE></HEAD><BODY>\n<H1>\(status) Moved</H1>\nThe document has moved\n"
            + "<A HREF=\"\(location)\">here</A>.\r\n</BODY></HTML>\r\n"
        plan.replace(
            status: status,
            [
                HTTPFields.Field("Location", location),
                HTTPFields.Field("Content-Type", "text/html; charset=UTF-8"),
            ], body: Array(page.utf8))
    }
}
