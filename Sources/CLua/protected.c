/* API functions that may raise, each behind lua_pcall. */
#include "clua.h"

#include <limits.h>
#include <string.h>

/* ---- build ---- */

struct program {
  const clua_item *items;
  size_t count;
  const char *bytes;
};

static void build_item(lua_State *L, const clua_item *item, const char *bytes) {
  switch (item->tag) {
    case CLUA_NIL: lua_pushnil(L); break;
    case CLUA_BOOLEAN: lua_pushboolean(L, item->integer != 0); break;
    case CLUA_INTEGER: lua_pushinteger(L, item->integer); break;
    case CLUA_NUMBER: lua_pushnumber(L, item->number); break;
    case CLUA_STRING: lua_pushlstring(L, bytes + item->offset, (size_t)item->integer); break;
    case CLUA_REFERENCE: lua_rawgeti(L, LUA_REGISTRYINDEX, item->integer); break;
    case CLUA_TABLE: lua_createtable(L, (int)item->integer, (int)item->offset); break;
    case CLUA_SET_FIELD: lua_rawset(L, -3); break;
    case CLUA_METATABLE: lua_setmetatable(L, -2); break;
    default: luaL_error(L, "clua: unknown item %d", (int)item->tag);
  }
}

static int build(lua_State *L) {
  const struct program *program = lua_touserdata(L, 1);
  lua_settop(L, 0);
  for (size_t i = 0; i < program->count; i++) {
    luaL_checkstack(L, 4, "value nested too deeply");
    build_item(L, &program->items[i], program->bytes);
  }
  return lua_gettop(L);
}

int clua_try_build(lua_State *L, const clua_item *items, size_t count, const char *bytes) {
  struct program program = {items, count, bytes};
  lua_pushcfunction(L, build);
  lua_pushlightuserdata(L, &program);
  return lua_pcall(L, 1, LUA_MULTRET, 0);
}

size_t clua_numbers(lua_State *L, int index, double *values, size_t count) {
  index = lua_absindex(L, index);
  for (size_t i = 0; i < count; i += CLUA_NUMBERS_ROOM) {
    size_t some = count - i < CLUA_NUMBERS_ROOM ? count - i : CLUA_NUMBERS_ROOM;
    for (size_t j = 0; j < some; j++) {
      int type = lua_rawgeti(L, index, (lua_Integer)(i + j + 1));
      if (type != LUA_TNUMBER) {
        lua_pop(L, (int)j + 1);
        return i + j;
      }
      values[i + j] = lua_tonumberx(L, -1, NULL);
    }
    lua_pop(L, (int)some);
  }
  return count;
}

static int numbers(lua_State *L) {
  const double *values = lua_touserdata(L, 1);
  lua_Integer count = lua_tointegerx(L, 2, NULL);
  lua_createtable(L, (int)count, 0);
  for (lua_Integer i = 0; i < count; i++) {
    lua_pushnumber(L, values[i]);
    lua_rawseti(L, -2, i + 1);
  }
  return 1;
}

int clua_try_numbers(lua_State *L, const double *values, size_t count) {
  lua_pushcfunction(L, numbers);
  lua_pushlightuserdata(L, (void *)values);
  lua_pushinteger(L, (lua_Integer)count);
  return lua_pcall(L, 2, 1, 0);
}

/* ---- registry ---- */

static int reference(lua_State *L) {
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  return 1;
}

int clua_try_reference(lua_State *L, int *result) {
  lua_pushcfunction(L, reference);
  lua_insert(L, -2);
  int status = lua_pcall(L, 1, 1, 0);
  if (status == LUA_OK) {
    *result = (int)lua_tointegerx(L, -1, NULL);
    lua_pop(L, 1);
  }
  return status;
}

/* ---- tables ---- */

static int get(lua_State *L) {
  lua_gettable(L, 1);
  return 1;
}

int clua_try_get(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_pushcfunction(L, get);
  lua_insert(L, -2);
  lua_pushvalue(L, index);
  lua_insert(L, -2);
  return lua_pcall(L, 2, 1, 0);
}

static int set(lua_State *L) {
  lua_settable(L, 1);
  return 0;
}

int clua_try_set(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_pushcfunction(L, set);
  lua_insert(L, -3);
  lua_pushvalue(L, index);
  lua_insert(L, -3);
  return lua_pcall(L, 3, 0, 0);
}

/* Between two calls of lua_next only lua_rawseti runs, into a table that is large enough: nothing
 * allocates, so no finaliser of the script's can change the table underneath. */
static int pairs(lua_State *L) {
  lua_Integer room = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    room += 2;
  }
  if (room > INT_MAX) {
    return luaL_error(L, "a table of too many fields");
  }
  lua_createtable(L, (int)room, 0);
  lua_Integer count = 0;
  for (lua_pushnil(L); lua_next(L, 1); count += 2) {
    if (count == room) { /* a finaliser ran while the array was made */
      return luaL_error(L, "the table was changed while it was read");
    }
    lua_rawseti(L, 2, count + 2);
    lua_pushvalue(L, -1);
    lua_rawseti(L, 2, count + 1);
  }
  lua_pushinteger(L, count);
  return 2;
}

int clua_try_pairs(lua_State *L, int index, lua_Integer *count) {
  index = lua_absindex(L, index);
  lua_pushcfunction(L, pairs);
  lua_pushvalue(L, index);
  int status = lua_pcall(L, 1, 2, 0);
  if (status == LUA_OK) {
    *count = lua_tointegerx(L, -1, NULL);
    lua_pop(L, 1);
  }
  return status;
}

/* ---- text ---- */

static int to_string(lua_State *L) {
  luaL_tolstring(L, 1, NULL);
  return 1;
}

int clua_try_to_string(lua_State *L, int index) {
  index = lua_absindex(L, index);
  lua_pushcfunction(L, to_string);
  lua_pushvalue(L, index);
  return lua_pcall(L, 1, 1, 0);
}

static int traceback(lua_State *L) {
  luaL_traceback(L, lua_touserdata(L, 1), NULL, (int)lua_tointegerx(L, 2, NULL));
  return 1;
}

int clua_try_traceback(lua_State *L, lua_State *of, int level) {
  lua_pushcfunction(L, traceback);
  lua_pushlightuserdata(L, of);
  lua_pushinteger(L, level);
  clua_host *host = clua_host_of(L);
  host->tracing = 1;
  int status = lua_pcall(L, 2, 1, 0);
  host->tracing = 0;
  return status;
}

/* ---- threads ---- */

static int new_thread(lua_State *L) {
  lua_newthread(L);
  return 1;
}

int clua_try_new_thread(lua_State *L) {
  lua_pushcfunction(L, new_thread);
  return lua_pcall(L, 0, 1, 0);
}

/* ---- chunks ---- */

struct source {
  const char *text;
  size_t length;
  const char *name;
  const char *mode;
};

/* A failed load raises its own message, so that the caller sees one kind of failure. */
static int loaded(lua_State *L, int status) { return status == LUA_OK ? 1 : lua_error(L); }

static int load_file(lua_State *L) {
  const struct source *source = lua_touserdata(L, 1);
  return loaded(L, luaL_loadfilex(L, source->name, source->mode));
}

static int load_text(lua_State *L) {
  const struct source *source = lua_touserdata(L, 1);
  return loaded(L, luaL_loadbufferx(L, source->text, source->length, source->name, "t"));
}

int clua_try_load_file(lua_State *L, const char *path, const char *mode) {
  struct source source = {NULL, 0, path, mode};
  lua_pushcfunction(L, load_file);
  lua_pushlightuserdata(L, &source);
  return lua_pcall(L, 1, 1, 0);
}

int clua_try_load(lua_State *L, const char *text, size_t length, const char *name) {
  struct source source = {text, length, name, "t"};
  lua_pushcfunction(L, load_text);
  lua_pushlightuserdata(L, &source);
  return lua_pcall(L, 1, 1, 0);
}

static int preload(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushvalue(L, 1);
  lua_setfield(L, -2, lua_touserdata(L, 2));
  return 0;
}

int clua_try_preload(lua_State *L, const char *name) {
  lua_pushcfunction(L, preload);
  lua_insert(L, -2);
  lua_pushlightuserdata(L, (void *)name);
  return lua_pcall(L, 2, 0, 0);
}

/* ---- calls ---- */

static const char traceback_key, memory_error_key;

/* Messages that Lua makes where nothing protects it: in lua_resume, and after a protected call has
 * failed. Without memory that would raise in the main thread, over all frames between. A short string
 * that is there already is found and not made, so they are kept. */
static void reserve_messages(lua_State *L) {
  static const char *const messages[] = {
      "C stack overflow", "cannot resume dead coroutine", "cannot resume non-suspended coroutine",
      "error in error handling"};
  static const char key;
  lua_createtable(L, 4, 0);
  for (int i = 0; i < 4; i++) {
    lua_pushstring(L, messages[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
}

void clua_reserve_errors(lua_State *L) {
  lua_pushboolean(L, 0);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &traceback_key);
  lua_pushliteral(L, "not enough memory"); /* Lua's own, which lua_error knows by identity */
  lua_rawsetp(L, LUA_REGISTRYINDEX, &memory_error_key);
  reserve_messages(L);
}

void clua_push_memory_error(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &memory_error_key);
}

/* Keeps the error value as it is (it may be a table of the script's) and the traceback beside it. */
static int keep_traceback(lua_State *L) {
  luaL_traceback(L, L, NULL, 1);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &traceback_key);
  return 1;
}

int clua_call(lua_State *L, int arguments, int results) {
  int base = lua_gettop(L) - arguments;
  lua_pushcfunction(L, keep_traceback);
  lua_insert(L, base);
  int status = lua_pcall(L, arguments, results, base);
  lua_remove(L, base);
  return status;
}

/* Taken away, because a call that fails for want of memory leaves none of its own. The slot exists
 * from the start, so that writing it never allocates. */
void clua_take_traceback(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &traceback_key);
  lua_pushboolean(L, 0);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &traceback_key);
}

/* ---- places ---- */

static int where(lua_State *L) {
  clua_place *place = lua_touserdata(L, 1);
  lua_Debug ar;
  for (int level = (int)lua_tointegerx(L, 2, NULL); lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0) {
      memcpy(place->chunk, ar.short_src, sizeof place->chunk);
      place->line = ar.currentline;
      break;
    }
  }
  return 0;
}

int clua_try_where(lua_State *L, int level, clua_place *place) {
  place->chunk[0] = '\0';
  place->line = 0;
  lua_pushcfunction(L, where);
  lua_pushlightuserdata(L, place);
  lua_pushinteger(L, level + 1); /* this C function is a level of its own */
  return lua_pcall(L, 2, 0, 0);
}
