/// A Swift function known to a state; lives as long as the state.
final class NativeFunction {
    let name: String
    let parameters: LuaParameters
    /// The most values a call may have on its stack: the arguments, and the object of a method.
    let mostValues: Int32
    let body: LuaNativeBody

    init(
        name: String, parameters: LuaParameters, isMethod: Bool, body: @escaping LuaNativeBody
    ) {
        self.name = name
        self.parameters = parameters
        let (limit, overflow) = parameters.limit.addingReportingOverflow(isMethod ? 1 : 0)
        mostValues = overflow ? .max : limit
        self.body = body
    }
}
