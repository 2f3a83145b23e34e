// What networks share with the other modules and their callers name.
@_exported public import class Platform.CancellationToken
@_exported public import struct Platform.OutOfMemory
