internal import ArgumentParser
internal import Experiment

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the studies of a folder, the newest first.",
        discussion: """
            A study is running, finished, interrupted (it was ended from outside) or left (its \
            program ended before it did).
            """)

    @Argument(help: "The folder.", completion: .directory)
    var folder = StoredStudy.folder

    func run() {
        orFail {
            let list = try StudyList(folder)
            for failure in list.failures { standardError("mohpo-lua: warning: \(failure)") }
            if let table = list.table {
                print(table, terminator: "")
            } else {
                standardError("mohpo-lua: \(folder): no studies")
            }
        }
    }
}
