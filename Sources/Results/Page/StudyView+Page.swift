internal import Engine
internal import Rendering

/// A study as a page.
extension StudyView {
    /// The page of the study, one file.
    package var page: String { page(of: PageDocument(self)) }

    /// The page that shows a document of this study.
    ///
    /// - Complexity: that of the document.
    package func page(of document: PageDocument) -> String {
        StudyPage(title: name, source: .document(document.json), plain: plainPage).html
    }

    /// What there is to see without scripts: the plot and the summary.
    package var plainPage: String {
        "<pre>\(escaped(description))</pre>\n\(svg)\n<pre>\(escaped(frontTable()))</pre>"
    }
}
