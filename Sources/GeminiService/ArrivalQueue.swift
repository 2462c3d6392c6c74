// SPDX-License-Identifier: Apache-2.0

/// What arrived, oldest first. What has gone in the meantime is left where it stands and passed over.
struct ArrivalQueue<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var first: Element? { head < elements.count ? elements[head] : nil }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func removeFirst() {
        guard head < elements.count else { return }
        head += 1
        // Half of it is empty: each element is moved once for each that was taken.
        if head > 32, head * 2 > elements.count {
            elements.removeFirst(head)
            head = 0
        }
    }

    /// Takes out what has gone, as soon as that is most of it.
    ///
    /// - Parameter live: how many are still there.
    mutating func compact(live: Int, _ isLive: (Element) -> Bool) {
        guard count > 2 * live + 64 else { return }
        elements = elements[head...].filter(isLive)
        head = 0
    }
}
