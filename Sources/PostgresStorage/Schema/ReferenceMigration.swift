/// The tables of version 3: rows that are many do not refer to their study.
///
/// To check that the study is there, and to lock it, cost the server three to five times what it costs to
/// write a row. A study is removed with all its rows by a trigger, which comes after the study's lease is
/// gone: a process that still writes has then committed or finds no lease.
enum ReferenceMigration {
    private static let tables = ["reports", "events", "assignments", "messages"]

    static var statements: String {
        tables.map { "ALTER TABLE mohpo.\($0) DROP CONSTRAINT \($0)_study_fkey;" }.joined()
            + """
            CREATE FUNCTION mohpo.remove_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
              SET search_path = pg_catalog, pg_temp AS $$
            BEGIN
              \(tables.map { "DELETE FROM mohpo.\($0) WHERE study = OLD.id;" }.joined(separator: " "))
              RETURN NULL;
            END $$;
            CREATE TRIGGER remove_rows AFTER DELETE ON mohpo.study
              FOR EACH ROW EXECUTE FUNCTION mohpo.remove_rows();
            """
    }
}
