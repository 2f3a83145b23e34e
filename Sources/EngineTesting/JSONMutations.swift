/// JSON as Foundation has it, with one value of it changed: for every value, and every change.
///
/// Arrays are also emptied and doubled.
///
/// - Parameters:
///   - json: dictionaries, arrays, strings, numbers, booleans and null.
///   - numbers: what stands in for all that is no text.
///   - texts: what stands in for texts.
package func jsonMutations(of json: Any, numbers: [Any], texts: [Any]) -> [Any] {
    func mutations(of json: Any) -> [Any] {
        if let object = json as? [String: Any] {
            return object.flatMap { key, value in
                mutations(of: value).map { object.merging([key: $0]) { $1 } as Any }
            }
        }
        if let array = json as? [Any] {
            let inside = array.indices.flatMap { index in
                mutations(of: array[index]).map { value -> Any in
                    var copy = array
                    copy[index] = value
                    return copy
                }
            }
            return inside + [[Any](), array + array]
        }
        return json is String ? texts : numbers
    }
    return mutations(of: json)
}
