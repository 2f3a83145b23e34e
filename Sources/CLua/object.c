/* Userdata that owns a Swift object, told apart from any other userdata by size, magic and type. */
#include "clua.h"

static uint64_t magic_of(const clua_host *host, const clua_object *object) {
  return host->secret ^ (uint64_t)(uintptr_t)object;
}

/* What a native object takes besides its buffers, about: of small ones a script may make millions. */
static const size_t object_cost = 512;

static void let_go(clua_host *host, clua_object *object) {
  void *held = object->object;
  object->object = NULL;
  host->objects--;
  clua_memory_give(host->memory, object_cost);
  host->release(held);
}

/* A userdata's own bytes end its block. */
void clua_release_lost(clua_host *host, void *block) {
  clua_object *object = (clua_object *)((char *)block + host->object_size) - 1;
  if (object->magic == magic_of(host, object) && object->object) {
    let_go(host, object);
  }
}

clua_object *clua_to_object(lua_State *L, int index) {
  /* Of a light userdata, which has an address as well, the length is 0. */
  clua_object *object = lua_touserdata(L, index);
  if (!object || lua_rawlen(L, index) < sizeof *object) {
    return NULL;
  }
  return object->magic == magic_of(clua_host_of(L), object) ? object : NULL;
}

/* Idempotent: a script that reaches __gc through the debug library calls it in vain. */
static int collect(lua_State *L) {
  clua_object *object = clua_to_object(L, 1);
  if (object && object->object) {
    let_go(clua_host_of(L), object);
  }
  return 0;
}

struct new_object {
  const void *type;
  void *object;
  int metatable;
};

static int push_object(lua_State *L) {
  const struct new_object *wanted = lua_touserdata(L, 1);
  clua_object *made = lua_newuserdatauv(L, sizeof(clua_object), 0);
  made->magic = magic_of(clua_host_of(L), made);
  made->type = wanted->type;
  made->object = NULL;
  lua_rawgeti(L, LUA_REGISTRYINDEX, wanted->metatable);
  lua_setmetatable(L, -2);
  made->object = wanted->object; /* nothing raises after this: ownership has passed */
  clua_host_of(L)->objects++;
  return 1;
}

int clua_try_push_object(lua_State *L, const void *type, void *object, int metatable) {
  struct new_object wanted = {type, object, metatable};
  clua_pace_collector(L);
  clua_memory *memory = clua_host_of(L)->memory;
  if (!clua_memory_take(memory, object_cost)) {
    clua_host_of(L)->starved = 1;
    clua_push_memory_error(L);
    return LUA_ERRMEM;
  }
  lua_pushcfunction(L, push_object);
  lua_pushlightuserdata(L, &wanted);
  int status = lua_pcall(L, 1, 1, 0);
  if (status != LUA_OK) {
    clua_memory_give(memory, object_cost);
  }
  return status;
}

/* __index: a method, else what the field's getter gives, else nil. */
static int index_object(lua_State *L) {
  lua_settop(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) {
    return 1;
  }
  lua_pop(L, 1);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) == LUA_TNIL) {
    lua_pushvalue(L, lua_upvalueindex(3));
    if (lua_isnil(L, -1)) {
      return 1;
    }
    lua_insert(L, 1); /* unknown(self, key) */
    lua_settop(L, 3);
    lua_call(L, 2, 1);
    return 1;
  }
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static int seal_metatable(lua_State *L) {
  lua_pushcfunction(L, collect);
  lua_setfield(L, 1, "__gc");
  lua_pushboolean(L, 0);
  lua_setfield(L, 1, "__metatable");
  int has_methods = lua_getfield(L, 1, "methods") == LUA_TTABLE;
  int has_getters = lua_getfield(L, 1, "getters") == LUA_TTABLE;
  int has_unknown = lua_getfield(L, 1, "unknown") == LUA_TFUNCTION;
  if (has_methods && (has_getters || has_unknown)) {
    if (!has_getters) {
      lua_newtable(L);
      lua_replace(L, -3);
    }
    lua_pushcclosure(L, index_object, 3);
    lua_setfield(L, 1, "__index");
  } else if (has_methods) {
    lua_pop(L, 2);
    lua_setfield(L, 1, "__index"); /* a plain table: the VM looks methods up itself */
  }
  static const char *const scaffolding[] = {"methods", "getters", "unknown"};
  for (size_t i = 0; i < sizeof scaffolding / sizeof *scaffolding; i++) {
    lua_pushnil(L);
    lua_setfield(L, 1, scaffolding[i]);
  }
  return 0;
}

int clua_try_seal_metatable(lua_State *L) {
  lua_pushcfunction(L, seal_metatable);
  lua_pushvalue(L, -2);
  return lua_pcall(L, 1, 0, 0);
}
