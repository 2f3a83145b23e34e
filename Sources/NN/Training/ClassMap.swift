/// A data set's class numbers in terms of the classes a network was trained on.
///
/// Two data sets number their classes each for itself: a test set without sevens calls the eight 7.
enum ClassMap {
    /// Targets are not needed.
    case none
    /// Both number alike, or the targets are numbers.
    case same
    /// The network's number for each of the data set's, −1 for a class it does not know.
    case table([Int32])

    /// - Parameters:
    ///   - data: the classes of a data set.
    ///   - network: the classes of the network.
    init(from data: [ClassLabel], to network: [ClassLabel]) {
        if data == network {
            self = .same
        } else {
            let numbers = Dictionary(uniqueKeysWithValues: zip(network, Int32(0)...))
            self = .table(data.map { numbers[$0] ?? -1 })
        }
    }
}

extension Workspace {
    /// Copies the targets of the first `count` of the batch's rows next to them.
    func loadTargets(_ targets: Targets, _ map: ClassMap, count: Int) {
        switch (targets, map) {
        case (_, .none):
            break
        case (.classes(let numbers, _), .same):
            for index in 0..<count { labels.pointer[index] = numbers[Int(rows.pointer[index])] }
        case (.classes(let numbers, _), .table(let table)):
            for index in 0..<count {
                labels.pointer[index] = table[Int(numbers[Int(rows.pointer[index])])]
            }
        case (.values(let numbers, let outputs), _):
            for index in 0..<count * outputs {
                let row = Int(rows.pointer[index / outputs])
                values.pointer[index] = numbers[row * outputs + index % outputs]
            }
        }
    }
}
