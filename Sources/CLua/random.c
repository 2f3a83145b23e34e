/* Several streams behind one math.random: Lua's own generator, one copy for each stream. */
#include "clua.h"

/* luaopen_math makes a generator of its own each time: the standard algorithm, a private stream. */
static int new_random(lua_State *L) {
  lua_pushcfunction(L, luaopen_math);
  lua_call(L, 0, 1);
  lua_getfield(L, -1, "random");
  lua_getfield(L, -2, "randomseed");
  return 2;
}

int clua_try_new_random(lua_State *L) {
  lua_pushcfunction(L, new_random);
  return lua_pcall(L, 0, 2, 0);
}

/* Upvalues: the function the state had, and which of the two this is. */
static int dispatch(lua_State *L) {
  int32_t slot = clua_host_of(L)->random[lua_tointeger(L, lua_upvalueindex(2))];
  if (slot) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, slot);
  } else {
    lua_pushvalue(L, lua_upvalueindex(1));
  }
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int share_random(lua_State *L) {
  static const char *const names[] = {"random", "randomseed"};
  lua_getglobal(L, "math");
  for (int i = 0; i < 2; i++) {
    lua_getfield(L, -1, names[i]);
    lua_pushinteger(L, i);
    lua_pushcclosure(L, dispatch, 2);
    lua_setfield(L, -2, names[i]);
  }
  return 0;
}

int clua_try_share_random(lua_State *L) {
  lua_pushcfunction(L, share_random);
  return lua_pcall(L, 0, 0, 0);
}
