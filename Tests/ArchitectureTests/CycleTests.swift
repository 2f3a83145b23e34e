import Testing

/// Files of a module that need each other: a cycle is read all at once or not at all.
@Suite struct CycleTests {
    private static let largest = 5

    @Test func cyclesOfFilesAreSmall() {
        for (module, files) in SourceTree.shared.modules.sorted(by: { $0.key < $1.key }) {
            let cycle = FileGraph(files).largestCycle
            #expect(
                cycle.count <= Self.largest,
                "\(module): \(cycle.count)\n\(cycle.joined(separator: "\n"))")
        }
    }

    @Test func aCycleIsFound() {
        func file(_ path: String, _ code: String) -> SourceTree.File {
            SourceTree.File(module: "M", path: path, text: code, code: code)
        }
        let graph = FileGraph([
            file("a", "struct A { let b: B }"), file("b", "struct B { let c: [C] }"),
            file("c", "enum C { case a(A) }"), file("d", "struct D { let a: A }"),
        ])
        #expect(graph.largestCycle.sorted() == ["a", "b", "c"])
    }
}

/// Which files name a type that another declares. Extensions belong to the files that they are in: what
/// is called of them cannot be told from the text alone.
struct FileGraph {
    private let paths: [String]
    private let uses: [Set<Int>]

    init(_ files: [SourceTree.File]) {
        paths = files.map(\.path)
        var owner: [Substring: Int] = [:]
        for (index, file) in files.enumerated() {
            let declared = file.code.matches(
                of:
                    /(?m)^(?:[a-z@]+(?:\([a-z]+\))? )*(?:struct|class|enum|protocol|actor|typealias) (\w+)/
            )
            for match in declared { owner[match.1] = index }
        }
        uses = files.indices.map { index in
            Set(files[index].code.matches(of: /\b[A-Z]\w*/).compactMap { owner[$0.0] })
                .subtracting([index])
        }
    }

    /// The files of the largest strongly connected component.
    ///
    /// Source: Tarjan 1972.
    var largestCycle: [String] {
        var search = Search(uses: uses, order: Array(repeating: nil, count: uses.count))
        for index in uses.indices where search.order[index] == nil { search.visit(index) }
        return search.largest.map { paths[$0] }
    }

    private struct Search {
        let uses: [Set<Int>]
        var order: [Int?]
        var low: [Int: Int] = [:]
        var stack: [Int] = []
        var largest: [Int] = []
        var count = 0

        mutating func visit(_ index: Int) {
            order[index] = count
            low[index] = count
            count += 1
            stack.append(index)
            for next in uses[index] {
                if let seen = order[next] {
                    if stack.contains(next) { low[index] = min(low[index]!, seen) }
                } else {
                    visit(next)
                    low[index] = min(low[index]!, low[next]!)
                }
            }
            guard low[index] == order[index] else { return }
            let start = stack.lastIndex(of: index)!
            if stack.count - start > largest.count { largest = Array(stack[start...]) }
            stack.removeSubrange(start...)
        }
    }
}
