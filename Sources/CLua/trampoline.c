/* Where C and Swift meet in a call. Swift has returned before anything here raises or yields. */
#include "clua.h"

#include <string.h>

static int resumed(lua_State *L, int status, lua_KContext context);

/* The script's line, also when a C function such as pcall stands between it and us. */
static void push_position(lua_State *L) {
  lua_Debug ar;
  for (int level = 1; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0) {
      lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
      return;
    }
  }
  lua_pushliteral(L, "");
}

/* Raises or yields. Apart, so that a call that only returns needs none of its frame. */
__attribute__((noinline)) static int leave(lua_State *L, int32_t outcome) {
  switch (outcome) {
    case CLUA_YIELD:
      clua_host_of(L)->suspending = 1;
      return lua_yieldk(L, 0, 0, resumed);
    case CLUA_RAISE:
      return lua_error(L);
    case CLUA_RAISE_AT_CALLER:
      luaL_checkstack(L, 4, NULL);
      push_position(L);
      lua_insert(L, -2);
      lua_concat(L, 2);
      return lua_error(L);
    case CLUA_RAISE_OVERFLOW:
      return luaL_error(L, "C stack overflow");
    case CLUA_RAISE_ARGUMENT:
      return luaL_argerror(L, clua_host_of(L)->argument, lua_tostring(L, -1));
    default:
      return luaL_error(L, "clua: unknown outcome %d", (int)outcome);
  }
}

static inline int finish(lua_State *L, int32_t outcome) {
  return outcome >= 0 ? outcome : leave(L, outcome);
}

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  clua_host *host = clua_host_of(L);
  luaL_checkstack(L, 1, NULL); /* whoever resumes it may leave any number of values */
  lua_State *outer = host->current;
  host->current = L;
  int32_t outcome = host->resume(L);
  host->current = outer;
  return finish(L, outcome);
}

static int trampoline(lua_State *L) {
  clua_host *host = clua_host_of(L);
  lua_State *outer = host->current;
  host->current = L;
  int32_t outcome = host->call(L, lua_touserdata(L, lua_upvalueindex(1)));
  host->current = outer;
  return finish(L, outcome);
}

static int push_function(lua_State *L) {
  lua_pushcclosure(L, trampoline, 1);
  return 1;
}

void *clua_function_at(lua_State *L, int index) {
  if (lua_tocfunction(L, index) != trampoline || lua_getupvalue(L, index, 1) == NULL) return NULL;
  void *function = lua_islightuserdata(L, -1) ? lua_touserdata(L, -1) : NULL;
  lua_pop(L, 1);
  return function;
}

int clua_try_push_function(lua_State *L, void *function) {
  lua_pushcfunction(L, push_function);
  lua_pushlightuserdata(L, function);
  return lua_pcall(L, 1, 1, 0);
}
