#ifndef CPROCESSES_H
#define CPROCESSES_H

/// What a new process is given. All pointers stay the caller's.
typedef struct cp_program {
    /// The files to try, in this order, until one can be run; ends with NULL.
    char *const *paths;
    /// The program's arguments, its name first; ends with NULL.
    char *const *arguments;
    /// `NAME=value`; ends with NULL.
    char *const *environment;
    /// The working directory; NULL: that of this process.
    const char *folder;
    /// The descriptors that it gets as 0, 1 and 2. All others are closed.
    int input, output, errors;
    /// It leads a session of its own, and not only a process group.
    int leads_session;
    /// The pipe to the watchdog, which hears of the group before the program begins; -1: none.
    int watchdog;
    /// What the watchdog hears besides: the ticks it waits before it kills.
    int ticks;
} cp_program;

/// Starts a program in a process group of its own, with default handling of signals.
///
/// Returns its identifier; -1 with `errno` where it cannot be started. `in_folder` is then 1 when the
/// working directory is what is wrong.
int cp_start(const cp_program *program, int *in_folder);

/// A descriptor that is readable once a process has ended; -1 where the system has none.
int cp_open_process(int process);

/// A pipe whose ends are closed in programs that this one starts. 0, or -1 with `errno`.
int cp_pipe(int ends[2]);

/// The type of a socket of connections; on some systems Swift does not see it as a number.
extern const int cp_stream_socket;

/// Gives a socket an address in the file system, of at most 107 bytes. 0, or -1 with `errno`.
int cp_bind(int descriptor, const char *path);

/// Connects a socket to an address in the file system. 0, or -1 with `errno`.
int cp_connect(int descriptor, const char *path);

/// The next connection of a socket, which does not block and is closed in programs that this one
/// starts; -1 with `errno`.
int cp_accept(int descriptor);

/// Writes what a socket takes without waiting. A connection that no one reads any more is an error, and
/// no signal. The number of bytes, or -1 with `errno`.
long cp_send(int descriptor, const void *bytes, long count);

#endif
