/* coroutine.create, resume, wrap and close that know their host.
 *
 * They behave as the standard library's, with two additions: the host always knows which thread is
 * running, so that an interrupt finds a loop in a coroutine of the script's own; and a thread that
 * the host drives is refused, since only the host may resume or close it. */
#include "clua.h"

/* Whether `co` is running or has resumed another: Lua's own functions refuse it. */
static int is_active(lua_State *L, lua_State *co) {
  lua_Debug ar;
  return co == L || (lua_status(co) == LUA_OK && lua_getstack(co, 0, &ar));
}

static lua_State *script_thread(lua_State *L, const char *refusal) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "thread");
  if (clua_is_driven(co) && !is_active(L, co)) {
    luaL_error(L, "cannot %s the coroutine of a trial", refusal);
  }
  return co;
}

/* Resumes `co` with the `count` values on the top of L. Gives the number of results, which are on the
 * top of L, or -1 with the error value there. */
static int resume(lua_State *L, lua_State *co, int count) {
  if (!lua_checkstack(co, count)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  clua_host *host = clua_host_of(L);
  lua_State *outer = host->current;
  int results = 0;
  lua_xmove(L, co, count);
  host->current = co;
  int status = lua_resume(co, L, count, &results);
  clua_leave(host, co, outer);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

/* Closes the variables of `co`, which runs code of the script's on it. */
static int reset(lua_State *L, lua_State *co) {
  clua_host *host = clua_host_of(L);
  lua_State *outer = host->current;
  host->current = co;
  int status = lua_resetthread(co);
  clua_leave(host, co, outer);
  return status;
}

static int co_resume(lua_State *L) {
  lua_State *co = script_thread(L, "resume");
  int count = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, count >= 0);
  lua_insert(L, count >= 0 ? -count - 1 : -2);
  return count >= 0 ? count + 1 : 2;
}

static int co_wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  int count = resume(L, co, lua_gettop(L));
  if (count >= 0) {
    return count;
  }
  int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    status = reset(L, co); /* closes its variables; their error replaces the first */
    lua_xmove(co, L, 1);
  }
  if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
  }
  return lua_error(L);
}

static int co_create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  clua_set_driven(co, 0);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return 1;
}

static int co_wrap(lua_State *L) {
  co_create(L);
  lua_pushcclosure(L, co_wrapped, 1);
  return 1;
}

static int co_close(lua_State *L) {
  lua_State *co = script_thread(L, "close");
  if (is_active(L, co)) {
    return luaL_error(L, "cannot close a %s coroutine", co == L ? "running" : "normal");
  }
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}

static int install(lua_State *L) {
  static const luaL_Reg functions[] = {{"create", co_create},
                                       {"resume", co_resume},
                                       {"wrap", co_wrap},
                                       {"close", co_close},
                                       {NULL, NULL}};
  lua_getglobal(L, "coroutine");
  luaL_setfuncs(L, functions, 0);
  return 0;
}

int clua_try_install_coroutines(lua_State *L) {
  lua_pushcfunction(L, install);
  return lua_pcall(L, 0, 0, 0);
}
