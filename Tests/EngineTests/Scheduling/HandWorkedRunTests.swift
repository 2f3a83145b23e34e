import Engine
import EngineTesting
import Results
import Testing

/// The run of nine trials that docs/hyperband.md works out by hand: errors that stay the same at
/// every epoch, levels 1 and 3, max_t 9, reduction factor 3, three slots.
@Suite("ASHA by hand")
struct HandWorkedRunTests {
    static let errors = [0.50, 0.40, 0.60, 0.30, 0.55, 0.35, 0.45, 0.20, 0.70]

    static func run(_ kind: Hyperband.Kind) throws -> (state: StudyState, events: [Event]) {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            oneObjectiveStudy(kind: kind), runner: ConstantRunner(errors: errors), journal: journal)
        return (try simulation.run(), journal.events)
    }

    /// The events that matter, one line each: `time: trial what`.
    static func lines(_ events: [Event]) -> [String] {
        events.compactMap { event in
            switch event {
            case .started(let start): return "\(start.time): \(start.trial) starts"
            case .decided(let decision):
                let standing = decision.standing
                return "\(decision.time): \(decision.trial) at \(decision.rung) "
                    + "\(standing.rank)/\(standing.outOf) of \(standing.quota) "
                    + decision.verdict.rawValue
            case .promoted(let promotion):
                return "\(promotion.time): \(promotion.trial) promoted from \(promotion.rung)"
            case .ended(let end): return "\(end.time): \(end.trial) ends"
            default: return nil
            }
        }
    }

    @Test("stopping, event by event")
    func stopping() throws {
        let (state, events) = try Self.run(.stopping)
        #expect(
            Self.lines(events) == [
                "0: 1 starts", "0: 2 starts", "0: 3 starts",
                "1: 1 at 1 1/1 of 1 continue",
                "1: 2 at 1 1/2 of 1 continue",
                "1: 3 at 1 3/3 of 1 stop", "1: 4 starts",
                "2: 4 at 1 1/4 of 2 continue",
                "3: 1 at 3 1/1 of 1 continue",
                "3: 2 at 3 1/2 of 1 continue",
                "4: 4 at 3 1/3 of 1 continue",
                "9: 1 ends", "9: 5 starts",
                "9: 2 ends", "9: 6 starts",
                "10: 4 ends", "10: 7 starts",
                "10: 5 at 1 4/5 of 2 stop", "10: 8 starts",
                "10: 6 at 1 2/6 of 2 continue",
                "11: 7 at 1 4/7 of 3 stop", "11: 9 starts",
                "11: 8 at 1 1/8 of 3 continue",
                "12: 6 at 3 2/4 of 2 continue",
                "12: 9 at 1 9/9 of 3 stop",
                "13: 8 at 3 1/5 of 2 continue",
                "18: 6 ends",
                "19: 8 ends",
            ])
        #expect(state.trials.count { $0.state == .completed } == 5)
        #expect(state.trials.filter { $0.state == .stopped }.map(\.id) == [3, 5, 7, 9])
        #expect(state.endReason == .trialsDone)
        #expect(state.best(in: "error")?.trial == 8)
    }

    @Test("promotion, event by event")
    func promotion() throws {
        let (state, events) = try Self.run(.promotion)
        #expect(
            Self.lines(events) == [
                "0: 1 starts", "0: 2 starts", "0: 3 starts",
                "1: 1 at 1 1/1 of 0 pause", "1: 4 starts",
                "1: 2 at 1 1/2 of 0 pause", "1: 5 starts",
                "1: 3 at 1 3/3 of 1 pause", "1: 2 promoted from 1",
                "2: 4 at 1 1/4 of 1 pause", "2: 4 promoted from 1",
                "2: 5 at 1 4/5 of 1 pause", "2: 6 starts",
                "3: 2 at 3 1/1 of 0 pause", "3: 7 starts",
                "3: 6 at 1 2/6 of 2 pause", "3: 6 promoted from 1",
                "4: 4 at 3 1/2 of 0 pause", "4: 8 starts",
                "4: 7 at 1 4/7 of 2 pause", "4: 9 starts",
                "5: 6 at 3 2/3 of 1 pause", "5: 4 promoted from 3",
                "5: 8 at 1 1/8 of 2 pause", "5: 8 promoted from 1",
                "5: 9 at 1 9/9 of 3 pause",
                "7: 8 at 3 1/4 of 1 pause", "7: 8 promoted from 3",
                "11: 4 ends",
                "13: 8 ends",
            ])
        #expect(state.trials.filter { $0.state == .completed }.map(\.id) == [4, 8])
        #expect(state.trials.filter { $0.state == .paused }.map(\.id) == [1, 2, 3, 5, 6, 7, 9])
        #expect(state.trials[7].reports.map(\.resource.whole) == Array(1...9))
    }

    @Test("the explanation of a trial reads its decisions")
    func explanation() throws {
        let (stopping, _) = try Self.run(.stopping)
        #expect(
            StudyView(stopping).sentences(about: 5) == [
                "trial 5 started at virtual time 9",
                "at epoch 1 it was stopped with error = 0.55: rank 4 of 5; the best 2 continue; "
                    + "ahead: trial 4 (error = 0.3), trial 2 (error = 0.4), trial 1 (error = 0.5)",
            ])
        #expect(
            StudyView(stopping).sentences(about: 9)?.last
                == "at epoch 1 it was stopped with error = 0.7: rank 9 of 9; the best 3 continue; "
                + "ahead: trial 8 (error = 0.2), trial 4 (error = 0.3), trial 6 (error = 0.35), "
                + "trial 2 (error = 0.4), trial 7 (error = 0.45) and 3 more")
        #expect(
            StudyView(stopping).sentences(about: 1) == [
                "trial 1 started at virtual time 0",
                "at epoch 1 it continued with error = 0.5: rank 1 of 1; "
                    + "the first at a rung always continues",
                "at epoch 3 it continued with error = 0.5: rank 1 of 1; "
                    + "the first at a rung always continues",
                "it is complete: it reached max_t (9) with epoch 9",
            ])
        #expect(
            StudyView(stopping).sentences(about: 3)?.last
                == "at epoch 1 it was stopped with error = 0.6: rank 3 of 3; the best continues; "
                + "ahead: trial 2 (error = 0.4), trial 1 (error = 0.5)")
        let (promotion, _) = try Self.run(.promotion)
        #expect(
            StudyView(promotion).sentences(about: 6) == [
                "trial 6 started at virtual time 2",
                "at epoch 1 it was paused with error = 0.35: rank 2 of 6; "
                    + "ahead: trial 4 (error = 0.3)",
                "it was promoted at virtual time 3: rank 2 of 6 at epoch 1, "
                    + "where the best 2 may continue",
                "at epoch 3 it was paused with error = 0.35: rank 2 of 3; "
                    + "ahead: trial 4 (error = 0.3)",
                "it was paused at epoch 3, and not promoted before the study ended",
            ])
        #expect(promotion.explain(10) == nil)
    }
}
