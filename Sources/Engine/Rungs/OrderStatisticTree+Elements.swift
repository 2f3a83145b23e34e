extension OrderStatisticTree {
    /// The elements of a tree in order, each worked out when it is asked for.
    package struct Elements: Sequence, IteratorProtocol {
        private let nodes: [Node]
        private let openOnly: Bool
        /// The nodes that come next, the nearest last: each with its right subtree precedes the one
        /// before it.
        private var path: [Int32] = []

        /// Hardly any tree is deeper, so that the path is allocated once.
        private static let usualDepth = 48

        /// All elements from the one at `start` on.
        init(_ nodes: [Node], root: Int32, from start: Int) {
            (self.nodes, openOnly) = (nodes, false)
            path.reserveCapacity(Self.usualDepth)
            var (node, rest) = (root, Int32(start))
            while node != OrderStatisticTree.none {
                let here = nodes[Int(node)]
                let before = here.left == OrderStatisticTree.none ? 0 : nodes[Int(here.left)].size
                if rest <= before { path.append(node) }
                if rest == before { return }
                if rest < before {
                    node = here.left
                } else {
                    rest -= before + 1
                    node = here.right
                }
            }
        }

        /// The open elements.
        init(_ nodes: [Node], root: Int32) {
            (self.nodes, openOnly) = (nodes, true)
            path.reserveCapacity(Self.usualDepth)
            descend(to: root)
        }

        /// The next element; nil at the end.
        package mutating func next() -> Element? {
            while let node = path.popLast() {
                let here = nodes[Int(node)]
                descend(to: here.right)
                if here.isOpen || !openOnly { return here.element }
            }
            return nil
        }

        private mutating func descend(to subtree: Int32) {
            var node = subtree
            while node != OrderStatisticTree.none, !openOnly || nodes[Int(node)].openCount > 0 {
                path.append(node)
                node = nodes[Int(node)].left
            }
        }
    }
}
