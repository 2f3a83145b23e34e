/* Stopping a script from outside, as lua.c does it: a hook that is armed only on demand. */
#include "clua.h"

/* Stays armed: a pcall that swallows the error meets it again at its next step. */
static void interrupted(lua_State *L, lua_Debug *ar) {
  (void)ar;
  luaL_error(L, "interrupted");
}

void clua_interrupt(lua_State *L) {
  lua_sethook(L, interrupted, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

void clua_clear_interrupt(lua_State *L) { lua_sethook(L, NULL, 0, 0); }
