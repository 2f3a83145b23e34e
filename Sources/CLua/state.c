/* A state whose memory is counted, so that a script cannot take more than it may. */
#include "clua.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Only what grows may fail: Lua counts on a shrinking block. */
static int is_to_fail(clua_host *host) {
  if (host->failing == 0) {
    return 0;
  }
  if (host->failing > 1) {
    host->failing--;
    return 0;
  }
  if (host->failures == 0) {
    host->failing = 0;
    return 0;
  }
  host->failures--;
  host->failed++;
  return 1;
}

static void *allocate(void *context, void *block, size_t old_size, size_t new_size) {
  clua_host *host = context;
  size_t held = block ? old_size : 0; /* for a new block, old_size is the kind of object */
  if (new_size == 0) {
    if (held && held == host->object_size) {
      clua_release_lost(host, block);
    }
    free(block);
    clua_memory_lua_changed(host->memory, held, 0);
    return NULL;
  }
  /* Or the error of a trial that has used all memory would not say where. */
  int is_trace = host->tracing && new_size <= 1 << 16;
  if (new_size > held && !is_trace && !clua_memory_allows(host->memory, held, new_size)) {
    host->starved = 1;
    return NULL;
  }
  if (new_size > held && is_to_fail(host)) {
    return NULL;
  }
  void *moved = realloc(block, new_size);
  if (moved) {
    clua_memory_lua_changed(host->memory, held, new_size);
  }
  return moved;
}

/* Every entry from Swift is protected, so this is never reached; if it is, say why before abort. */
static int panic(lua_State *L) {
  const char *message = lua_tostring(L, -1);
  fprintf(stderr, "mohpo-lua: unprotected error in Lua: %s\n", message ? message : "?");
  return 0;
}

/* As lua.c's with -W: "@on" and "@off" switch, other messages that start so are left to the future. */
static void warn(void *context, const char *message, int continued) {
  clua_host *host = context;
  if (!host->in_warning && !continued && message[0] == '@') {
    if (strcmp(message, "@off") == 0) {
      host->no_warnings = 1;
    } else if (strcmp(message, "@on") == 0) {
      host->no_warnings = 0;
    }
    return;
  }
  if (!host->no_warnings) {
    fprintf(stderr, "%s%s%s", host->in_warning ? "" : "Lua warning: ", message,
            continued ? "" : "\n");
  }
  host->in_warning = continued;
}

/* Why a write to standard output failed, which only it itself could tell; 0 where nothing does. */
static int last_error_of_output(void) {
  errno = 0;
  return write(STDOUT_FILENO, "", 0) < 0 ? errno : 0;
}

int clua_end_streams(int status) {
  errno = 0;
  int is_lost = fflush(NULL) != 0;
  int error = errno;
  const char *what = "an open file";
  /* print flushes each of its lines, and the stream forgets what it could not write. */
  if (ferror(stdout)) {
    what = "standard output";
    error = is_lost ? error : last_error_of_output();
    /* Whoever starts the program with it closed wants no output. */
    is_lost = error != EBADF;
  }
  if (!is_lost || status != EXIT_SUCCESS) {
    return status;
  }
  fprintf(stderr, "mohpo-lua: cannot write %s: %s\n", what,
          error ? strerror(error) : "a part of it is lost");
  return EXIT_FAILURE;
}

/* os.exit that does not run the process's exit handlers: libraries tear down there what threads
 * that still compute are using. Streams are flushed, as by exit. */
static int os_exit(lua_State *L) {
  int status = lua_isboolean(L, 1) ? (lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE)
                                   : (int)luaL_optinteger(L, 1, EXIT_SUCCESS);
  clua_host *host = clua_host_of(L);
  if (host->exiting) {
    host->exiting(host->context);
  }
  if (lua_toboolean(L, 2)) {
    lua_close(L);
  }
  _exit(clua_end_streams(status));
}

/* debug.setupvalue for Lua functions alone, as debug.upvaluejoin is: a C function takes what it finds in
 * its upvalues for what it has put there. */
static int set_upvalue(lua_State *L) {
  luaL_argcheck(L, !lua_iscfunction(L, 1), 1, "Lua function expected");
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

/* Learns what an object's userdata takes, from making one while nothing else is allocated. */
static void measure_object(lua_State *L) {
  clua_host *host = clua_host_of(L);
  lua_gc(L, LUA_GCSTOP);
  size_t before = clua_memory_of_lua(host->memory);
  clua_object *object = lua_newuserdatauv(L, sizeof(clua_object), 0);
  object->object = NULL;
  size_t size = clua_memory_of_lua(host->memory) - before;
  lua_pop(L, 1);
  lua_gc(L, LUA_GCRESTART);
  host->object_size = size;
}

static int open_libraries(lua_State *L) {
  measure_object(L);
  if (clua_host_of(L)->no_environment) {
    lua_pushboolean(L, 1); /* lua.c tells the library so, too */
    lua_setfield(L, LUA_REGISTRYINDEX, "LUA_NOENV");
  }
  luaL_openlibs(L);
  lua_getglobal(L, "os");
  lua_pushcfunction(L, os_exit);
  lua_setfield(L, -2, "exit");
  lua_getglobal(L, LUA_DBLIBNAME);
  lua_getfield(L, -1, "setupvalue");
  lua_pushcclosure(L, set_upvalue, 1);
  lua_setfield(L, -2, "setupvalue");
  clua_reserve_errors(L);
  return 0;
}

const char *clua_version(void) { return LUA_COPYRIGHT; }

lua_State *clua_new_state(clua_host *host) {
  lua_State *L = lua_newstate(allocate, host);
  if (!L) {
    return NULL;
  }
  *(clua_host **)lua_getextraspace(L) = host;
  host->main = L;
  host->current = L;
  lua_atpanic(L, panic);
  lua_setwarnf(L, warn, host);
  lua_pushcfunction(L, open_libraries);
  if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
    lua_close(L);
    return NULL;
  }
  return L;
}
