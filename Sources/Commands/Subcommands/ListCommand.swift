internal import ArgumentParser
internal import Platform

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the studies of a folder or a database, the newest first.",
        discussion: """
            A study is running, finished, interrupted (it was ended from outside) or abandoned \
            (its program ended before it did).
            """)

    @Argument(help: "The folder, or postgres://HOST/DATABASE.", completion: .directory)
    var folder = StoredStudy.folder

    func run() {
        orFail {
            guard folder != StoredStudy.folder || access(folder, F_OK) == 0 else {
                return standardError("mohpo-lua: no studies here yet: there is no folder \(folder)")
            }
            let list = try StudyList(folder)
            for failure in list.failures { standardError("mohpo-lua: warning: \(failure)") }
            if let table = list.table {
                try Terminal.printResult(table)
            } else {
                standardError("mohpo-lua: \(folder): no studies")
            }
        }
    }
}
