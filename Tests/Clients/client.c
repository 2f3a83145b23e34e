// A trial in C: the same conversation as client.sh.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static FILE *from, *to;
static char answer[1 << 16];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void ask(const char *format, ...) {
    va_list values;
    va_start(values, format);
    vfprintf(to, format, values);
    va_end(values);
    if (fputc('\n', to) == EOF || fflush(to) != 0) die("send");
    if (fgets(answer, sizeof answer, from) == NULL) die("receive");
    if (strncmp(answer, "{\"error\"", 8) == 0) {
        fputs(answer, stderr);
        exit(1);
    }
}

int main(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, getenv("MOHPO_SOCKET"), sizeof address.sun_path - 1);
    int line = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(line, (struct sockaddr *)&address, sizeof address) != 0) die("connect");
    from = fdopen(line, "r");
    to = fdopen(dup(line), "w");

    ask("{\"hello\":1,\"trial\":%s,\"secret\":\"%s\"}", getenv("MOHPO_TRIAL"), getenv("MOHPO_SECRET"));
    const char *x = strstr(answer, "\"x\":"), *resource = strstr(answer, "\"resource\":");
    if (x == NULL || resource == NULL) die(answer);
    char value[64];
    sscanf(x + 4, "%63[^,}]", value);
    for (int epoch = atoi(resource + 11) + 1; epoch <= 9; epoch++) {
        ask("{\"report\":{\"epoch\":%d,\"loss\":%s}}", epoch, value);
        if (strstr(answer, "\"stop\":true") != NULL) return 0;
        ask("{\"checkpoint\":%d}", epoch);
    }
    ask("{\"done\":true}");
    return 0;
}
