/// The tables of version 2: agents, what they are ordered, and what they tell.
///
/// `assignments` has a row for each trial, with the last order about it. A trial without an agent whose
/// `action` is `start` is free. `messages` holds what no process has taken yet.
enum AgentMigration {
    static let statements = """
        ALTER TABLE mohpo.leases ADD COLUMN orders bigint NOT NULL DEFAULT 0;
        CREATE TABLE mohpo.agents (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE,
          holder text NOT NULL, slots integer NOT NULL, program text NOT NULL,
          directory text NOT NULL, owner boolean NOT NULL,
          joined timestamptz NOT NULL DEFAULT clock_timestamp(), until timestamptz NOT NULL,
          lost boolean NOT NULL DEFAULT false);
        CREATE INDEX agents_of_study ON mohpo.agents (study) WHERE NOT lost;
        CREATE TABLE mohpo.assignments (
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE, trial bigint NOT NULL,
          agent bigint, action text NOT NULL, reason text, resource double precision,
          attempt bigint NOT NULL, serial bigint NOT NULL, PRIMARY KEY (study, trial)) WITH (fillfactor = 50);
        CREATE INDEX free_trials ON mohpo.assignments (study, trial)
          WHERE agent IS NULL AND action = 'start';
        CREATE INDEX orders ON mohpo.assignments (agent, serial);
        CREATE TABLE mohpo.messages (
          number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          study bigint NOT NULL REFERENCES mohpo.study ON DELETE CASCADE,
          agent bigint NOT NULL, serial bigint NOT NULL, trial bigint NOT NULL,
          attempt bigint NOT NULL, kind text NOT NULL, waits boolean NOT NULL, content json NOT NULL,
          kept bytea, checkpoint bytea, sent timestamptz NOT NULL DEFAULT clock_timestamp(),
          UNIQUE (agent, serial));
        CREATE INDEX messages_of_study ON mohpo.messages (study, number);

        """
}
