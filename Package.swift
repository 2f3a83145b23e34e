// swift-tools-version: 6.3
import PackageDescription

// CI sets this: a warning then fails the build. Off by default, so that a newer compiler
// with a new warning never stops a person who only wants to run the program.
let warningsAreErrors = Context.environment["MOHPO_WARNINGS_AS_ERRORS"] == "1"

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let cSettings: [CSetting] =
    [.enableWarning("all"), .enableWarning("extra")]
    + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let ordered = Target.Dependency.product(
    name: "OrderedCollections", package: "swift-collections")
let real = Target.Dependency.product(name: "RealModule", package: "swift-numerics")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let package = Package(
    name: "mohpo-lua",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "mohpo-lua", targets: ["mohpo-lua"]),
        .executable(name: "mohpo-lua-http", targets: ["mohpo-lua-http"]),
        .library(name: "LuaBridge", targets: ["LuaBridge"]),
        .library(name: "Engine", targets: ["Engine"]),
        .library(name: "Running", targets: ["Running"]),
        .library(name: "EngineTesting", targets: ["EngineTesting"]),
        .library(name: "NN", targets: ["NN"]),
        .library(name: "Storage", targets: ["Storage"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The system's C library, whichever it is, and what of it Swift does not see.
        .target(name: "CAffinity", cSettings: cSettings),
        // How a program becomes a child of this one.
        .target(name: "CProcesses", cSettings: cSettings),
        .target(
            name: "Platform", dependencies: ["CAffinity", "CProcesses", heap],
            swiftSettings: swiftSettings),

        // The system's Lua 5.4 and, above it, the C that raises and yields on Swift's behalf.
        .systemLibrary(
            name: "CLuaLibrary", pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"]), .brew(["lua"])]),
        .target(name: "CLua", dependencies: ["CLuaLibrary"], cSettings: cSettings),
        .target(
            name: "LuaBridge", dependencies: ["CLua", "Platform"], swiftSettings: swiftSettings),

        // Arithmetic with the same bits on every processor, for decisions that follow from it.
        .target(name: "CDeterministicMath", cSettings: cSettings),
        .target(
            name: "DeterministicMath", dependencies: ["CDeterministicMath"],
            swiftSettings: swiftSettings),

        // How a setting is declared, for all that have some.
        .target(name: "Settings", swiftSettings: swiftSettings),

        .target(
            name: "Engine",
            dependencies: ["DeterministicMath", "Settings", deque, heap, ordered, real],
            swiftSettings: swiftSettings),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        // Writes a transaction to SQLite's log in one call.
        .target(name: "CSQLiteLog", dependencies: ["CSQLite"], cSettings: cSettings),
        .target(
            name: "Storage",
            dependencies: ["Engine", "CSQLite", "CSQLiteLog", "CZlib", "Platform"],
            swiftSettings: swiftSettings),
        // PostgreSQL's client library, which is opened when a study is on a server.
        .target(name: "CLibPQ", cSettings: cSettings),
        .target(
            name: "PostgresStorage", dependencies: ["Engine", "CLibPQ", "Platform"],
            swiftSettings: swiftSettings),

        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        // Data sets come gzipped, NumPy's archives deflated, and rows of a study carry checksums.
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CKernels", cSettings: cSettings),
        .target(
            name: "NN",
            dependencies: ["COpenBLAS", "CZlib", "CKernels", "Platform", "Settings"],
            swiftSettings: swiftSettings),

        // Lines of the `repl` are edited by libedit, as GNU's readline would impose its licence.
        .systemLibrary(
            name: "CEditLibrary", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(name: "CLineEditor", dependencies: ["CEditLibrary"], cSettings: cSettings),

        .target(
            name: "DataSets", dependencies: ["Platform", subprocess], swiftSettings: swiftSettings),
        // The files of the page, which the compiler puts into the program.
        .target(name: "CPage", exclude: ["page"], cSettings: cSettings),
        .target(name: "Rendering", dependencies: ["CPage"], swiftSettings: swiftSettings),

        // A study to look at.
        .target(
            name: "Results", dependencies: ["Engine", "Rendering", "Platform", real],
            swiftSettings: swiftSettings),
        // A server over HTTP, with its limits, and what the system says of its connections.
        .target(name: "CConnections", cSettings: cSettings),
        .target(
            name: "HTTPListening",
            dependencies: ["CConnections", "Platform", flyingFox, flyingSocks],
            swiftSettings: swiftSettings),
        // The page over HTTP.
        .target(
            name: "LivePage", dependencies: ["HTTPListening", "Platform", flyingSocks],
            swiftSettings: swiftSettings),
        // One run of a study.
        .target(
            name: "Running", dependencies: ["Engine", "Platform", deque, heap],
            swiftSettings: swiftSettings),
        // Clients that ask and tell over HTTP.
        .target(
            name: "HTTPServing", dependencies: ["HTTPListening", "Running", "Platform"],
            swiftSettings: swiftSettings),
        // What checks searchers, rankings, journals and executors, also those of other packages.
        .target(
            name: "EngineTesting", dependencies: ["Engine", "Running", "Platform"],
            swiftSettings: swiftSettings),

        .target(
            name: "LuaHost",
            dependencies: [
                "LuaBridge", "Engine", "Storage", "PostgresStorage", "NN", "DataSets", "Rendering",
                "Results", "Running", "Platform", "Settings", log, heap,
            ],
            swiftSettings: swiftSettings),
        .target(
            name: "Commands",
            dependencies: [
                "LuaHost", "Running", "Results", "Storage", "PostgresStorage", "Engine", "DataSets",
                "Rendering", "LuaBridge", "CLineEditor", "Platform", "Settings", argumentParser,
                log,
            ],
            swiftSettings: swiftSettings),
        .executableTarget(
            name: "mohpo-lua", dependencies: ["Commands"], swiftSettings: swiftSettings),
        // The same with a library for HTTP, which takes as long to load as all else.
        .executableTarget(
            name: "mohpo-lua-http",
            dependencies: [
                "Commands", "HTTPServing", "HTTPListening", "LivePage", "LuaHost", "Running",
                "Results", "Rendering", "Storage", "PostgresStorage", "Engine", "Platform",
            ],
            swiftSettings: swiftSettings),

        // Reads the sources as text, and fails where the house is not as it was drawn.
        .testTarget(name: "ArchitectureTests", swiftSettings: swiftSettings),
        .testTarget(
            name: "PlatformTests", dependencies: ["Platform"], swiftSettings: swiftSettings),
        .testTarget(
            name: "LuaBridgeTests", dependencies: ["LuaBridge"], swiftSettings: swiftSettings),
        .testTarget(
            name: "DeterministicMathTests", dependencies: ["DeterministicMath"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "SettingsTests", dependencies: ["Settings"], swiftSettings: swiftSettings),
        .testTarget(
            name: "EngineTests",
            dependencies: ["Engine", "EngineTesting", "Results", "DeterministicMath"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "StorageTests", dependencies: ["Storage", "Engine", "EngineTesting"],
            exclude: ["Golden"],
            swiftSettings: swiftSettings),
        // A PostgreSQL server of the tests' own.
        .target(
            name: "PostgresTesting", path: "Tests/PostgresTesting", swiftSettings: swiftSettings),
        .testTarget(
            name: "PostgresStorageTests",
            dependencies: [
                "PostgresStorage", "PostgresTesting", "Storage", "Engine", "EngineTesting",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "NNTests", dependencies: ["NN", "CKernels", "Platform"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "DataSetsTests", dependencies: ["DataSets"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RenderingTests", dependencies: ["Rendering"], swiftSettings: swiftSettings),
        .testTarget(
            name: "RunningTests",
            dependencies: ["Running", "Engine", "EngineTesting", "Storage", "Platform"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HTTPListeningTests", dependencies: ["HTTPListening"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "HTTPServingTests", dependencies: ["HTTPServing", "HTTPListening"],
            swiftSettings: swiftSettings),
        // The examples of docs/development.md.
        .testTarget(
            name: "ExampleTests", dependencies: ["EngineTesting", "Engine", "Running", "Storage"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "ResultsTests",
            dependencies: ["Results", "Engine", "EngineTesting", "Rendering"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LivePageTests", dependencies: ["LivePage", "HTTPListening"],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "LuaHostTests",
            dependencies: [
                "LuaHost", "LuaBridge", "Results", "Running", "EngineTesting", "Storage", "Engine",
                "Settings",
            ],
            swiftSettings: swiftSettings),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "mohpo-lua", "mohpo-lua-http", "Engine", "EngineTesting", "PostgresTesting",
                "Results", "Storage",
                subprocess,
            ],
            swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c11
)
