/// An ordered set of (key, id) that answers "how many come before" and "which is the k-th".
///
/// Elements are ordered by key, equal keys by id. Some elements are *open*; the first open one is
/// found as fast. All operations take O(log n) expected, whatever the order of insertion; building
/// from a sorted array takes O(n).
///
/// Source: Martínez, Roura 1998, "Randomized binary search trees".
///
/// Invariant: every node's `size` and `openCount` are those of its subtree. The tree's shape is
/// random, but no answer depends on the shape.
package struct OrderStatisticTree: Sendable {
    /// What the tree holds, in the order of keys and then of ids.
    package struct Element: Sendable, Hashable {
        /// What elements are ordered by; not NaN.
        package var key: Double
        /// Tells elements of one key apart.
        package var id: Int

        /// An element of this key and id.
        package init(key: Double, id: Int) { (self.key, self.id) = (key, id) }

        static func < (left: Element, right: Element) -> Bool {
            left.key < right.key || (left.key == right.key && left.id < right.id)
        }
    }

    /// An element and what hangs below it.
    package struct Node: Sendable {
        /// What the node holds.
        package var element: Element
        /// Whether the element counts as open.
        package var isOpen: Bool
        /// The subtree of the lesser elements.
        package var left = OrderStatisticTree.none
        /// The subtree of the greater elements.
        package var right = OrderStatisticTree.none
        /// How many elements the node and its subtrees hold.
        package var size: Int32 = 1
        /// How many of these are open.
        package var openCount: Int32
    }

    /// The index that no node has.
    package static let none: Int32 = -1

    /// All nodes, in the order they were inserted.
    package private(set) var nodes: [Node] = []
    private var free: [Int32] = []
    /// The index of the root; `none` when the tree is empty.
    package private(set) var root = none
    private var random: UInt64 = 0x2545_F491_4F6C_DD1D

    /// An empty tree.
    package init() {}

    /// A balanced tree of elements that are sorted already.
    package init(sorted elements: [(element: Element, isOpen: Bool)]) {
        nodes.reserveCapacity(elements.count)
        root = build(elements[...])
    }

    /// How many elements there are. O(1).
    package var count: Int { Int(size(root)) }

    /// The element at `position`, counted from 0 in order.
    package func element(at position: Int) -> Element {
        var node = root
        var rest = Int32(position)
        while true {
            let left = size(nodes[Int(node)].left)
            if rest == left { return nodes[Int(node)].element }
            if rest < left {
                node = nodes[Int(node)].left
            } else {
                rest -= left + 1
                node = nodes[Int(node)].right
            }
        }
    }

    /// How many elements satisfy a predicate that holds for a beginning of the order and for
    /// nothing after it.
    package func count(while holds: (Element) -> Bool) -> Int {
        var node = root
        var found: Int32 = 0
        while node != Self.none {
            if holds(nodes[Int(node)].element) {
                found += size(nodes[Int(node)].left) + 1
                node = nodes[Int(node)].right
            } else {
                node = nodes[Int(node)].left
            }
        }
        return Int(found)
    }

    /// The elements in order from `start` on.
    ///
    /// - Complexity: O(log n) and that of the elements asked for.
    package func elements(from start: Int = 0) -> Elements {
        Elements(nodes, root: root, from: start)
    }

    /// The open elements in order.
    ///
    /// - Complexity: O(log n), and as much for each element asked for.
    package var openElements: Elements { Elements(nodes, root: root) }

    /// The first open element and its position, or nil when none is open.
    package var firstOpen: (element: Element, position: Int)? {
        guard open(root) > 0 else { return nil }
        var node = root
        var before: Int32 = 0
        while true {
            let here = nodes[Int(node)]
            if open(here.left) > 0 {
                node = here.left
            } else if here.isOpen {
                return (here.element, Int(before + size(here.left)))
            } else {
                before += size(here.left) + 1
                node = here.right
            }
        }
    }

    /// Adds an element. O(log n) expected.
    package mutating func insert(_ element: Element) {
        let new = allocate(element, isOpen: false)
        root = insert(new, into: root)
    }

    /// Removes an element; no effect when it is not there.
    package mutating func remove(_ element: Element) { root = remove(element, from: root) }

    /// Marks an element as open or not; no effect when it is not there.
    package mutating func setOpen(_ element: Element, _ isOpen: Bool) {
        var path: [Int32] = []
        var node = root
        while node != Self.none {
            path.append(node)
            let here = nodes[Int(node)].element
            if here == element { break }
            node = element < here ? nodes[Int(node)].left : nodes[Int(node)].right
        }
        guard node != Self.none, nodes[Int(node)].isOpen != isOpen else { return }
        nodes[Int(node)].isOpen = isOpen
        for node in path { nodes[Int(node)].openCount += isOpen ? 1 : -1 }
    }
}

extension OrderStatisticTree {
    private func size(_ node: Int32) -> Int32 { node == Self.none ? 0 : nodes[Int(node)].size }

    private func open(_ node: Int32) -> Int32 { node == Self.none ? 0 : nodes[Int(node)].openCount }

    private mutating func update(_ node: Int32) {
        let here = nodes[Int(node)]
        nodes[Int(node)].size = size(here.left) + size(here.right) + 1
        nodes[Int(node)].openCount = open(here.left) + open(here.right) + (here.isOpen ? 1 : 0)
    }

    private mutating func allocate(_ element: Element, isOpen: Bool) -> Int32 {
        let node = Node(element: element, isOpen: isOpen, openCount: isOpen ? 1 : 0)
        if let place = free.popLast() {
            nodes[Int(place)] = node
            return place
        }
        nodes.append(node)
        return Int32(nodes.count - 1)
    }

    /// A uniform number below `bound`, good enough to balance a tree (xorshift64*).
    private mutating func dice(_ bound: Int32) -> Int32 {
        random ^= random >> 12
        random ^= random << 25
        random ^= random >> 27
        let places = (random &* 0x2545_F491_4F6C_DD1D) >> 33
        // As a share of the bound: a remainder would take a division.
        return Int32(truncatingIfNeeded: (places &* UInt64(bound)) >> 31)
    }

    private mutating func insert(_ new: Int32, into node: Int32) -> Int32 {
        guard node != Self.none else { return new }
        if dice(nodes[Int(node)].size + 1) == 0 {
            (nodes[Int(new)].left, nodes[Int(new)].right) = split(node, nodes[Int(new)].element)
            update(new)
            return new
        }
        if nodes[Int(new)].element < nodes[Int(node)].element {
            let child = insert(new, into: nodes[Int(node)].left)
            nodes[Int(node)].left = child
        } else {
            let child = insert(new, into: nodes[Int(node)].right)
            nodes[Int(node)].right = child
        }
        update(node)
        return node
    }

    /// The subtrees of what comes before `element` and of what comes after.
    private mutating func split(_ node: Int32, _ element: Element) -> (Int32, Int32) {
        guard node != Self.none else { return (Self.none, Self.none) }
        if nodes[Int(node)].element < element {
            let (low, high) = split(nodes[Int(node)].right, element)
            nodes[Int(node)].right = low
            update(node)
            return (node, high)
        }
        let (low, high) = split(nodes[Int(node)].left, element)
        nodes[Int(node)].left = high
        update(node)
        return (low, node)
    }

    private mutating func remove(_ element: Element, from node: Int32) -> Int32 {
        guard node != Self.none else { return node }
        let here = nodes[Int(node)]
        if here.element == element {
            free.append(node)
            return merge(here.left, here.right)
        }
        if element < here.element {
            let child = remove(element, from: here.left)
            nodes[Int(node)].left = child
        } else {
            let child = remove(element, from: here.right)
            nodes[Int(node)].right = child
        }
        update(node)
        return node
    }

    private mutating func merge(_ low: Int32, _ high: Int32) -> Int32 {
        guard low != Self.none else { return high }
        guard high != Self.none else { return low }
        let sizes = (nodes[Int(low)].size, nodes[Int(high)].size)
        if dice(sizes.0 + sizes.1) < sizes.0 {
            let child = merge(nodes[Int(low)].right, high)
            nodes[Int(low)].right = child
            update(low)
            return low
        }
        let child = merge(low, nodes[Int(high)].left)
        nodes[Int(high)].left = child
        update(high)
        return high
    }

    private mutating func build(_ elements: ArraySlice<(element: Element, isOpen: Bool)>) -> Int32 {
        guard !elements.isEmpty else { return Self.none }
        let middle = elements.startIndex + elements.count / 2
        let node = allocate(elements[middle].element, isOpen: elements[middle].isOpen)
        let left = build(elements[..<middle])
        let right = build(elements[(middle + 1)...])
        nodes[Int(node)].left = left
        nodes[Int(node)].right = right
        update(node)
        return node
    }
}
