/* Lines with editing, history and completion, by libedit.
 *
 * libedit keeps its state in globals, so there is one editor a process, used on one thread. */
#ifndef CLINEEDITOR_H
#define CLINEEDITOR_H

/* Answers with cline_offer what the last name before the cursor could become; `text` is the line up
 * to the cursor. */
typedef void (*cline_completer)(void *context, const char *text);

/* Before the first line. */
void cline_open(cline_completer completer, void *context);

/* Reads a line, without its newline; NULL at the end of input. The caller frees it. */
char *cline_read(const char *prompt);

/* Gives the line up that is being read: cline_read returns what there is of it. On any
 * thread. */
void cline_cancel(void);

/* Whether the last line was given up. */
int cline_was_cancelled(void);

/* Puts a line at the end of the history. */
void cline_remember(const char *line);

/* One completion; called from within the completer. */
void cline_offer(const char *name);

/* Makes the terminal what it was before a line was being read. May be called on any thread. */
void cline_restore_terminal(void);

#endif
