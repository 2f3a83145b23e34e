#include "cpage.h"

// `#embed` is of C23. Compilers that know it take it in C11 as well.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char style[] = {
#embed "page/style.css"
};

// In this order: a file uses those before it.
static const unsigned char script[] = {
#embed "page/base.js"
    ,
#embed "page/store.js"
    ,
#embed "page/configuration.js"
    ,
#embed "page/frame.js"
    ,
#embed "page/raster.js"
    ,
#embed "page/recorder.js"
    ,
#embed "page/saving.js"
    ,
#embed "page/parameter.js"
    ,
#embed "page/lasso.js"
    ,
#embed "page/control.js"
    ,
#embed "page/header.js"
    ,
#embed "page/front.js"
    ,
#embed "page/trials.js"
    ,
#embed "page/curves.js"
    ,
#embed "page/rungs.js"
    ,
#embed "page/hypervolume.js"
    ,
#embed "page/parallel.js"
    ,
#embed "page/importance.js"
    ,
#embed "page/slices.js"
    ,
#embed "page/contour.js"
    ,
#embed "page/edf.js"
    ,
#embed "page/ranks.js"
    ,
#embed "page/timeline.js"
    ,
#embed "page/compare.js"
    ,
#embed "page/catalog.js"
    ,
#embed "page/main.js"
};

#define D3 "/usr/share/nodejs/d3/dist/d3.min.js"
#if __has_embed(D3) == __STDC_EMBED_FOUND__
static const unsigned char charts[] = {
#embed D3
};
static const size_t charts_size = sizeof charts;
#else
static const unsigned char charts[1];
static const size_t charts_size = 0;
#endif

cp_text cp_style(void) { return (cp_text){style, sizeof style}; }
cp_text cp_script(void) { return (cp_text){script, sizeof script}; }
cp_text cp_charts(void) { return (cp_text){charts, charts_size}; }
