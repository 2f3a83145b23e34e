/* The C floor of LuaBridge.
 *
 * lua_error, lua_yieldk and every API function that may raise leave by longjmp, and a longjmp over
 * a Swift frame is undefined behaviour. So nothing here ever jumps past Swift:
 *
 *   Lua ──> clua_trampoline (C) ──> host.call (Swift) ── returns a code ──> C raises, yields, returns
 *   Swift ──> clua_try_… (C) ── lua_pcallk ──> the raising API function
 *
 * Swift calls directly only what the reference manual marks `-` (never raises).
 */
#ifndef CLUA_H
#define CLUA_H

#include <stddef.h>
#include <stdint.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

/* ---- What Swift answers a trampoline: a number of results on the top of the stack, or a code. ---- */
enum {
  CLUA_RAISE = -1,          /* raise the value on the top of the stack as it is */
  CLUA_RAISE_AT_CALLER = -2, /* raise the string on the top, with the caller's file:line before it */
  CLUA_RAISE_ARGUMENT = -3, /* "bad argument #n to 'f' (…)"; n in host.argument, text on the top */
  CLUA_YIELD = -4,          /* yield no values; Swift is called again when resumed */
  CLUA_RAISE_OVERFLOW = -5  /* raise "C stack overflow": not even a message could be built */
};

/* What a state holds together with the native objects made for it. Outlives the state, since native
 * memory may be given back later, and on any thread: read and written by the functions below alone. */
typedef struct clua_memory {
  size_t lua;    /* bytes that Lua holds; changed on the state's thread */
  size_t native; /* bytes that native objects hold; changed on any thread */
  size_t limit;  /* bytes of both together; 0: no limit */
  /* Makes room for so many bytes before a request is refused, on any thread, also in the middle of
   * Lua's allocator: it must not use the state. Returns whether some became free. NULL: there is none. */
  int32_t (*reclaim)(void *context, size_t bytes);
  void *context; /* of `reclaim` */
} clua_memory;

/* Shared by a state and all its threads: a pointer to it lies in each thread's extra space. */
typedef struct clua_host {
  int32_t (*call)(lua_State *L, void *function);
  int32_t (*resume)(lua_State *L);
  void (*release)(void *object);
  void *context;    /* the Swift state, unretained */
  lua_State *main;
  lua_State *volatile current; /* the innermost thread that Swift knows of */
  lua_State *resumed; /* the innermost thread that the host or a script has resumed */
  int32_t blocked;    /* a thread below `resumed` cannot be suspended, down to the one that is driven */
  int32_t suspending; /* a call of Swift's has yielded, and not the script */
  int32_t argument; /* for CLUA_RAISE_ARGUMENT */
  int32_t random[2]; /* registry slots of the generator in use: random, randomseed; 0: the state's */
  clua_memory *memory;
  int32_t tracing; /* a traceback is being built, for which there is room beyond the limit */
  int32_t starved; /* the limit has refused an allocation since the last collection */
  size_t next_collection; /* native bytes at which Lua's garbage is collected on their account */
  size_t objects;   /* userdata that hold a Swift object */
  size_t object_size; /* what Lua allocates for one */
  uint64_t secret;  /* random: a script cannot make anything that looks like one */
  int32_t no_environment; /* the libraries do not look at LUA_PATH and LUA_CPATH */
  int32_t no_warnings, in_warning; /* switched off by the script; the next is a continuation */
  /* For tests: the allocation that fails, counted from the next one on as 1 (0: none), how many fail
   * in a row from there, and how many have failed. */
  size_t failing, failures, failed;
  void (*exiting)(void *context); /* os.exit was called, with `context` as above */
} clua_host;

/* The lowest bits of that pointer mark threads that a script may not move: one that the host drives,
 * and one of the script's own that is suspended together with a driven one. */
enum { CLUA_DRIVEN = 1, CLUA_HELD = 2, CLUA_MARKS = 3 };

static inline clua_host *clua_host_of(lua_State *L) {
  return (clua_host *)(*(uintptr_t *)lua_getextraspace(L) & ~(uintptr_t)CLUA_MARKS);
}

static inline int clua_marks(lua_State *L) {
  return (int)(*(uintptr_t *)lua_getextraspace(L) & CLUA_MARKS);
}

static inline void clua_set_marks(lua_State *L, int marks) {
  uintptr_t *space = (uintptr_t *)lua_getextraspace(L);
  *space = (*space & ~(uintptr_t)CLUA_MARKS) | (uintptr_t)marks;
}

/* ---- States and threads ---- */

/* A state with the standard libraries, whose allocator counts into `host` and keeps to its limit.
 * Returns NULL without memory. */
lua_State *clua_new_state(clua_host *host);

/* ---- Memory of Lua's and of native objects ---- */

/* Bytes that Lua, and that native objects hold now. */
size_t clua_memory_of_lua(const clua_memory *memory);
size_t clua_memory_of_natives(const clua_memory *memory);
/* Whether Lua may hold `bytes` in place of `held`. Reclaims where it else might not. */
int clua_memory_allows(const clua_memory *memory, size_t held, size_t bytes);
/* Counts bytes of Lua's: `held` are gone, `bytes` are new. */
void clua_memory_lua_changed(clua_memory *memory, size_t held, size_t bytes);
/* Takes native bytes, unless that exceeds the limit: 0 then. Reclaims before. Any thread. */
int clua_memory_take(clua_memory *memory, size_t bytes);
/* Gives native bytes back. Any thread. */
void clua_memory_give(clua_memory *memory, size_t bytes);
/* Collects Lua's garbage when native memory has grown so much that garbage may be what holds it, also
 * where the script has stopped the collector, and when an allocation was refused: Lua itself does not
 * collect for its string buffers, and an emergency collection runs no finalisers. Runs finalisers; never raises. */
void clua_pace_collector(lua_State *L);
/* Collects Lua's garbage at once. Runs finalisers; never raises. */
void clua_collect(lua_State *L);
/* Release and copyright of the Lua this was compiled for. */
const char *clua_version(void);
/* Flushes all streams before the process ends, and says on standard error what could not be written.
 * Gives the status to end with: `status`, and EXIT_FAILURE in place of 0 where something is lost. */
int clua_end_streams(int status);

/* ---- Userdata that holds a Swift object ---- */

typedef struct clua_object {
  uint64_t magic;   /* host.secret and its own address: right in its own place only */
  const void *type; /* the address of the type's record: unequal for every type */
  void *object;     /* retained; NULL once closed */
} clua_object;

/* Lets go of the object in a block of memory that Lua frees, where its finaliser could not run for
 * want of memory. Called for blocks of host.object_size. */
void clua_release_lost(clua_host *host, void *block);

/* The userdata at `index` if it is one of ours (by size and magic number), else NULL. Any type. */
clua_object *clua_to_object(lua_State *L, int index);

/* ---- Values built under protection: a small program, run inside one lua_pcallk ---- */

enum {
  CLUA_NIL,
  CLUA_BOOLEAN,
  CLUA_INTEGER,
  CLUA_NUMBER,
  CLUA_STRING,    /* bytes[offset ..< offset + integer] */
  CLUA_REFERENCE, /* registry[integer] */
  CLUA_TABLE,     /* new table with room for integer elements and `offset` fields */
  CLUA_SET_FIELD, /* t[k] = v for the three values on the top, raw; pops k and v */
  CLUA_METATABLE  /* pops a table and makes it the metatable of the value below */
};

typedef struct clua_item {
  int32_t tag;
  int64_t integer;
  double number;
  size_t offset;
} clua_item;

/* ---- Protected calls. Each returns a Lua status; with other than LUA_OK the error value is on the
 * top of the stack. All want a few free stack slots (clua_room). ---- */

/* Whether the stack has room for `n` more values; never raises. */
static inline int clua_room(lua_State *L, int n) { return lua_checkstack(L, n); }

/* Pushes the values that `items` build (several may remain on the stack). */
int clua_try_build(lua_State *L, const clua_item *items, size_t count, const char *bytes);
/* Pushes an array of `count` numbers. */
int clua_try_numbers(lua_State *L, const double *numbers, size_t count);
/* Pops the value on the top into the registry. */
int clua_try_reference(lua_State *L, int *reference);
/* Pushes a function that calls Swift with `function`. */
int clua_try_push_function(lua_State *L, void *function);
/* The `function` that the function at `index` calls Swift with; NULL for any other value. Never raises,
 * wants one free slot. */
void *clua_function_at(lua_State *L, int index);
/* Pushes a userdata that owns `object`; its metatable is registry[metatable]. On failure nothing is
 * owned. */
int clua_try_push_object(lua_State *L, const void *type, void *object, int metatable);
/* Finishes the metatable on the top: __gc, __metatable and an __index over methods and getters,
 * which it takes from the fields "methods" and "getters" (popped off the table). */
int clua_try_seal_metatable(lua_State *L);
/* Pushes an array of the keys and values, in turn, of the table at `index`, and sets `count` to its
 * length. All of it is of one moment: no Lua code runs between the first pair and the last. */
int clua_try_pairs(lua_State *L, int index, lua_Integer *count);
/* t[k] for the table at `index` and the key on the top; replaces the key; honours metamethods. */
int clua_try_get(lua_State *L, int index);
/* t[k] = v for the key and value on the top; pops both; honours metamethods. */
int clua_try_set(lua_State *L, int index);
/* Pushes the text of the value at `index`, as `tostring` gives it. */
int clua_try_to_string(lua_State *L, int index);
/* Pushes a new thread. */
int clua_try_new_thread(lua_State *L);
/* Replaces coroutine.create, resume, wrap and close by functions that keep host.current right, leave
 * marked threads alone, and suspend themselves where a call of Swift's suspends what they resume. */
int clua_try_install_coroutines(lua_State *L);
/* Whether a call on L can be suspended until the host resumes the driven thread below it: every thread
 * from L down to that one can yield, and each was resumed by the host or by coroutine.resume. */
int clua_can_suspend(lua_State *L);
/* Resumes `co`, which the host drives, with the `count` values on its top. Gives lua_resume's status. */
int clua_drive(lua_State *co, lua_State *from, int count, int *results);
/* The script's thread that is suspended together with `co`, which waits for it in coroutine.resume or
 * a wrapped coroutine; NULL where there is none. Wants two free slots on `co`. */
lua_State *clua_held_by(lua_State *co);
/* Pushes a traceback of `of`, from `level` on. */
int clua_try_traceback(lua_State *L, lua_State *of, int level);
/* Pushes the compiled chunk. `mode` "t" refuses binary chunks; the path NULL is standard input. */
int clua_try_load_file(lua_State *L, const char *path, const char *mode);
int clua_try_load(lua_State *L, const char *source, size_t length, const char *name);
/* Sets registry._LOADED / package.preload[name] to the function on the top and pops it. */
int clua_try_preload(lua_State *L, const char *name);

/* ---- Random generators ---- */

/* Makes math.random and math.randomseed draw from host.random, or from the generator they had. */
int clua_try_share_random(lua_State *L);
/* Pushes `random` and `randomseed` of a fresh copy of the standard generator. */
int clua_try_new_random(lua_State *L);

/* Calls the function below `arguments` arguments. After a failure clua_take_traceback has where. */
int clua_call(lua_State *L, int arguments, int results);
/* Pushes the traceback that the last failed clua_call took, once, or another value where none could
 * be taken. Never raises; wants two free slots. */
void clua_take_traceback(lua_State *L);
/* Pushes the error value "not enough memory", for which no memory is needed; never raises. */
void clua_push_memory_error(lua_State *L);
/* Keeps in the registry what the two need; raises without memory. For clua_new_state. */
void clua_reserve_errors(lua_State *L);

/* ---- Places in the script ---- */

typedef struct clua_place {
  char chunk[LUA_IDSIZE]; /* as in messages: "scripts/mnist.lua" */
  int line;               /* 0 where no Lua function is running */
} clua_place;

/* Where the innermost Lua function at or above `level` stands (0: the running function). */
int clua_try_where(lua_State *L, int level, clua_place *place);

/* ---- Reading without raising, where the manual marks the API function `m`. ---- */

/* The bytes of a string at `index`, NULL for any other type: lua_tolstring allocates only to convert
 * a number, and a number never gets there. */
static inline const char *clua_string(lua_State *L, int index, size_t *length) {
  return lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, length) : NULL;
}

/* Reads the first `count` elements of the table at `index`, without metamethods, as long as they are
 * numbers. Gives how many were; never raises, wants CLUA_NUMBERS_ROOM free slots. */
enum { CLUA_NUMBERS_ROOM = 8 };
size_t clua_numbers(lua_State *L, int index, double *numbers, size_t count);

/* ---- Interrupts ---- */

/* Makes signal `number` interrupt the scripts of `host` when it arrives on the calling thread, which
 * is theirs: from then on every step of the running coroutine and of the main one raises
 * "interrupted". One host a process; NULL: none. */
void clua_interrupt_on_signal(int number, clua_host *host);
/* Whether the signal has arrived. */
int clua_was_interrupted(void);
/* Lets the scripts of `host` continue as if it had not. On their thread, outside of any protected
 * call. */
void clua_clear_interrupt(clua_host *host);
/* Makes `outer` the running coroutine again, after `co`. An interrupt that met `co` continues to
 * `outer`, or a script that resumes coroutines in a protected loop would outlive it. */
void clua_leave(clua_host *host, lua_State *co, lua_State *outer);

#endif
