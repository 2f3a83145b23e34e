/* A state whose memory is counted, so that a script cannot take more than it may. */
#include "clua.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* os.exit that does not run the process's exit handlers: libraries tear down there what threads
 * that still compute are using. Streams are flushed, as by exit. */
static int os_exit(lua_State *L) {
  int status = lua_isboolean(L, 1) ? (lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE)
                                   : (int)luaL_optinteger(L, 1, EXIT_SUCCESS);
  if (lua_toboolean(L, 2)) {
    lua_close(L);
  }
  fflush(NULL);
  _exit(status);
}

static int open_libraries(lua_State *L) {
  luaL_openlibs(L);
  lua_getglobal(L, "os");
  lua_pushcfunction(L, os_exit);
  lua_setfield(L, -2, "exit");
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
