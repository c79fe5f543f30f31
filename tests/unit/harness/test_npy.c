// The .npy reader and writer: every dtype, order and endianness against values written down here, and hostile files.
#include "harness/operand/npy.h"
#include "tests/unit/support.h"

#include <signal.h>
#include <sys/resource.h>

// A version 1 file with this header text and data.
static const char *make_npy(const char *header, const void *data, size_t size) {
  unsigned char bytes[512] = "\x93NUMPY\x01";
  size_t length = strlen(header);
  bytes[8] = (unsigned char)length;
  memcpy(bytes + 10, header, length);
  memcpy(bytes + 10 + length, data, size);
  return file_make("x.npy", bytes, 10 + length + size);
}

#define HEADER(descr, fortran, shape) "{'descr': '" descr "', 'fortran_order': " fortran ", 'shape': " shape ", }\n"

static void check_values(const char *header, const void *data, size_t size, int count, const double *want) {
  Tensor t;
  assert_true(npy_read(make_npy(header, data, size), &t));
  assert_int_equal(tensor_count(&t), count);
  for (int i = 0; i < count; i++)
    assert_true((t.real ? t.real[i] : t.data[i]) == want[i]);
  tensor_free(&t);
}

static void test_dtypes(void **state) {
  (void)state;
  check_values(HEADER("|i1", "False", "(2,)"), "\x80\x7f", 2, 2, (double[]){-128, 127});
  check_values(HEADER("|u1", "False", "(2,)"), "\x80\x7f", 2, 2, (double[]){128, 127});
  check_values(HEADER("<i2", "False", "(2,)"), "\xfe\xff\x01\x02", 4, 2, (double[]){-2, 513});
  check_values(HEADER(">i2", "False", "(2,)"), "\xff\xfe\x02\x01", 4, 2, (double[]){-2, 513});
  check_values(HEADER("<i4", "False", "(1,)"), "\x00\x00\x00\x80", 4, 1, (double[]){-2147483648.0});
  check_values(HEADER(">i4", "False", "(1,)"), "\x00\x00\x01\x00", 4, 1, (double[]){256});
  check_values(HEADER("<i8", "False", "(1,)"), "\xff\xff\xff\xff\xff\xff\xff\xff", 8, 1, (double[]){-1});
  check_values(HEADER("<f4", "False", "(2,)"), "\x00\x00\xc0\x3f\x00\x00\x00\xc0", 8, 2, (double[]){1.5, -2});
  check_values(HEADER(">f4", "False", "(1,)"), "\x3f\xc0\x00\x00", 4, 1, (double[]){1.5});
  check_values(HEADER("<f2", "False", "(4,)"), "\x00\x3c\x00\xc1\x01\x00\xff\x7b", 8, 4,
               (double[]){1, -2.5, 0x1p-24, 65504});
}

static void test_more_dtypes(void **state) {
  (void)state;
  check_values(HEADER("<f8", "False", "(2,)"), "\0\0\0\0\0\0\xf8\x3f\x9a\x99\x99\x99\x99\x99\xb9\xbf", 16, 2,
               (double[]){1.5, -.1});
  check_values(HEADER(">f8", "False", "(1,)"), "\x3f\xf8\0\0\0\0\0\0", 8, 1, (double[]){1.5});
  check_values(HEADER("|b1", "False", "(4,)"), "\0\1\0\2", 4, 4, (double[]){0, 1, 0, 1});
  check_values(HEADER("<u2", "False", "(2,)"), "\xff\xff\1\2", 4, 2, (double[]){65535, 513});
  check_values(HEADER(">u2", "False", "(1,)"), "\1\2", 2, 1, (double[]){258});
  check_values(HEADER("<u4", "False", "(1,)"), "\xff\xff\xff\x7f", 4, 1, (double[]){INT32_MAX});
  check_values(HEADER(">u4", "False", "(1,)"), "\0\0\1\0", 4, 1, (double[]){256});
  check_values(HEADER("<u8", "False", "(1,)"), "\7\0\0\0\0\0\0\0", 8, 1, (double[]){7});
  check_values(HEADER(">u8", "False", "(1,)"), "\0\0\0\0\0\0\0\7", 8, 1, (double[]){7});
  check_values(HEADER(">i8", "False", "(1,)"), "\xff\xff\xff\xff\x80\0\0\0", 8, 1, (double[]){INT32_MIN});
  check_values(HEADER("=f4", "False", "(1,)"), "\0\0\xc0\x3f", 4, 1, (double[]){1.5});
  check_values(HEADER("=i4", "False", "(1,)"), "\2\0\0\0", 4, 1, (double[]){2});
  check_values(HEADER("u1", "False", "(1,)"), "\2", 1, 1, (double[]){2});
  check_values(HEADER("int16", "False", "(1,)"), "\2\0", 2, 1, (double[]){2}); // NumPy takes the names, too
  check_values(HEADER("float32", "False", "(1,)"), "\0\0\xc0\x3f", 4, 1, (double[]){1.5});
}

// Headers as old and foreign writers leave them.
static void test_legacy_headers(void **state) {
  (void)state;
  static const char *const headers[] = {
      "{'descr': '|i1', 'fortran_order': False, 'shape': (2L, 3L), }\n",
      "{'descr': '|i1', 'fortran_order': False, 'shape': (2L,3L,), }    \n",
      "{'shape': (2, 3), 'fortran_order': False, 'descr': '|i1'}",
      "{\"descr\": \"|i1\", \"fortran_order\": False, \"shape\": (2, 3)}\n\n",
      "{ 'descr' : '|i1' ,\n  'fortran_order' : False ,\r\n\t'shape' : ( 2 , 3 ) }   ",
      "{u'descr': u'|i1', u'fortran_order': False, u'shape': (2, 3), }\n",
      "{'descr': b'|i1', 'fortran_order': False, 'shape': (2, 3), }\n",
  };
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    check_values(headers[i], "\1\2\3\4\5\6", 6, 6, (double[]){1, 2, 3, 4, 5, 6});
  check_values("{'descr': '|i1', 'fortran_order': False, 'shape': (1L,), }\n", "\7", 1, 1, (double[]){7});
  check_values("{'descr': '|i1', 'fortran_order': False, 'shape': (), }\n", "\7", 1, 1, (double[]){7});
}

static void test_fortran_order(void **state) {
  (void)state;
  check_values(HEADER("|i1", "True", "(2, 3)"), "\1\2\3\4\5\6", 6, 6, (double[]){1, 3, 5, 2, 4, 6});
  check_values(HEADER("|i1", "True", "(2, 2, 2)"), "\1\2\3\4\5\6\7\10", 8, 8, (double[]){1, 5, 3, 7, 2, 6, 4, 8});
}

static void test_versions(void **state) {
  (void)state;
  static const char header[] = HEADER("|i1", "False", "(1, 2)");
  for (unsigned char version = 2; version <= 3; version++) {
    unsigned char bytes[128] = "\x93NUMPY";
    bytes[6] = version;
    bytes[8] = sizeof header - 1;
    memcpy(bytes + 12, header, sizeof header - 1);
    memcpy(bytes + 12 + sizeof header - 1, "\x05\x06", 2);
    Tensor t;
    assert_true(npy_read(file_make("v.npy", bytes, 12 + sizeof header - 1 + 2), &t));
    assert_int_equal(t.ndim, 2);
    assert_int_equal(t.data[1], 6);
    tensor_free(&t);
  }
}

static void check_refused(const char *path, const char *message) {
  Tensor t;
  char copy[256];
  snprintf(copy, sizeof copy, "%s", path);
  listen_begin();
  bool good = npy_read(copy, &t);
  listen_end();
  assert_false(good);
  assert_null(t.data);
  assert_null(t.real);
  SAID(copy);
  SAID(message);
}

static void refuse(const char *header, const void *data, size_t size, const char *message) {
  check_refused(make_npy(header, data, size), message);
}

static void test_bad_dtypes(void **state) {
  (void)state;
  refuse(HEADER("<c8", "False", "(1,)"), "12345678", 8, "offset 20: the dtype '<c8'");
  refuse(HEADER("<c16", "False", "(1,)"), "1234567812345678", 16, "float64: save its real part, array.real");
  refuse(HEADER("<f16", "False", "(1,)"), "1234567812345678", 16,
         "dtype '<f16' is not for operands; convert the array to one of bool int8");
  refuse(HEADER("|V2", "False", "(1,)"), "12", 2, "array.astype(numpy.float32) before it is saved");
  refuse(HEADER("|S3", "False", "(1,)"), "123", 3, "make numbers of the texts");
  refuse(HEADER("<M8[ns]", "False", "(1,)"), "12345678", 8, "dtype '<M8[ns]'");
  refuse(HEADER("<f8", "False", "(2,)"), "\0\0\0\0\0\0\xf0\x7f\0\0\0\0\0\0\xf0\x7f", 16, "element 0 is infinite");
  refuse(HEADER("<u4", "False", "(1,)"), "\0\0\0\x80", 4, "element 0 is 2147483648; integers must fit 32 bits");
  refuse(HEADER("<u8", "False", "(1,)"), "\xff\xff\xff\xff\xff\xff\xff\xff", 8, "is 18446744073709551615;");
  refuse(HEADER("|O", "False", "(1,)"), "12345678", 8, "dtype '|O'");
  refuse(HEADER("<U4", "False", "(1,)"), "12345678", 8, "dtype '<U4'");
  refuse("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", "1234", 4, "records");
  refuse(HEADER("<f4", "False", "(2,)"), "\0\0\0\0\0\0\xc0\x7f", 8, "element 1 is not a number");
  refuse(HEADER("<f2", "False", "(1,)"), "\x00\x7c", 2, "infinite");
  refuse(HEADER("<i8", "False", "(1,)"), "\0\0\0\0\1\0\0\0", 8, "4294967296");
}

static void test_bad_shapes(void **state) {
  (void)state;
  refuse(HEADER("|i1", "False", "(3,)"), "ab", 2, "needs 3 bytes of data, the file has 2");
  refuse(HEADER("|i1", "False", "(1,)"), "ab", 2, "longer than its header says");
  refuse(HEADER("|i1", "False", "(0, 2)"), "ab", 2, "0 x 2 is not possible; sizes are 1 or more");
  refuse(HEADER("|i1", "False", "(99999999999, 40)"), "ab", 2, "99999999999 x 40 is too large: arrays are held dense");
  refuse(HEADER("|i1", "False", "(4294967296, 4294967296)"), "ab", 2, "is too large");
  refuse(HEADER("|i1", "False", "(9999999999999999999,)"), "ab", 2, "1 to 18 digits");
  refuse(HEADER("|i1", "False", "(-1,)"), "ab", 2, "1 to 18 digits");
  refuse(HEADER("|i1", "False", "(1, 1, 1, 1, 1, 1, 1, 1, 1)"), "a", 1,
         "offset 85: the array has more than 8 dimensions; operands have 2 to 4");
  refuse(HEADER("|i1", "False", "(1 2)"), "ab", 2, "lacks a comma");
  refuse(HEADER("|i1", "False", "1"), "a", 1, "does not begin with (");
}

static void test_bad_headers(void **state) {
  (void)state;
  refuse("", "", 0, "does not begin with {");
  refuse("{", "", 0, "a key is missing");
  refuse("{}", "", 0, "is missing");
  refuse("{'descr': '|i1'}", "", 0, "one of descr, fortran_order and shape is missing");
  refuse("{'descr': '|i1', 'descr': '|i1'}", "", 0, "there twice");
  refuse("{'colour': 1}", "", 0, "unknown");
  refuse("{'descr' '|i1'}", "", 0, "a : is missing");
  refuse("{'descr': 'nonsense without an end", "", 0, "not a short word");
  refuse("{'descr': '|i1' 'shape': (1,)}", "", 0, "a comma or }");
  refuse(HEADER("|i1", "Maybe", "(1,)"), "a", 1, "neither True nor False");
  refuse("{'descr': '|i1', 'fortran_order': False, 'shape': (1,)} more", "a", 1, "behind the }");
}

static void test_bad_files(void **state) {
  (void)state;
  check_refused(file_make("empty.npy", "", 0), "offset 0: no .npy file (0 bytes");
  check_refused(file_make("text.npy", "hello, this is text", 19), "no NumPy magic number");
  check_refused(file_make("cut.npy", "\x93NUMPY\x01\x00\xff\x00{", 11), "offset 8: the header claims 255 bytes");
  check_refused(file_make("v9.npy", "\x93NUMPY\x09\x00\x01\x00{", 11), "offset 6: unknown .npy version 9.0");
  check_refused(file_make("big.npy", "\x93NUMPY\x02\x00\xff\xff\xff\xff{", 13), "claims 4294967295 bytes");
  check_refused(file_make("v2.npy", "\x93NUMPY\x02\x00\x01\x00", 10), "cut short");
  check_refused(file_path("absent.npy"), "No such file");
  check_refused(test_folder, "it is a directory");
  check_refused("/dev/zero", "not an ordinary file");
}

// Every prefix of a good file and every single damaged byte: refused or read, never a crash.
static void test_damage(void **state) {
  (void)state;
  static const char header[] = HEADER("<f4", "False", "(2, 2)");
  char bytes[128] = "\x93NUMPY\x01";
  size_t size = 10 + sizeof header - 1 + 16;
  bytes[8] = sizeof header - 1;
  memcpy(bytes + 10, header, sizeof header - 1);
  listen_begin();
  for (size_t cut = 0; cut < size; cut++) {
    Tensor t;
    assert_false(npy_read(file_make("d.npy", bytes, cut), &t));
  }
  for (size_t at = 0; at < size; at++)
    for (int flip = 1; flip < 256; flip += 13) {
      Tensor t;
      bytes[at] = (char)(bytes[at] ^ flip);
      npy_read(file_make("d.npy", bytes, size), &t);
      tensor_free(&t);
      bytes[at] = (char)(bytes[at] ^ flip);
    }
  listen_end();
}

static void test_write(void **state) {
  (void)state;
  int32_t values[] = {-128, 127, 0, 5, -1, 99};
  Tensor t = {.ndim = 2, .shape = {2, 3}, .data = values}, back;
  static const NpyType types[] = {NPY_INT8, NPY_INT32, NPY_FLOAT32};
  for (int i = 0; i < 3; i++) {
    assert_true(npy_write(file_path("w.npy"), &t, types[i]));
    assert_true(npy_read(file_path("w.npy"), &back));
    assert_int_equal(back.ndim, 2);
    assert_int_equal(back.shape[1], 3);
    for (int e = 0; e < 6; e++)
      assert_true((back.real ? back.real[e] : back.data[e]) == values[e]);
    tensor_free(&back);
  }
}

// The bytes that numpy.save writes for this array.
static void test_write_bytes(void **state) {
  (void)state;
  int32_t values[] = {1, -2};
  Tensor t = {.ndim = 1, .shape = {2}, .data = values};
  char want[130] = "\x93NUMPY\x01\x00v\x00{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }", got[200];
  memset(want + 10 + 57, ' ', 128 - 10 - 57);
  memcpy(want + 127, "\n\x01\xfe", 3);
  assert_true(npy_write(file_path("w.npy"), &t, NPY_INT8));
  FILE *file = fopen(file_path("w.npy"), "rb");
  assert_non_null(file);
  assert_int_equal(fread(got, 1, sizeof got, file), 130);
  fclose(file);
  assert_memory_equal(got, want, 130);
}

static void check_unwritable(const char *path, const char *message) {
  int32_t values[64] = {0};
  Tensor t = {.ndim = 1, .shape = {64}, .data = values};
  char copy[256];
  snprintf(copy, sizeof copy, "%s", path);
  int before = folder_count();
  listen_begin();
  bool good = npy_write(copy, &t, NPY_INT32);
  listen_end();
  assert_false(good);
  assert_int_equal(folder_count(), before);
  SAID(message);
}

static void test_unwritable(void **state) {
  (void)state;
  check_unwritable("/dev/full", "No space left");
  check_unwritable(test_folder, "is a directory");
  check_unwritable(file_path("no/such/folder.npy"), "no/such; make it first");
  check_unwritable("", "empty");
}

// A file that can't grow is what a full disk looks like: the temporary file must go, and an older result must stay.
static void test_full_disk(void **state) {
  (void)state;
  struct rlimit old, small;
  file_make("kept.npy", "old", 3);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
  small = (struct rlimit){100, old.rlim_max};
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  check_unwritable(file_path("new.npy"), "writing failed: File too large");
  check_unwritable(file_path("kept.npy"), "writing failed");
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
  char text[8] = "";
  FILE *file = fopen(file_path("kept.npy"), "rb");
  assert_int_equal(fread(text, 1, sizeof text, file), 3);
  fclose(file);
  assert_string_equal(text, "old");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_dtypes),        cmocka_unit_test(test_more_dtypes), cmocka_unit_test(test_legacy_headers),
      cmocka_unit_test(test_fortran_order), cmocka_unit_test(test_versions),    cmocka_unit_test(test_bad_dtypes),
      cmocka_unit_test(test_bad_shapes),    cmocka_unit_test(test_bad_headers), cmocka_unit_test(test_bad_files),
      cmocka_unit_test(test_damage),        cmocka_unit_test(test_write),       cmocka_unit_test(test_write_bytes),
      cmocka_unit_test(test_unwritable),    cmocka_unit_test(test_full_disk),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
