import Engine
import EngineTesting
import Testing

@Suite("Ranked trees")
struct OrderStatisticTreeTests {
    typealias Element = OrderStatisticTree.Element

    @Test(
        "answer as a sorted array does, through insertion, removal and opening", arguments: 0..<20)
    func againstSortedArray(number: Int) {
        var random = TestRandom("tree", number)
        var tree = OrderStatisticTree()
        var sorted: [Element] = []
        var open: Set<Element> = []
        for id in 0..<400 {
            let element = Element(key: Double(random.below(50)), id: id)
            switch random.below(4) {
            case 0 where !sorted.isEmpty:
                let gone = sorted.remove(at: random.below(sorted.count))
                open.remove(gone)
                tree.remove(gone)
            default:
                sorted.append(element)
                sorted.sort { ($0.key, $0.id) < ($1.key, $1.id) }
                tree.insert(element)
            }
            if let some = sorted.isEmpty ? nil : sorted[random.below(sorted.count)] {
                let isOpen = random.below(2) == 0
                if isOpen { open.insert(some) } else { open.remove(some) }
                tree.setOpen(some, isOpen)
            }
            expectEqual(tree, sorted, open)
        }
    }

    private func expectEqual(_ tree: OrderStatisticTree, _ sorted: [Element], _ open: Set<Element>)
    {
        #expect(tree.count == sorted.count)
        #expect((0..<tree.count).map { tree.element(at: $0) } == sorted)
        #expect(Array(tree.openElements) == sorted.filter(open.contains))
        for start in [0, sorted.count / 3, sorted.count] {
            #expect(Array(tree.elements(from: start)) == Array(sorted[start...]))
        }
        let first = sorted.firstIndex { open.contains($0) }
        #expect(tree.firstOpen?.position == first)
        #expect(tree.firstOpen?.element == first.map { sorted[$0] })
        #expect(tree.count { $0.key < 25 } == sorted.count { $0.key < 25 })
    }

    @Test("built from a sorted array are the same and balanced")
    func building() {
        let elements = (0..<1_000).map {
            (element: Element(key: Double($0 / 3), id: $0), isOpen: $0 % 7 == 5)
        }
        var tree = OrderStatisticTree(sorted: elements)
        #expect((0..<1_000).map { tree.element(at: $0).id } == Array(0..<1_000))
        #expect(tree.firstOpen?.element.id == 5)
        tree.insert(Element(key: -1, id: 1_000))
        #expect(tree.firstOpen?.position == 6)
        #expect(depth(tree, tree.root) <= 11)
    }

    @Test("stay shallow when elements come in order")
    func balance() {
        var tree = OrderStatisticTree()
        for id in 0..<4_096 { tree.insert(Element(key: Double(id), id: id)) }
        // A random binary search tree of n nodes is deeper than 4.3 ln n, 36, with vanishing odds.
        #expect(depth(tree, tree.root) <= 45)
    }

    private func depth(_ tree: OrderStatisticTree, _ node: Int32) -> Int {
        guard node != OrderStatisticTree.none else { return 0 }
        let here = tree.nodes[Int(node)]
        return 1 + max(depth(tree, here.left), depth(tree, here.right))
    }
}
