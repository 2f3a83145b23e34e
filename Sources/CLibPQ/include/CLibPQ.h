// PostgreSQL's client library, opened on first use: with what it needs itself (TLS, Kerberos, LDAP) it
// takes as long to load as the rest of the program, and most studies are files.
//
// libpq_open comes first; the others are libpq's functions of the same names (PQexec is libpq_exec),
// see https://www.postgresql.org/docs/current/libpq.html.

#ifndef CLIBPQ_H
#define CLIBPQ_H

#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

/// Opens the library. May be called by several threads, and again.
///
/// Returns NULL, or why the library cannot be used, which is valid for the process's life.
const char *libpq_open(void);

PGconn *libpq_connectdbParams(const char *const *keywords, const char *const *values, int expand_dbname);
void libpq_finish(PGconn *connection);
ConnStatusType libpq_status(const PGconn *connection);
char *libpq_errorMessage(const PGconn *connection);
PQnoticeProcessor libpq_setNoticeProcessor(PGconn *connection, PQnoticeProcessor processor, void *argument);

int libpq_socket(const PGconn *connection);
int libpq_consumeInput(PGconn *connection);
PGnotify *libpq_notifies(PGconn *connection);
void libpq_freemem(void *memory);

PGresult *libpq_exec(PGconn *connection, const char *query);
PGresult *libpq_execParams(PGconn *connection, const char *command, int nParams, const Oid *types,
                           const char *const *values, const int *lengths, const int *formats,
                           int resultFormat);

void libpq_clear(PGresult *result);
ExecStatusType libpq_resultStatus(const PGresult *result);
char *libpq_resultErrorField(const PGresult *result, int field);
char *libpq_cmdTuples(PGresult *result);
int libpq_ntuples(const PGresult *result);
int libpq_getisnull(const PGresult *result, int row, int column);
int libpq_getlength(const PGresult *result, int row, int column);
char *libpq_getvalue(const PGresult *result, int row, int column);

#endif
