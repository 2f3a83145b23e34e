#include "csqlitelog.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { log_header = 32, frame_header = 24, room = 1 << 16 };

/// The log of a connection. The file of the layer below follows it in memory.
typedef struct {
    sqlite3_file base;
    sqlite3_file *file;
    /// Where the bytes that wait belong, and how many they are.
    sqlite3_int64 place;
    int count;
    /// The size of a page; 0 before it is known.
    int page;
    /// Whether the last of what waits is the header of a frame that commits.
    int commits;
    unsigned char *waiting;
} joined_log;

static sqlite3_vfs joined, *below;

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int flush(joined_log *log) {
    if (log->count == 0) return SQLITE_OK;
    int count = log->count;
    log->count = 0;
    return log->file->pMethods->xWrite(log->file, log->waiting, count, log->place);
}

/// The size of a page, which the log's header tells; 0 where there is none yet.
static int page_size(joined_log *log) {
    unsigned char bytes[4];
    if (log->page == 0
        && log->file->pMethods->xRead(log->file, bytes, sizeof bytes, 8) == SQLITE_OK) {
        uint32_t size = big_endian(bytes);
        if (size >= 512 && size <= 65536) log->page = (int)size;
    }
    return log->page;
}

/// Whether a write is the header of a frame.
static int begins_frame(joined_log *log, int count, sqlite3_int64 place) {
    if (count != frame_header || place < log_header) return 0;
    int page = page_size(log);
    return page > 0 && frame_header + page <= room
        && (place - log_header) % (frame_header + page) == 0;
}

static int joined_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 place) {
    joined_log *log = (joined_log *)file;
    int follows = log->count > 0 && place == log->place + log->count;
    int is_page = follows && log->count % (frame_header + log->page) == frame_header
        && count == log->page;
    int is_header = !is_page && begins_frame(log, count, place);
    if (log->count > 0
        && (!(is_page || (is_header && follows))
            || (is_header && log->count + frame_header + log->page > room))) {
        int code = flush(log);
        if (code != SQLITE_OK) return code;
    }
    if (!is_page && !is_header) {
        // A new header may come with another size of pages.
        if (place < log_header) log->page = 0;
        return log->file->pMethods->xWrite(log->file, bytes, count, place);
    }
    if (log->count == 0) log->place = place;
    memcpy(log->waiting + log->count, bytes, (size_t)count);
    log->count += count;
    if (is_header) {
        log->commits = big_endian((const unsigned char *)bytes + 4) != 0;
        return SQLITE_OK;
    }
    return log->commits ? flush(log) : SQLITE_OK;
}

static int joined_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 place) {
    joined_log *log = (joined_log *)file;
    int code = flush(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xRead(log->file, bytes, count, place);
}

static int joined_truncate(sqlite3_file *file, sqlite3_int64 size) {
    joined_log *log = (joined_log *)file;
    int code = flush(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xTruncate(log->file, size);
}

static int joined_sync(sqlite3_file *file, int flags) {
    joined_log *log = (joined_log *)file;
    int code = flush(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xSync(log->file, flags);
}

static int joined_size(sqlite3_file *file, sqlite3_int64 *size) {
    joined_log *log = (joined_log *)file;
    int code = flush(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xFileSize(log->file, size);
}

static int joined_close(sqlite3_file *file) {
    joined_log *log = (joined_log *)file;
    int code = flush(log);
    int closed = log->file->pMethods->xClose(log->file);
    free(log->waiting);
    return code != SQLITE_OK ? code : closed;
}

static int joined_lock(sqlite3_file *file, int level) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xLock(log->file, level);
}

static int joined_unlock(sqlite3_file *file, int level) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xUnlock(log->file, level);
}

static int joined_is_reserved(sqlite3_file *file, int *is_reserved) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xCheckReservedLock(log->file, is_reserved);
}

static int joined_control(sqlite3_file *file, int request, void *argument) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xFileControl(log->file, request, argument);
}

static int joined_sector(sqlite3_file *file) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xSectorSize(log->file);
}

static int joined_characteristics(sqlite3_file *file) {
    joined_log *log = (joined_log *)file;
    return log->file->pMethods->xDeviceCharacteristics(log->file);
}

// A log is neither mapped nor shared, so that the first version has all it needs.
static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = joined_close,
    .xRead = joined_read,
    .xWrite = joined_write,
    .xTruncate = joined_truncate,
    .xSync = joined_sync,
    .xFileSize = joined_size,
    .xLock = joined_lock,
    .xUnlock = joined_unlock,
    .xCheckReservedLock = joined_is_reserved,
    .xFileControl = joined_control,
    .xSectorSize = joined_sector,
    .xDeviceCharacteristics = joined_characteristics,
};

static int joined_open(
    sqlite3_vfs *layer, const char *name, sqlite3_file *file, int flags, int *out) {
    (void)layer;
    if (!(flags & SQLITE_OPEN_WAL)) return below->xOpen(below, name, file, flags, out);
    joined_log *log = (joined_log *)file;
    memset(log, 0, sizeof *log);
    log->file = (sqlite3_file *)(log + 1);
    log->waiting = malloc(room);
    if (log->waiting == NULL) return SQLITE_NOMEM;
    int code = below->xOpen(below, name, log->file, flags, out);
    if (code == SQLITE_OK) {
        log->base.pMethods = &methods;
    } else {
        if (log->file->pMethods != NULL) log->file->pMethods->xClose(log->file);
        free(log->waiting);
    }
    return code;
}

static void make(void) {
    if (sqlite3_initialize() != SQLITE_OK) return;
    below = sqlite3_vfs_find(NULL);
    if (below == NULL) return;
    // All but opening is done by the functions below, which do not look at which layer they are of.
    joined = *below;
    joined.pNext = NULL;
    joined.zName = "joined-log";
    joined.szOsFile = (int)sizeof(joined_log) + below->szOsFile;
    joined.xOpen = joined_open;
    if (sqlite3_vfs_register(&joined, 0) != SQLITE_OK) below = NULL;
}

const char *csqlitelog_name(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make);
    return below == NULL ? NULL : joined.zName;
}
