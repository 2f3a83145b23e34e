"""As much of libpq as the benchmark needs."""
import ctypes
import ctypes.util

_pq = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
for _name in ("PQconnectdb", "PQexecParams", "PQexec", "PQnotifies"):
    getattr(_pq, _name).restype = ctypes.c_void_p
for _name in ("PQerrorMessage", "PQgetvalue"):
    getattr(_pq, _name).restype = ctypes.c_char_p
_pq.PQgetvalue.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
for _name in ("PQstatus", "PQresultStatus", "PQntuples", "PQnfields", "PQclear", "PQerrorMessage", "PQconsumeInput",
              "PQnotifies", "PQfreemem"):
    getattr(_pq, _name).argtypes = [ctypes.c_void_p]
_pq.PQexecParams.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p,
                             ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]


class Connection:
    def __init__(self, address):
        self._pointer = _pq.PQconnectdb(address.encode())
        if _pq.PQstatus(self._pointer) != 0:
            raise RuntimeError(_pq.PQerrorMessage(self._pointer).decode())

    def run(self, sql, *parameters):
        """The rows that a statement gives, as texts."""
        texts = (ctypes.c_char_p * max(1, len(parameters)))(*[str(p).encode() for p in parameters])
        result = _pq.PQexecParams(self._pointer, sql.encode(), len(parameters), None, texts, None, None, 0)
        try:
            if _pq.PQresultStatus(result) not in (1, 2):
                raise RuntimeError(_pq.PQerrorMessage(self._pointer).decode())
            columns = range(_pq.PQnfields(result))
            return [[_pq.PQgetvalue(result, row, column).decode() for column in columns]
                    for row in range(_pq.PQntuples(result))]
        finally:
            _pq.PQclear(result)

    def was_notified(self):
        """Whether a channel that it listens to was notified since the last call."""
        _pq.PQconsumeInput(self._pointer)
        found = False
        while notification := _pq.PQnotifies(self._pointer):
            _pq.PQfreemem(notification)
            found = True
        return found
