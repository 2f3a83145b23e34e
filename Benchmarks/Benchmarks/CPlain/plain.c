#include "cplain.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>

static int add(lua_State *L) {
  lua_pushnumber(L, luaL_checknumber(L, 1) + luaL_checknumber(L, 2));
  return 1;
}

/* As a general binding has to do it: one C function for all, which finds out whom it stands for, and
 * takes no text for a number. */
static double number(lua_State *L, int index) {
  luaL_checktype(L, index, LUA_TNUMBER);
  return lua_tonumber(L, index);
}

static int strict_add(lua_State *L) {
  lua_pushnumber(L, number(L, 1) + number(L, 2));
  return 1;
}

static int strict(lua_State *L) {
  lua_CFunction *function = lua_touserdata(L, lua_upvalueindex(1));
  return (*function)(L);
}

typedef struct counter {
  lua_Integer total;
} counter;

static int counter_add(lua_State *L) {
  counter *self = luaL_checkudata(L, 1, "Counter");
  self->total += luaL_checkinteger(L, 2);
  lua_pushinteger(L, self->total);
  return 1;
}

static int counter_new(lua_State *L) {
  counter *self = lua_newuserdatauv(L, sizeof *self, 0);
  self->total = 0;
  luaL_setmetatable(L, "Counter");
  return 1;
}

/* Ten numbers in, ten out. */
static int tenfold(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_Number values[10];
  for (int i = 0; i < 10; i++) {
    lua_rawgeti(L, 1, i + 1);
    values[i] = luaL_checknumber(L, -1);
    lua_pop(L, 1);
  }
  lua_createtable(L, 10, 0);
  for (int i = 0; i < 10; i++) {
    lua_pushnumber(L, values[i] * 10);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

static int resumed(lua_State *L, int status, lua_KContext context) {
  (void)L, (void)status, (void)context;
  return 0;
}

static int pause(lua_State *L) { return lua_yieldk(L, 0, 0, resumed); }

static void need(lua_State *L, int status) {
  if (status != LUA_OK && status != LUA_YIELD) {
    luaL_traceback(L, L, lua_tostring(L, -1), 0);
    abort();
  }
}

cplain_state *cplain_open(void) {
  lua_State *L = luaL_newstate();
  luaL_openlibs(L);
  lua_register(L, "add", add);
  static lua_CFunction function = strict_add;
  lua_pushlightuserdata(L, &function);
  lua_pushcclosure(L, strict, 1);
  lua_setglobal(L, "strict");
  lua_register(L, "counter", counter_new);
  lua_register(L, "tenfold", tenfold);
  lua_register(L, "pause", pause);
  luaL_newmetatable(L, "Counter");
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, counter_add);
  lua_setfield(L, -2, "add");
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  return L;
}

void cplain_load(cplain_state *L, const char *name, const char *source) {
  need(L, luaL_loadstring(L, source));
  lua_setglobal(L, name);
}

void cplain_call(cplain_state *L, const char *name, long n) {
  lua_getglobal(L, name);
  lua_pushinteger(L, n);
  need(L, lua_pcall(L, 1, 0, 0));
}

void cplain_resume(cplain_state *L, const char *name, long n) {
  lua_State *co = lua_newthread(L);
  lua_getglobal(co, name);
  lua_pushinteger(co, n);
  for (long i = 0; i < n; i++) {
    int results;
    need(co, lua_resume(co, L, i == 0 ? 1 : 0, &results));
  }
  lua_pop(L, 1);
}
