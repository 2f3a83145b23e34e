#define _GNU_SOURCE /* newlocale on glibc */

#include "clineeditor.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h> /* before readline.h, which uses FILE */
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

#include <editline/readline.h>

/* Everything that cannot be part of a name: completion replaces the name alone. */
static char breaks[] = " \t\n!\"#$%&'()*+,-./:;<=>?@[\\]^`{|}~";

static cline_completer complete;
static void *complete_context;
static locale_t characters;

static struct termios before;
static atomic_int has_terminal; /* whether `before` says what the terminal was before a line is read */

/* ---- completion ---- */

static char **offered;
static size_t offered_count, offered_room;

void cline_offer(const char *name) {
  if (offered_count == offered_room) {
    size_t room = offered_room ? 2 * offered_room : 32;
    char **larger = realloc(offered, room * sizeof *larger);
    if (!larger) {
      return;
    }
    offered = larger;
    offered_room = room;
  }
  char *copy = strdup(name);
  if (copy) {
    offered[offered_count++] = copy;
  }
}

/* libedit takes the copies one by one and frees them. */
static char *next_offered(const char *word, int state) {
  static size_t next;
  (void)word;
  if (state == 0) {
    next = 0;
  }
  return next < offered_count ? offered[next++] : NULL;
}

/* The bytes of the first `count` characters: libedit counts those, also where it hands out bytes. */
static size_t bytes_of(const char *text, int count) {
  mbstate_t state;
  memset(&state, 0, sizeof state);
  size_t bytes = 0;
  for (; count > 0 && text[bytes]; count--) {
    size_t length = mbrlen(text + bytes, MB_CUR_MAX, &state);
    bytes += length - 1 < MB_CUR_MAX ? length : 1; /* errors are the largest values */
  }
  return bytes;
}

static char **completions(const char *word, int start, int end) {
  (void)start;
  rl_attempted_completion_over = 1; /* no names of files */
  char *text = strndup(rl_line_buffer, bytes_of(rl_line_buffer, end));
  if (!text) {
    return NULL;
  }
  offered_count = 0;
  complete(complete_context, text);
  free(text);
  return offered_count ? rl_completion_matches(word, next_offered) : NULL;
}

/* ---- Ctrl-Z and fg ---- */

/* libedit leaves both to its user, and the shell gives the terminal back in its own mode: what is
 * typed then would be neither shown nor edited. */
static pthread_t _Atomic reader;
static atomic_int is_reading, was_continued, was_cancelled; /* of two threads, and of handlers */

static void handle(int number, void (*handler)(int));
static void continued(int number);

/* By the signal's own action and not by SIGSTOP: where no shell could continue the process, the
 * system does not stop it. */
static void stopped(int number) {
  int error = errno;
  if (is_reading && has_terminal) {
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
  }
  handle(number, SIG_DFL);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, number);
  raise(number);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL); /* it stops here */
  handle(number, stopped);
  continued(SIGCONT);
  errno = error;
}

static void continued(int number) {
  if (!is_reading) {
    return;
  }
  was_continued = 1;
  if (!pthread_equal(pthread_self(), reader)) {
    pthread_kill(reader, number); /* it is that thread's read that has to return */
  }
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action;
  if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
  }
}

void cline_cancel(void) {
  if (!is_reading) {
    return;
  }
  was_cancelled = 1;
  pthread_kill(reader, SIGCONT); /* ends its read, and has nothing else to do */
}

int cline_was_cancelled(void) { return was_cancelled; }

/* A character of the terminal's, or -1 at its end; in place of libedit's own, which cannot tell why a
 * read was interrupted. */
static int next_character(FILE *input) {
  (void)input;
  mbstate_t state;
  memset(&state, 0, sizeof state);
  for (;;) {
    if (was_cancelled) { /* what was typed stays to be seen */
      static const char sign[] = "^C";
      return write(STDOUT_FILENO, sign, sizeof sign - 1) < 0 ? -1 : '\n';
    }
    if (was_continued) {
      was_continued = 0;
      rl_prep_terminal(1);
      rl_forced_update_display();
    }
    char byte;
    ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0 && errno == EAGAIN) { /* another program has left the terminal so */
      int flags = fcntl(STDIN_FILENO, F_GETFL);
      if (flags >= 0 && fcntl(STDIN_FILENO, F_SETFL, flags & ~O_NONBLOCK) == 0) {
        continue;
      }
    }
    if (count <= 0) {
      return -1;
    }
    wchar_t character;
    size_t length = mbrtowc(&character, &byte, 1, &state);
    if (length == (size_t)-1) {
      return (unsigned char)byte; /* no character of this encoding: as it is */
    }
    if (length != (size_t)-2) {
      return (int)character;
    }
  }
}

/* Called when libedit has looked what mode the terminal is in, and before it shows the prompt. By itself
 * it prepares the terminal after that: what was typed in between was echoed twice, and Ctrl-D lost. */
static int prepare(void) {
  rl_prep_terminal(1);
  return 0;
}

/* ---- lines ---- */

/* The user's characters for libedit alone: the process stays in the C locale, in which numbers are
 * written with a point. Without a locale of the user's, text is UTF-8. */
static locale_t users_locale(void) {
  locale_t users = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  if (users && strcmp(nl_langinfo_l(CODESET, users), "ANSI_X3.4-1968") != 0) {
    return users; /* that is what the C locale calls its characters */
  }
  locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (utf8 && users) {
    freelocale(users);
  }
  return utf8 ? utf8 : users;
}

/* Makes the user's characters the thread's, and gives what they were. */
static locale_t enter(void) { return characters ? uselocale(characters) : (locale_t)0; }

static void leave(locale_t outer) {
  if (characters) {
    uselocale(outer);
  }
}

void cline_open(cline_completer completer, void *context) {
  characters = users_locale();
  complete = completer;
  complete_context = context;
  rl_readline_name = "mohpo-lua";
  rl_attempted_completion_function = completions;
  rl_completion_append_character = '\0';
  rl_basic_word_break_characters = breaks;
  rl_completer_word_break_characters = breaks;
  rl_getc_function = next_character;
  rl_pre_input_hook = prepare;
  handle(SIGTSTP, stopped);
  handle(SIGCONT, continued);
  locale_t outer = enter(); /* here libedit asks whether characters are UTF-8 */
  using_history();
  leave(outer);
}

char *cline_read(const char *prompt) {
  locale_t outer = enter();
  rl_resize_terminal(); /* it may have another size by now */
  reader = pthread_self();
  was_continued = 0;
  was_cancelled = 0;
  has_terminal = 0;
  has_terminal = tcgetattr(STDIN_FILENO, &before) == 0;
  is_reading = 1;
  char *line = readline(prompt);
  cline_restore_terminal();
  is_reading = 0;
  leave(outer);
  return line;
}

void cline_remember(const char *line) {
  locale_t outer = enter();
  add_history(line);
  leave(outer);
}

void cline_restore_terminal(void) {
  if (has_terminal) {
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
  }
}
