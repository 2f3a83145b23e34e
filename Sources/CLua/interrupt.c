/* Stopping a script from outside, as lua.c does it: a hook that is armed only on demand.
 *
 * lua_sethook is the one API function that a signal handler may call; it has to run on the thread
 * of the state, so the signal is sent to that thread. One that the system gives to another thread
 * (a stray `kill`) is let pass. */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include "clua.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

static clua_host *_Atomic interruptible;
static pthread_t _Atomic owner; /* of `interruptible`; a handler on any thread may ask */
static volatile sig_atomic_t arrived;

/* Stays armed: a pcall that swallows the error meets it again at its next step. A coroutine that an
 * interrupt met keeps its hook, also when that interrupt has been taken back since. */
static void interrupted(lua_State *L, lua_Debug *ar) {
  (void)ar;
  if (!arrived) {
    lua_sethook(L, NULL, 0, 0);
    return;
  }
  luaL_error(L, "interrupted");
}

static void arm(lua_State *L) {
  lua_sethook(L, interrupted, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

void clua_leave(clua_host *host, lua_State *co, lua_State *outer) {
  host->current = outer;
  if (arrived && lua_gethook(co) == interrupted) {
    arm(outer);
  }
}

static void handle(int number) {
  (void)number;
  clua_host *host = atomic_load(&interruptible);
  if (host && pthread_equal(pthread_self(), owner)) {
    arrived = 1;
    arm(host->current);
    arm(host->main);
  }
}

void clua_interrupt_on_signal(int number, clua_host *host) {
  owner = pthread_self();
  arrived = 0;
  atomic_store(&interruptible, host);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = host ? handle : SIG_IGN; /* one may still be on its way */
  sigemptyset(&action.sa_mask);
  action.sa_flags = 0; /* not SA_RESTART: io.read, say from a terminal, ends and the hook is met */
  sigaction(number, &action, NULL);
}

int clua_was_interrupted(void) { return arrived; }

void clua_clear_interrupt(clua_host *host) {
  arrived = 0;
  lua_sethook(host->current, NULL, 0, 0);
  lua_sethook(host->main, NULL, 0, 0);
}
