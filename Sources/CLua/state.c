/* A state whose memory is counted, so that a script cannot take more than it may. */
#include "clua.h"

#include <stdio.h>
#include <stdlib.h>

static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
  clua_host *host = context;
  size_t held = block ? old_size : 0; /* for a new block, old_size is the kind of object */
  if (new_size == 0) {
    free(block);
    host->allocated -= held;
    return NULL;
  }
  if (host->limit && new_size > held && host->allocated - held + new_size > host->limit) {
    return NULL;
  }
  void *moved = realloc(block, new_size);
  if (moved) {
    host->allocated += new_size - held;
  }
  return moved;
}

/* Every entry from Swift is protected, so this is never reached; if it is, say why before abort. */
static int panic(lua_State *L) {
  const char *message = lua_tostring(L, -1);
  fprintf(stderr, "mohpo-lua: unprotected error in Lua: %s\n", message ? message : "?");
  return 0;
}

static void warn(void *context, const char *message, int continued) {
  (void)context;
  fputs(message, stderr);
  if (!continued) {
    fputc('\n', stderr);
  }
}

static int open_libraries(lua_State *L) {
  luaL_openlibs(L);
  return 0;
}

lua_State *clua_new_state(clua_host *host) {
  lua_State *L = lua_newstate(allocate, host);
  if (!L) {
    return NULL;
  }
  *(clua_host **)lua_getextraspace(L) = host;
  host->main = L;
  host->current = L;
  lua_atpanic(L, panic);
  lua_setwarnf(L, warn, NULL);
  lua_pushcfunction(L, open_libraries);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    lua_close(L);
    return NULL;
  }
  return L;
}
