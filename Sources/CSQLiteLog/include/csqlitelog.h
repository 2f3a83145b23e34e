#ifndef CSQLITELOG_H
#define CSQLITELOG_H

/// The name of a layer below SQLite that writes each transaction to the write-ahead log in one call,
/// where SQLite makes two for each of its pages. Null where it cannot be had. From any thread.
///
/// What the log holds is the same. Frames wait in memory until the one that commits them, and SQLite
/// tells other connections of them only after that: what is lost with the process was not committed.
///
/// Source: "The OS Backend (VFS) to SQLite"; "Database File Format", §4.1.
const char *csqlitelog_name(void);

#endif
