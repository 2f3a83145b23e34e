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

static int finish(lua_State *L, int32_t outcome) {
  switch (outcome) {
    case CLUA_YIELD:
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
      return outcome;
  }
}

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  return finish(L, clua_host_of(L)->resume(L));
}

static int trampoline(lua_State *L) {
  return finish(L, clua_host_of(L)->call(L, lua_touserdata(L, lua_upvalueindex(1))));
}

static int push_function(lua_State *L) {
  lua_pushcclosure(L, trampoline, 1);
  return 1;
}

int clua_try_push_function(lua_State *L, void *function) {
  lua_pushcfunction(L, push_function);
  lua_pushlightuserdata(L, function);
  return lua_pcall(L, 1, 1, 0);
}
