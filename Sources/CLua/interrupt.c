/* Stopping a script from outside, as lua.c does it: a hook that is armed only on demand.
 *
 * lua_sethook is the one API function that a signal handler may call; it has to run on the thread
 * of the state, so the signal is sent to that thread. */
#define _POSIX_C_SOURCE 200809L /* sigaction */

#include "clua.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>

static clua_host *_Atomic interruptible;
static volatile sig_atomic_t arrived;

/* Stays armed: a pcall that swallows the error meets it again at its next step. */
static void interrupted(lua_State *L, lua_Debug *ar) {
  (void)ar;
  luaL_error(L, "interrupted");
}

static void arm(lua_State *L) {
  lua_sethook(L, interrupted, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void handle(int number) {
  (void)number;
  arrived = 1;
  clua_host *host = atomic_load(&interruptible);
  if (host && host->main) {
    arm(host->current);
    arm(host->main);
  }
}

void clua_interrupt_on_signal(int number, clua_host *host) {
  atomic_store(&interruptible, host);
  arrived = 0;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = host ? handle : SIG_IGN; /* one may still be on its way */
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, NULL);
}

int clua_was_interrupted(void) { return arrived; }
