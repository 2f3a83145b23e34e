#ifndef CPAGE_H
#define CPAGE_H

#include <stddef.h>

/// A file that is part of the program, in UTF-8.
typedef struct {
    const unsigned char *bytes;
    size_t size;
} cp_text;

/// The style sheet of the page.
cp_text cp_style(void);

/// The page's script, which uses d3.
cp_text cp_script(void);

/// d3 5.16 as Debian packages it (node-d3; BSD licence, by Mike Bostock); empty where it was not
/// there when the program was built.
cp_text cp_charts(void);

#endif
