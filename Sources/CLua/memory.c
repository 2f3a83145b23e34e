/* The memory of a state and of the native objects made for it, counted together.
 *
 * A small userdata may hold gigabytes that Lua's collector knows nothing of. So what natives hold is
 * counted, and drives the collector as Lua's own allocations do. */
#include "clua.h"

/* Relaxed: the counts guard no other memory. */
static size_t load(const size_t *count) { return __atomic_load_n(count, __ATOMIC_RELAXED); }

size_t clua_memory_of_lua(const clua_memory *memory) { return load(&memory->lua); }

size_t clua_memory_of_natives(const clua_memory *memory) { return load(&memory->native); }

/* Nothing is reclaimed for what could never be granted. */
static int reclaim(const clua_memory *memory, size_t bytes) {
  return memory->reclaim && bytes <= memory->limit && memory->reclaim(memory->context, bytes);
}

static int has_room(const clua_memory *memory, size_t held, size_t bytes) {
  size_t others = load(&memory->lua) - held + load(&memory->native);
  return others <= memory->limit && bytes <= memory->limit - others;
}

/* Where nothing could be reclaimed, another thread may have done so meanwhile: hence a last look. */
int clua_memory_allows(const clua_memory *memory, size_t held, size_t bytes) {
  if (memory->limit == 0) {
    return 1;
  }
  while (!has_room(memory, held, bytes)) {
    if (!reclaim(memory, bytes)) {
      return has_room(memory, held, bytes);
    }
  }
  return 1;
}

void clua_memory_lua_changed(clua_memory *memory, size_t held, size_t bytes) {
  __atomic_store_n(&memory->lua, load(&memory->lua) + bytes - held, __ATOMIC_RELAXED);
}

static int take(clua_memory *memory, size_t bytes) {
  size_t native = load(&memory->native);
  do {
    size_t held = load(&memory->lua) + native;
    if (memory->limit && (held > memory->limit || bytes > memory->limit - held)) {
      return 0;
    }
  } while (!__atomic_compare_exchange_n(&memory->native, &native, native + bytes, 1,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED));
  return 1;
}

int clua_memory_take(clua_memory *memory, size_t bytes) {
  while (!take(memory, bytes)) {
    if (!reclaim(memory, bytes)) {
      return take(memory, bytes);
    }
  }
  return 1;
}

void clua_memory_give(clua_memory *memory, size_t bytes) {
  __atomic_fetch_sub(&memory->native, bytes, __ATOMIC_RELAXED);
}

/* ---- The collector ---- */

/* Less than this is not worth a collection. */
static const size_t least_growth = (size_t)64 << 20;

/* A whole collection costs as much as Lua's heap is large. It comes when natives have grown by their
 * own size and by the heap's, so its cost is in proportion; earlier where the limit is near. */
static size_t growth(const clua_memory *memory, size_t native) {
  size_t lua = load(&memory->lua);
  size_t wanted = native > lua ? native : lua;
  if (wanted < least_growth) {
    wanted = least_growth;
  }
  if (memory->limit) {
    size_t held = lua + native;
    size_t rest = held < memory->limit ? (memory->limit - held) / 2 : 0;
    size_t least = memory->limit / 16; /* or a script that needs nearly all would only collect */
    rest = rest < least ? least : rest;
    return wanted < rest ? wanted : rest;
  }
  return wanted;
}

void clua_collect(lua_State *L) {
  clua_host *host = clua_host_of(L);
  lua_gc(L, LUA_GCCOLLECT);
  host->starved = 0;
  size_t native = load(&host->memory->native);
  host->next_collection = native + growth(host->memory, native);
}

void clua_pace_collector(lua_State *L) {
  clua_host *host = clua_host_of(L);
  size_t native = load(&host->memory->native);
  if (host->next_collection == 0) {
    host->next_collection = growth(host->memory, 0);
  }
  if (host->starved || native >= host->next_collection) {
    clua_collect(L);
  }
}
