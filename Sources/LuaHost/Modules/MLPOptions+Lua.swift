internal import LuaBridge
internal import NN
internal import Settings

extension MLPOptions {
    /// - Parameter hasClasses: whether the network is a classifier, which has `class_weight`.
    init(_ value: LuaValue, owner: String, hasClasses: Bool) throws {
        let names = Self.settings.map(\.key).filter { hasClasses || $0 != "class_weight" }
        let options = try OptionReader(value, owner: owner, known: names)
        self.init()
        try options.read(into: &self)
        classWeight = try WeightOptions.classes(options)
    }
}
