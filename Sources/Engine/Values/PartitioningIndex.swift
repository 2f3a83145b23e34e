extension RandomAccessCollection {
    /// The first index at which `isSecondPart` holds, given that it holds from some place on and
    /// nowhere before; `endIndex` when it holds nowhere. O(log n).
    func partitioningIndex(_ isSecondPart: (Element) -> Bool) -> Index {
        var low = startIndex
        var length = count
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if isSecondPart(self[middle]) {
                length = half
            } else {
                low = index(after: middle)
                length -= half + 1
            }
        }
        return low
    }
}
