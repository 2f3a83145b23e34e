extension Study {
    func csv() -> String { "" }
    func json() -> String { "" }
    struct P {
        func svg() -> String { "" }
        func html() -> String { "" }
    }
    var plot: P { P() }
    package func frontTable() -> String { "" }
    package func frontCSV() -> String { "" }
    package func studyJSON() -> String { "" }
}
