/// A network read from a file or from bytes, of whichever kind it is.
///
/// Training continues from where it was, bit for bit on the same kind of machine: weights, the
/// optimizer's memory, the generator and the count of epochs without progress are all kept.
///
/// ```swift
/// try classifier.save(to: "digits.safetensors")
/// if case .classifier(let again) = try SavedNetwork(path: "digits.safetensors") { … }
/// ```
public enum SavedNetwork: Sendable {
    case classifier(MLPClassifier)
    case regressor(MLPRegressor)

    /// - Throws: ``DatasetError/unreadable(path:reason:)``,
    ///   ``NNError/unsuitableFile(path:expected:got:)``, ``OutOfMemory``.
    public init(path: String) throws {
        let file = try readFile(path)
        try self.init(
            bytes: Array(UnsafeBufferPointer(start: file.pointer, count: file.count)), name: path)
    }

    /// - Parameters:
    ///   - bytes: what `serialized()` of a network gave.
    ///   - name: how errors call them.
    /// - Throws: ``NNError/unsuitableFile(path:expected:got:)``,
    ///   ``OutOfMemory``.
    public init(bytes: [UInt8], name: String = "the saved network") throws {
        let (model, classes) = try Model.restored(from: bytes, path: name)
        self =
            model.network.shape.output == .identity
            ? .regressor(MLPRegressor(model))
            : .classifier(try MLPClassifier(model, classes: classes))
    }
}

extension MLPClassifier {
    /// The network as the bytes of a safetensors file, for ``SavedNetwork``.
    ///
    /// - Throws: ``NNError/notFitted(operation:)``.
    public func serialized() throws -> [UInt8] {
        try withModel("save") { try $0.serialized(classes: $1) }
    }

    /// Writes the network to a file, replacing one that is there only once all is written.
    ///
    /// - Throws: ``NNError/notFitted(operation:)``, ``DatasetError/unreadable(path:reason:)``.
    public func save(to path: String) throws {
        try writeFile(try serialized(), to: path)
    }
}

extension MLPRegressor {
    /// The network as the bytes of a safetensors file, for ``SavedNetwork``.
    ///
    /// - Throws: ``NNError/notFitted(operation:)``.
    public func serialized() throws -> [UInt8] {
        try withModel("save") { try $0.serialized(classes: []) }
    }

    /// Writes the network to a file, replacing one that is there only once all is written.
    ///
    /// - Throws: ``NNError/notFitted(operation:)``, ``DatasetError/unreadable(path:reason:)``.
    public func save(to path: String) throws {
        try writeFile(try serialized(), to: path)
    }
}
