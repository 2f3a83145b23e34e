import Engine
import Rendering
import Results
import Testing

/// The document of the page of all studies.
@Suite struct CatalogDocumentTests {
    private let entry = StudyEntry(
        address: "studies/a.db",
        metadata: StudyMetadata(name: "a <b>", created: "2026-01-01T00:00:00Z"),
        state: .finished, trials: 3, reports: 7)

    @Test func aRowHasWhatTheCatalogSays() {
        let row = CatalogDocument.Row(
            id: "a.db", place: "studies/a.db", entry: entry, size: 4096, changed: 12.5)
        #expect(
            CatalogDocument.json(of: "studies", rows: [row]).serialized()
                == #"{"catalog":{"place":"studies","limit":5},"studies":[{"id":"a.db","#
                + #""name":"a <b>","created":"2026-01-01T00:00:00Z","state":"finished","#
                + #""trials":3,"reports":7,"place":"studies/a.db","size":4096,"changed":12.5,"#
                + #""problem":null,"objectives":[],"best":[]}]}"#)
    }

    @Test func whatCannotBeReadIsNamed() {
        let row = CatalogDocument.Row(
            id: "a.db", place: "studies/a.db", entry: nil, problem: "damaged")
        let text = CatalogDocument.increment(changed: [row], gone: ["b.db"]).serialized()
        #expect(text.contains(#""name":"a.db","created":null,"state":"unreadable","trials":null"#))
        #expect(text.contains(#""problem":"damaged""#) && text.hasSuffix(#""gone":["b.db"]}"#))
    }

    @Test func whatIsStillToBeReadIsCounted() {
        let none: [CatalogDocument.Row] = []
        #expect(
            CatalogDocument.json(of: "studies", rows: none, left: 3).serialized()
                .hasSuffix(#""studies":[],"left":3}"#))
        #expect(
            CatalogDocument.increment(changed: none, gone: [], left: 2).serialized()
                == #"{"studies":[],"gone":[],"left":2}"#)
    }
}
