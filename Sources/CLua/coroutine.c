/* coroutine.create, resume, wrap and close that know their host.
 *
 * They behave as the standard library's, with three additions. The host always knows which thread is
 * running, so that an interrupt finds a loop in a coroutine of the script's own. A thread that the
 * host drives is refused, since only the host may resume or close it. And a call of Swift's that
 * suspends itself in a script's coroutine suspends all threads outwards, up to the driven one:
 *
 *   driven thread ── resume ──> script's thread ── resume ──> script's thread ── call of Swift's
 *        yields      <──────────    yields      <──────────        yields
 *
 * When the host resumes the driven thread, each continues by resuming the next, in that order. To the
 * script nothing has happened meanwhile. */
#include "clua.h"

/* What `resume` gives where a call of Swift's has suspended the thread, and -1 for an error. */
enum { FAILED = -1, SUSPENDED = -2 };

static int co_wrapped(lua_State *L);
static int co_resume(lua_State *L);

/* Whether `co` is running or has resumed another: Lua's own functions refuse it. */
static int is_active(lua_State *L, lua_State *co) {
  lua_Debug ar;
  return co == L || (lua_status(co) == LUA_OK && lua_getstack(co, 0, &ar));
}

static void check_marks(lua_State *L, lua_State *co, const char *refusal) {
  if (clua_marks(co) && !is_active(L, co)) {
    luaL_error(L, "cannot %s the coroutine of a trial", refusal);
  }
}

static lua_State *script_thread(lua_State *L, const char *refusal) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "thread");
  check_marks(L, co, refusal);
  return co;
}

int clua_can_suspend(lua_State *L) {
  clua_host *host = clua_host_of(L);
  return host->resumed == L && !host->blocked && lua_isyieldable(L);
}

int clua_drive(lua_State *co, lua_State *from, int count, int *results) {
  clua_host *host = clua_host_of(co);
  lua_State *resumed = host->resumed;
  int32_t blocked = host->blocked;
  host->resumed = co;
  host->blocked = 0;
  host->suspending = 0;
  int status = lua_resume(co, from, count, results);
  host->resumed = resumed;
  host->blocked = blocked;
  return status;
}

/* Resumes `co` with the `count` values on the top of L. Gives the number of results, which are on the
 * top of L; FAILED with the error value there; or SUSPENDED. */
static int resume(lua_State *L, lua_State *co, int count) {
  if (!lua_checkstack(co, count)) {
    lua_pushliteral(L, "too many arguments to resume");
    return FAILED;
  }
  clua_host *host = clua_host_of(L);
  lua_State *outer = host->current, *resumed = host->resumed;
  int32_t blocked = host->blocked;
  int results = 0;
  lua_xmove(L, co, count);
  host->current = co;
  host->blocked = !clua_can_suspend(L);
  host->resumed = co;
  int status = lua_resume(co, L, count, &results);
  host->resumed = resumed;
  host->blocked = blocked;
  clua_leave(host, co, outer);
  if (status == LUA_YIELD && host->suspending) {
    return SUSPENDED;
  }
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return FAILED;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return FAILED;
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

/* Suspends L as well, with what it has resumed; it continues in `next`. */
static int suspend(lua_State *L, lua_State *co, lua_KFunction next) {
  clua_set_marks(co, CLUA_HELD);
  return lua_yieldk(L, 0, 0, next);
}

static int resume_next(lua_State *L, int status, lua_KContext context);

static int finish_resume(lua_State *L, lua_State *co, int count) {
  if (count == SUSPENDED) {
    return suspend(L, co, resume_next);
  }
  lua_pushboolean(L, count >= 0);
  lua_insert(L, count >= 0 ? -count - 1 : -2);
  return count >= 0 ? count + 1 : 2;
}

static int resume_next(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  lua_State *co = lua_tothread(L, 1);
  clua_set_marks(co, 0);
  return finish_resume(L, co, resume(L, co, 0));
}

static int co_resume(lua_State *L) {
  lua_State *co = script_thread(L, "resume");
  return finish_resume(L, co, resume(L, co, lua_gettop(L) - 1));
}

static int wrapped_next(lua_State *L, int status, lua_KContext context);

static int finish_wrapped(lua_State *L, lua_State *co, int count) {
  if (count == SUSPENDED) {
    return suspend(L, co, wrapped_next);
  }
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

static int wrapped_next(lua_State *L, int status, lua_KContext context) {
  (void)status;
  (void)context;
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  clua_set_marks(co, 0);
  return finish_wrapped(L, co, resume(L, co, 0));
}

static int co_wrapped(lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  check_marks(L, co, "resume");
  return finish_wrapped(L, co, resume(L, co, lua_gettop(L)));
}

lua_State *clua_held_by(lua_State *co) {
  lua_Debug ar;
  if (lua_status(co) != LUA_YIELD || !lua_getstack(co, 0, &ar) || !lua_getinfo(co, "f", &ar)) {
    return NULL;
  }
  lua_CFunction function = lua_tocfunction(co, -1);
  const char *found = function == co_wrapped  ? lua_getupvalue(co, -1, 1)
                      : function == co_resume ? lua_getlocal(co, &ar, 1)
                                              : NULL;
  lua_State *held = found ? lua_tothread(co, -1) : NULL;
  lua_pop(co, found ? 2 : 1);
  return held && (clua_marks(held) & CLUA_HELD) ? held : NULL;
}

static int co_create(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  clua_set_marks(co, 0);
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
