// The loops of the networks that want wide vectors.
//
// Conventions of every function here:
// - A matrix is stored row after row; a row of n values takes `stride` floats, n rounded up to a
//   multiple of CK_LANES, and the floats past n are zero. Matrices of parameters, activations and
//   gradients start on a 64-byte boundary.
// - Nothing allocates except ck_allocate, nothing keeps state: any number of threads may call.
// - Results depend on the arguments and the machine's vector width alone.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// Rows are padded to this many floats, the widest vector of any machine supported.
#define CK_LANES 16

// ---- memory.c

// `bytes` of zeroed memory on a 64-byte boundary, or NULL when the machine does not have them:
// an operating system that overcommits would grant them and kill the process later.
void *ck_allocate(size_t bytes);
void ck_free(void *memory);

// Bytes of memory the machine has, SIZE_MAX where it does not say.
size_t ck_physical_memory(void);

// ---- gather.c: rows of a data set into a batch, [count][columns] without padding

void ck_gather_bytes(
    const uint8_t *source, size_t columns, const uint32_t *rows, size_t count, float *batch);
void ck_gather_floats(
    const float *source, size_t columns, const uint32_t *rows, size_t count, float *batch);

// ---- sparse.c: the first layer over inputs that are not zero

// Rows without their zeros; `offsets` has one element more than there are rows.
typedef struct {
    const uint8_t *memory;
    const uint64_t *offsets;
    size_t value_size;    // 1: pixels p that stand for p / 255; 4: floats
} ck_sparse;

size_t ck_count_nonzero_bytes(const uint8_t *values, size_t count);
size_t ck_count_nonzero_floats(const float *values, size_t count);

// How much memory the rows need at most.
size_t ck_sparse_bytes(size_t rows, size_t nonzero, size_t value_size);

// Writes rows of at most 65,536 columns without their zeros.
void ck_compress_bytes(
    const uint8_t *source, size_t rows, size_t columns, uint8_t *memory, uint64_t *offsets);
void ck_compress_floats(
    const float *source, size_t rows, size_t columns, uint8_t *memory, uint64_t *offsets);

// z[i] ← row rows[i] · weights, where weights is [columns][stride] and z [count][stride].
void ck_sparse_forward(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *weights,
    size_t stride, float *z);

// gradient ← rowsᵀ · delta, where delta is [count][stride] and gradient [inputs][stride].
void ck_sparse_gradient(
    const ck_sparse *sparse, const uint32_t *rows, size_t count, const float *delta,
    size_t inputs, size_t stride, float *gradient);

// ---- products.c: dense products

// Whether the machine has them, and this build uses them.
int ck_has_512_bit_vectors(void);

// c ← a · b, where c is [rows][columns], columns a multiple of CK_LANES, and element (i, k) of a
// lies at a[i · a_row + k · a_step], so that a may be transposed; b and c are padded matrices whose
// rows are b_row and c_row floats apart.
void ck_multiply(
    size_t rows, size_t columns, size_t inner, const float *a, size_t a_row, size_t a_step,
    const float *b, size_t b_row, float *c, size_t c_row);

// result ← matrixᵀ, [columns][result_row], of which the padding becomes 0.
void ck_transpose(
    const float *matrix, size_t rows, size_t columns, size_t row, float *result,
    size_t result_row);

// ---- activations.c

typedef enum { ck_identity, ck_logistic, ck_tanh, ck_relu } ck_activation;

// z ← activation(z + bias) in each of `rows` rows; columns past `columns` stay zero.
void ck_activate(
    float *z, size_t rows, size_t columns, const float *bias, ck_activation activation);

// delta ← delta · activation′, where `outputs` holds the activation's results.
void ck_multiply_by_derivative(
    float *delta, const float *outputs, size_t rows, size_t columns, ck_activation activation);

// sums[c] ← the sum of column c.
void ck_column_sums(const float *matrix, size_t rows, size_t columns, float *sums);

// ---- losses.c: output layers. Each adds the bias and returns the sum over rows of the loss, or with
// `weights`, one for each row, the weighted sum; `weights` may be NULL.

// z ← softmax(z + bias) in each row.
void ck_softmax(float *z, size_t rows, size_t columns, const float *bias);

// Cross-entropy of probabilities already computed; labels are column numbers, −1 for a class that
// has no column, which counts as probability 0. With `make_delta`, z becomes ∂L/∂z.
double ck_cross_entropy(
    float *probabilities, size_t rows, size_t columns, const int32_t *labels,
    const float *weights, int make_delta);

// The same for two classes and one column that holds the probability of class 1.
double ck_binary_cross_entropy(
    float *probabilities, size_t rows, const int32_t *labels, const float *weights,
    int make_delta);

// Half of the squared error, averaged over the columns; `targets` is [rows][columns] unpadded.
double ck_squared_error(
    float *predictions, size_t rows, size_t columns, const float *targets,
    const float *weights, int make_delta);

// Whether z + bias is finite in all rows and columns.
int ck_are_finite(const float *z, size_t rows, size_t columns, const float *bias);

// best[i] ← the column of the largest value of z + bias in row i, the first of equals; 0 where the
// softmax of the row would be NaN.
void ck_most_likely(
    const float *z, size_t rows, size_t columns, const float *bias, int32_t *best);

// The same for one column: 1 where the logistic function of z + bias exceeds ½, else 0.
void ck_likely(const float *z, size_t rows, const float *bias, int32_t *best);

// ---- optimizers.c: gradient ← (gradient + penalty · weight) · scale, then one step.
// Each returns the sum of the squares of the weights before the step.

typedef struct {
    float penalty;        // alpha, 0 for biases
    float scale;          // 1 / rows of the batch
    float beta_1, beta_2;
    float rest_1, rest_2; // 1 − beta_1 and 1 − beta_2
    float epsilon;
    float step;           // learning rate with both bias corrections
} ck_adam;

double ck_adam_step(
    const ck_adam *adam, size_t count, const float *gradient, float *weights, float *mean,
    float *square);

typedef struct {
    float penalty, scale;
    float momentum, learning_rate;
    int nesterov;
} ck_sgd;

double ck_sgd_step(
    const ck_sgd *sgd, size_t count, const float *gradient, float *weights, float *velocity);

// ---- texts.c: texts that have a number each

// A place in a table of texts.
typedef struct {
    uint64_t key;       // the bytes of a text of up to eight, the hash of a longer one
    uint32_t length;    // UINT32_MAX for that and more
    uint32_t number;    // one more than the text's number, 0 where the place is free
} ck_text_slot;

typedef struct {
    const uint8_t *bytes;      // the texts, one after another
    const size_t *starts;      // by number where a text begins, and at last where all end
    const int32_t *values;     // by number what stands for a text
    ck_text_slot *slots;       // 2^(64 − shift) of them, one at least free
    uint32_t shift;
    uint64_t multiplier;       // a random odd number
    uint64_t place;            // a random number below 2^61 − 1
} ck_texts;

// The number of a text, −1 if it has none.
int32_t ck_text_code(const ck_texts *texts, const uint8_t *text, size_t count);

// Gives a text that has no number one. The caller keeps its bytes.
void ck_add_text(const ck_texts *texts, const uint8_t *text, size_t count, int32_t code);

// Takes the texts of a smaller table over.
void ck_move_texts(const ck_text_slot *slots, size_t count, const ck_texts *texts);

// ---- lines.c

// How many lines a text has at most: LF, CR and CRLF end one.
size_t ck_count_lines(const uint8_t *bytes, size_t count);

// How many bytes at the start are ASCII.
size_t ck_ascii_prefix(const uint8_t *bytes, size_t count);

// ---- csv.c: tables as text

typedef enum {
    CK_NO_NUMBER,
    CK_NUMBER,
    CK_HARD_NUMBER,    // a number, whose value this does not tell: one of more than 19 digits, or 1e300
} ck_number_kind;

// The number that all of a text is: a sign, digits with or without a point, an exponent. The value
// is the nearest double, as strtod gives it.
ck_number_kind ck_number(const uint8_t *text, size_t count, uint8_t point, double *value);

typedef struct {
    uint8_t separator;
    uint8_t point;        // of numbers
    uint8_t thousands;    // between groups of three digits; an end of line for none
    uint8_t comment;      // what begins one; an end of line for none
} ck_csv_format;

// The bytes of an unquoted cell.
size_t ck_csv_cell(ck_csv_format format, const uint8_t *bytes, size_t count);

// What is done with the cells of a column.
typedef enum {
    CK_CSV_ASK,        // the caller reads them
    CK_CSV_SKIP,       // nothing
    CK_CSV_NUMBER,     // numbers that go into the row
    CK_CSV_VALUE,      // numbers that are to be predicted
    CK_CSV_FEATURE,    // texts, whose values are the places in the row that become 1
    CK_CSV_LABEL,      // texts whose numbers are labels
    CK_CSV_KNOWN,      // texts: nothing, if they have a number
} ck_csv_kind;

typedef struct {
    ck_csv_kind kind;
    int32_t place;            // of numbers: where in the row they go
    uint32_t count;           // how many columns from this one on are skipped, or are numbers whose
                              // places follow one another; 1 at least
    float blank;              // what stands for a number's cell of blanks; infinite to ask for it
    const ck_texts *texts;    // of texts
} ck_csv_column;

typedef struct {
    ck_csv_format format;
    const ck_csv_column *columns;
    size_t count;
} ck_csv_table;

// Where a row goes and those behind it.
typedef struct {
    float *row;        // its features, zeros; then those of the next row
    size_t width;
    float *value;      // what is to be predicted of it, or NULL; then that of the next row
    int32_t *code;     // the number of its label, or NULL; then that of the next row
    size_t room;       // how many rows may be kept
    int is_dropped;    // whether the first row is not kept
} ck_csv_target;

// Where reading stops, at `position`.
typedef enum {
    CK_CSV_ASKS,       // at a cell to ask for, which is that of `column`
    CK_CSV_ENDS,       // at the end of a row of `column` cells, which are not as many as there are
                       // columns, or there is no room for it
    CK_CSV_BETWEEN,    // at the start of a line or the end of the file
} ck_csv_reason;

typedef struct {
    size_t position;
    size_t column;
    size_t rows;       // how many rows ended
    size_t kept;       // how many of them were kept
    size_t lines;      // how many lines ended with them
    ck_csv_reason reason;
} ck_csv_stop;

// Reads rows, the first of them from `column` on, up to a cell that is not plain: one to ask for, one
// that goes on in the next line, no number that a float holds, a text without a number, or one that
// is followed by a comment.
ck_csv_stop ck_csv_rows(
    ck_csv_table table, const uint8_t *bytes, size_t count, size_t column, ck_csv_target target);

// ---- means.c: missing numbers among the features of rows, which are NaN

// Adds to sums[c] what is known of column c, and to known[c] how many numbers that are.
void ck_add_known(
    const float *rows, size_t count, size_t columns, double *sums, int64_t *known);

// Puts means[c] in the place of what is not known of column c.
void ck_fill_unknown(float *rows, size_t count, size_t columns, const float *means);

#endif
