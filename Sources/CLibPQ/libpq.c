#include "CLibPQ.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

#ifdef __APPLE__
static const char *const file = "libpq.5.dylib";
#else
static const char *const file = "libpq.so.5";
#endif

// All functions used: X(name without PQ).
#define FUNCTIONS(X)                                                                               \
    X(connectdbParams) X(finish) X(status) X(errorMessage) X(setNoticeProcessor) X(exec)           \
    X(execParams) X(clear) X(resultStatus) X(resultErrorField) X(cmdTuples) X(ntuples)             \
    X(getisnull) X(getlength) X(getvalue) X(socket) X(consumeInput) X(notifies) X(freemem)

#define POINTER(name) static __typeof__(&PQ##name) name##_pointer;
FUNCTIONS(POINTER)

static char problem[512];

// The pointer is written as an address, since ISO C has no conversion from data to functions.
#define FIND(name)                                                                                 \
    if (!problem[0] && !(*(void **)&name##_pointer = dlsym(library, "PQ" #name)))                  \
        snprintf(problem, sizeof problem, "%s has no PQ" #name, file);

static void open_library(void) {
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        snprintf(problem, sizeof problem, "%s", dlerror());
        return;
    }
    FUNCTIONS(FIND)
}

const char *libpq_open(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, open_library);
    return problem[0] ? problem : NULL;
}

PGconn *libpq_connectdbParams(const char *const *keywords, const char *const *values,
                              int expand_dbname) {
    return connectdbParams_pointer(keywords, values, expand_dbname);
}

void libpq_finish(PGconn *connection) { finish_pointer(connection); }

ConnStatusType libpq_status(const PGconn *connection) { return status_pointer(connection); }

char *libpq_errorMessage(const PGconn *connection) { return errorMessage_pointer(connection); }

PQnoticeProcessor libpq_setNoticeProcessor(PGconn *connection, PQnoticeProcessor processor,
                                           void *argument) {
    return setNoticeProcessor_pointer(connection, processor, argument);
}

int libpq_socket(const PGconn *connection) { return socket_pointer(connection); }

int libpq_consumeInput(PGconn *connection) { return consumeInput_pointer(connection); }

PGnotify *libpq_notifies(PGconn *connection) { return notifies_pointer(connection); }

void libpq_freemem(void *memory) { freemem_pointer(memory); }

PGresult *libpq_exec(PGconn *connection, const char *query) {
    return exec_pointer(connection, query);
}

PGresult *libpq_execParams(PGconn *connection, const char *command, int nParams, const Oid *types,
                           const char *const *values, const int *lengths, const int *formats,
                           int resultFormat) {
    return execParams_pointer(connection, command, nParams, types, values, lengths, formats,
                              resultFormat);
}

void libpq_clear(PGresult *result) { clear_pointer(result); }

ExecStatusType libpq_resultStatus(const PGresult *result) { return resultStatus_pointer(result); }

char *libpq_resultErrorField(const PGresult *result, int field) {
    return resultErrorField_pointer(result, field);
}

char *libpq_cmdTuples(PGresult *result) { return cmdTuples_pointer(result); }

int libpq_ntuples(const PGresult *result) { return ntuples_pointer(result); }

int libpq_getisnull(const PGresult *result, int row, int column) {
    return getisnull_pointer(result, row, column);
}

int libpq_getlength(const PGresult *result, int row, int column) {
    return getlength_pointer(result, row, column);
}

char *libpq_getvalue(const PGresult *result, int row, int column) {
    return getvalue_pointer(result, row, column);
}
