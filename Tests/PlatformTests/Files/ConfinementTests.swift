import Platform
import Testing

/// A folder whose contents lead out in every way there is.
@Suite struct ConfinementTests {
    private let outer: Scratch
    private let root: Scratch
    private let confinement: Confinement

    init() throws {
        (outer, root) = (try Scratch(), try Scratch())
        try outer.write("secret", to: "secret.csv")
        try root.write("mine", to: "folder/mine.csv")
        root.link("out", to: outer.path)
        root.link("link.csv", to: "\(outer.path)/secret.csv")
        root.link("inner", to: "folder")
        // The working directory belongs to all tests at once, so that a granted folder stands for it.
        confinement = try Confinement(alsoTo: [root.path])
    }

    private func read(_ path: String) throws -> String {
        try Confinement.$current.withValue(confinement) {
            String(decoding: try readBytes(ofFileAt: "\(root.path)/\(path)"), as: UTF8.self)
        }
    }

    @Test(arguments: [
        "folder/mine.csv", "./folder//mine.csv", "folder/../folder/mine.csv", "folder/./mine.csv",
    ])
    func whatIsInsideIsRead(path: String) throws { #expect(try read(path) == "mine") }

    @Test(arguments: [
        ("out/secret.csv", FileError.link(name: "out")), ("link.csv", .link(name: "link.csv")),
        ("inner/mine.csv", .link(name: "inner")), ("../x/secret.csv", .outside),
        ("nowhere/../../etc/passwd", .outside), ("folder/../../x", .outside),
        ("./out/../out/secret.csv", .link(name: "out")), ("nowhere/x", .system(ENOENT)),
        // A slash is a slash, whatever stands behind it.
        ("out/\u{301}secret.csv", .link(name: "out")), ("..", .outside), ("folder", .notAFile),
    ])
    func whatLeadsOutIsRefused(path: String, error: FileError) {
        #expect(throws: error) { try read(path) }
    }

    @Test func anAbsolutePathOutsideIsRefused() {
        for path in ["/etc/passwd", "\(outer.path)/secret.csv", "/", "\(root.path)x/y"] {
            #expect(throws: FileError.outside) {
                try Confinement.$current.withValue(confinement) {
                    try readBytes(ofFileAt: path)
                }
            }
        }
    }

    /// Every way by which this program writes.
    @Test func nothingIsWrittenThroughALink() throws {
        Confinement.$current.withValue(confinement) {
            for name in ["out/new", "out/\u{600}new", "out/folder/new"] {
                let path = "\(root.path)/\(name)"
                #expect(throws: FileError.link(name: "out")) { try AtomicFile.write("x", to: path) }
                #expect(throws: FileError.link(name: "out")) { try FileLock(path, holder: "x") }
                #expect(throws: FileError.link(name: "out")) { try Folders.make(path) }
                #expect(throws: FileError.link(name: "out")) { try Folders.makeAbove(path) }
                #expect(throws: FileError.link(name: "out")) {
                    try AtomicFile.create(at: path) { _ in }
                }
            }
            #expect(throws: FileError.linkAsFile(name: "link.csv")) {
                try FileLock("\(root.path)/link.csv", holder: "x")
            }
            #expect(throws: FileError.system(EEXIST)) {
                try AtomicFile.create(at: "\(root.path)/link.csv") { _ in }
            }
        }
        #expect(outer.names == ["secret.csv"])
        #expect(try outer.read("secret.csv") == "secret")
    }

    @Test func aLinkIsReplacedAndNotFollowed() throws {
        try Confinement.$current.withValue(confinement) {
            try AtomicFile.write("new", to: "\(root.path)/link.csv")
        }
        #expect(!root.isLink("link.csv"))
        #expect(try outer.read("secret.csv") == "secret")
    }

    @Test func foldersAreMadeInside() throws {
        try Confinement.$current.withValue(confinement) {
            try Folders.makeAbove("\(root.path)/a/b/c.db")
            try Folders.make("\(root.path)/a/b")
            try AtomicFile.write("x", to: "\(root.path)/a/b/c.db")
        }
        #expect(try root.read("a/b/c.db") == "x")
    }

    /// é has two spellings, which Swift takes for one name and the system for two.
    @Test func aNameIsItsBytes() throws {
        let (one, other) = ("caf\u{e9}", "cafe\u{301}")
        try root.write("x", to: "\(one)/x")
        try root.write("y", to: "\(other)/x")
        let inOne = try Confinement(alsoTo: ["\(root.path)/\(one)"])
        try Confinement.$current.withValue(inOne) { () throws in
            #expect(try readBytes(ofFileAt: "\(root.path)/\(one)/x") == Array("x".utf8))
            #expect(throws: FileError.outside) {
                try readBytes(ofFileAt: "\(root.path)/\(other)/x")
            }
        }
    }
}

@Suite struct PathTextTests {
    @Test(arguments: [
        ("a/b", "a", "b"), ("b", ".", "b"), ("/b", "/", "b"), ("a/b//", "a", "b"),
        ("/", "/", ""), ("", ".", ""), ("a/\u{301}b", "a", "\u{301}b"),
    ])
    func aPathIsSplitAtASlash(path: String, folder: String, name: String) {
        let parts = PathText.split(path)
        #expect(PathText.isSame(parts.folder, folder))
        #expect(PathText.isSame(parts.name, name))
    }

    @Test func bytesAreCompared() {
        #expect(!PathText.isSame("caf\u{e9}", "cafe\u{301}"))
        #expect(PathText.hasPrefix(".\u{301}hidden.csv", "."))
        #expect(PathText.hasSuffix("x\u{600}.csv", ".csv"))
        #expect(PathText.contains("a/\u{301}b", "/"))
    }

    @Test(arguments: [("a.db", "a.log"), ("a", "a.log"), ("a.db.db", "a.db.log"), ("db", "db.log")])
    func anEndingIsReplaced(path: String, expected: String) {
        #expect(PathText.replacing(suffix: ".db", of: path, with: ".log") == expected)
    }
}
