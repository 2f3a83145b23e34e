// O_PATH is GNU's.
#define _GNU_SOURCE

#include <fcntl.h>

#include "caffinity.h"

#if defined(O_PATH)
const int ca_open_for_search = O_PATH;
#elif defined(O_SEARCH)
const int ca_open_for_search = O_SEARCH;
#else
const int ca_open_for_search = O_RDONLY;
#endif
