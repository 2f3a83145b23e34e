#ifndef CCONNECTIONS_H
#define CCONNECTIONS_H

/// Bytes that a process has read of a TCP connection since it was made; -1 where the system does not
/// say it.
long long cc_bytes_read(int descriptor);

#endif
