/* What a C program would write to give Lua the functions that the bridge's benchmark gives it. */
#ifndef CPLAIN_H
#define CPLAIN_H

typedef struct lua_State cplain_state;

/* A state with the functions `add`, `strict`, `counter`, `tenfold` and `pause`. */
cplain_state *cplain_open(void);
/* Compiles `source` and keeps it as `name`. */
void cplain_load(cplain_state *L, const char *name, const char *source);
/* Calls what was kept as `name` with `n`. */
void cplain_call(cplain_state *L, const char *name, long n);
/* Resumes a coroutine of what was kept as `name` n times. */
void cplain_resume(cplain_state *L, const char *name, long n);

#endif
