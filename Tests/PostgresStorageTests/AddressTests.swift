import PostgresStorage
import Testing

/// What a user types after `--study`.
@Suite("Addresses of servers")
struct AddressTests {
    @Test(
        "what stands behind # is the study",
        arguments: [
            ("postgres://h/db", nil), ("postgresql://me@h:5433/db?sslmode=require", nil),
            ("postgres://h/db#17", .id(17)), ("postgres:///db?host=/tmp#mnist", .name("mnist")),
            ("postgres://h/db#my%20study", .name("my study")),
            ("postgres://h/db#17b", .name("17b")),
        ] as [(String, ServerAddress.Study?)])
    func studies(text: String, study: ServerAddress.Study?) throws {
        let address = try ServerAddress(text)
        #expect(address.study == study)
        #expect(address.database == text.prefix { $0 != "#" })
    }

    @Test(
        "a password is refused, and not repeated",
        arguments: [
            "postgres://me:secret@h/db", "postgres://me:secret@h1,h2/db#1",
            "postgres://h/db?password=secret", "postgres://h/db?user=me&pass%77ord=secret",
            "postgres://h/db?sslpassword=secret", "postgresql://:secret@/db",
        ])
    func passwords(text: String) {
        let error = #expect(throws: ServerError.self) { try ServerAddress(text) }
        #expect("\(error!)".contains("expected no password in the address, got one"))
        #expect(!"\(error!)".contains("secret"))
    }

    @Test(
        "what is no address is refused",
        arguments: ["mysql://h/db", "postgres://h/db#", "postgres://h/db#%zz", ""])
    func others(text: String) {
        #expect(throws: ServerError.self) { try ServerAddress(text) }
    }
}
