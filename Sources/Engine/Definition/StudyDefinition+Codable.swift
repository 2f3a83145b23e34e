/// `initial` is left out where there is none, as in the definitions of programs that knew none.
extension StudyDefinition: Codable {
    private enum Key: String, CodingKey {
        case name, seed, space, objectives, hyperband, ranking, searcher, initial, trialLimit
        case noGainLimit, slots, firstIsDefault, order, retries, endsOnFailure
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        seed = try container.decode(Int.self, forKey: .seed)
        space = try container.decode(SearchSpace.self, forKey: .space)
        objectives = try container.decode([Objective].self, forKey: .objectives)
        hyperband = try container.decode(Hyperband.self, forKey: .hyperband)
        ranking = try container.decode(RankingRule.self, forKey: .ranking)
        searcher = try container.decode(SearcherChoice.self, forKey: .searcher)
        initial = try container.decodeIfPresent([Configuration].self, forKey: .initial) ?? []
        trialLimit = try container.decodeIfPresent(Int.self, forKey: .trialLimit)
        noGainLimit = try container.decodeIfPresent(Int.self, forKey: .noGainLimit)
        slots = try container.decode(Int.self, forKey: .slots)
        firstIsDefault = try container.decode(Bool.self, forKey: .firstIsDefault)
        order = try container.decode(Order.self, forKey: .order)
        retries = try container.decode(Int.self, forKey: .retries)
        endsOnFailure = try container.decode(Bool.self, forKey: .endsOnFailure)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(seed, forKey: .seed)
        try container.encode(space, forKey: .space)
        try container.encode(objectives, forKey: .objectives)
        try container.encode(hyperband, forKey: .hyperband)
        try container.encode(ranking, forKey: .ranking)
        try container.encode(searcher, forKey: .searcher)
        if !initial.isEmpty { try container.encode(initial, forKey: .initial) }
        try container.encodeIfPresent(trialLimit, forKey: .trialLimit)
        try container.encodeIfPresent(noGainLimit, forKey: .noGainLimit)
        try container.encode(slots, forKey: .slots)
        try container.encode(firstIsDefault, forKey: .firstIsDefault)
        try container.encode(order, forKey: .order)
        try container.encode(retries, forKey: .retries)
        try container.encode(endsOnFailure, forKey: .endsOnFailure)
    }
}
