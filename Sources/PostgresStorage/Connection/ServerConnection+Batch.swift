internal import CLibPQ

/// How a connection runs a batch: the server gets all statements before it answers the first, and those
/// behind one that fails are not carried out.
extension ServerConnection {
    /// Runs the statements of a batch in one transaction, which the server begins and ends itself.
    ///
    /// - Throws: `ServerError` of the first statement that failed. Whether a transaction whose connection is
    ///   lost was committed, only the server knows.
    func run(_ batch: StatementBatch) throws {
        guard libpq_enterPipelineMode(pointer) == 1 else { throw lost }
        for statement in batch.statements {
            guard send(statement) else { throw lost }
        }
        guard libpq_pipelineSync(pointer) == 1 else { throw lost }
        let failure = try waitForResults(of: batch)
        guard libpq_exitPipelineMode(pointer) == 1 else { throw lost }
        if let failure { throw failure }
    }

    private func send(_ statement: StatementBatch.Statement) -> Bool {
        withSent(statement.parameters) { count, values, lengths, formats in
            libpq_sendQueryParams(pointer, statement.sql, count, nil, values, lengths, formats, 0)
        } == 1
    }

    /// - Returns: why the first statement failed that did.
    /// - Throws: where the connection is lost.
    private func waitForResults(of batch: StatementBatch) throws -> ServerError? {
        var failure: ServerError?
        // Behind the results of each statement there is nothing once.
        var rest = batch.statements.count
        while rest >= 0 {
            guard let pointer = libpq_getResult(pointer) else {
                rest -= 1
                continue
            }
            let result = QueryResult(pointer)
            switch result.status {
            case PGRES_PIPELINE_SYNC: return failure
            case PGRES_PIPELINE_ABORTED: break
            default:
                guard !result.isDone, failure == nil else { break }
                let error = self.failure(of: result)
                if case .unreachable = error { throw error }
                failure = error
            }
        }
        throw lost
    }
}
