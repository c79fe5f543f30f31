// Operands in gzip and in archives of NumPy: every kind of file, cut anywhere, damaged, and the compressions that are
// not read.
#include "harness/operand/matrix_text.h"
#include "harness/operand/npy.h"
#include "tests/unit/support_zip.h"

enum { ROOM = 4096 };

typedef bool Reader(const char *path, Tensor *tensor);

static bool read_mtx(const char *path, Tensor *tensor) {
  return mtx_read(path, false, tensor);
}

static bool read_smtx(const char *path, Tensor *tensor) {
  return smtx_read(path, false, tensor);
}

static const char mtx[] = "%%MatrixMarket matrix coordinate integer general\n2 3 2\n1 3 -7\n2 1 9\n";
static const char smtx[] = "2, 3, 3\n0 2 3\n0 2 1\n";

static const char *gzip_file(const char *name, const void *data, size_t size) {
  uint8_t packed[ROOM];
  return file_make(name, packed, gzip_bytes(data, size, packed, sizeof packed));
}

static void check_read(Reader *reader, const char *path, int cols, const int32_t *want, int count) {
  Tensor t;
  char copy[300];
  snprintf(copy, sizeof copy, "%s", path);
  assert_true(reader(copy, &t));
  assert_int_equal(t.shape[1], cols);
  assert_memory_equal(t.data, want, (size_t)count * sizeof *want);
  tensor_free(&t);
}

static void check_refused(Reader *reader, const char *path, const char *message) {
  Tensor t;
  char copy[300];
  snprintf(copy, sizeof copy, "%s", path);
  listen_begin();
  bool good = reader(copy, &t);
  listen_end();
  assert_false(good);
  assert_null(t.data);
  assert_null(t.real);
  SAID(message);
}

static void test_gzip(void **state) {
  (void)state;
  uint8_t npy[256];
  size_t size = npy_bytes(npy, "\1\2\3", 3);
  check_read(read_mtx, gzip_file("m.mtx.gz", mtx, sizeof mtx - 1), 3, (int32_t[]){0, 0, -7, 9, 0, 0}, 6);
  check_read(read_mtx, gzip_file("m.mtx", mtx, sizeof mtx - 1), 3, (int32_t[]){0, 0, -7, 9, 0, 0}, 6);
  check_read(read_smtx, gzip_file("m.smtx.gz", smtx, sizeof smtx - 1), 3, (int32_t[]){1, 0, 1, 0, 1, 0}, 6);
  check_read(npy_read, gzip_file("m.npy.gz", npy, size), 3, (int32_t[]){1, 2, 3}, 3);
}

// Two members one after the other are one file; what follows the last one is passed over, as gzip does.
static void test_gzip_members(void **state) {
  (void)state;
  uint8_t packed[ROOM];
  size_t half = 20, first = gzip_bytes(mtx, half, packed, ROOM);
  size_t all = first + gzip_bytes(mtx + half, sizeof mtx - 1 - half, packed + first, ROOM - first);
  memset(packed + all, 0, 100);
  check_read(read_mtx, file_make("two.mtx.gz", packed, all + 100), 3, (int32_t[]){0, 0, -7, 9, 0, 0}, 6);
}

// Cut anywhere, or with any byte damaged: refused, but where the damage is in what nobody reads (time, name, padding).
static void check_damage(Reader *reader, const char *name, const uint8_t *packed, size_t size) {
  char path[300];
  uint8_t copy[8192];
  memcpy(copy, packed, size);
  for (size_t cut = 0; cut < size; cut += 1 + cut / 40) {
    Tensor t;
    snprintf(path, sizeof path, "%s", file_make(name, packed, cut));
    listen_begin();
    assert_false(reader(path, &t));
    listen_end();
  }
  for (size_t at = 0; at < size; at++) {
    Tensor t;
    copy[at] ^= 0x11;
    snprintf(path, sizeof path, "%s", file_make(name, copy, size));
    listen_begin();
    if (reader(path, &t)) tensor_free(&t);
    listen_end();
    copy[at] ^= 0x11;
  }
}

static void test_gzip_damage(void **state) {
  (void)state;
  uint8_t npy[256], packed[ROOM];
  size_t size = gzip_bytes(mtx, sizeof mtx - 1, packed, ROOM);
  check_damage(read_mtx, "d.mtx.gz", packed, size);
  check_refused(read_mtx, file_make("d.mtx.gz", packed, size - 9), "compressed data are cut short or damaged");
  packed[size - 6] ^= 1; // of the checksum
  check_refused(read_mtx, file_make("d.mtx.gz", packed, size), "compressed data are cut short or damaged");
  size = gzip_bytes(npy, npy_bytes(npy, "\1\2\3", 3), packed, ROOM);
  check_damage(npy_read, "d.npy.gz", packed, size);
  check_refused(npy_read, file_make("d.npy.gz", packed, size - 1), "compressed data are cut short or damaged");
  size = npy_bytes(npy, "\1\2\3", 3);
  check_refused(npy_read, gzip_file("d.npy.gz", npy, size - 1), "needs 3 bytes of data, the file has 2");
  npy[size] = 0;
  check_refused(npy_read, gzip_file("d.npy.gz", npy, size + 1), "longer than its header says");
}

// A header that promises more than a file of this size can hold is refused before memory is taken.
static void test_gzip_lie(void **state) {
  (void)state;
  char npy[128] = "\x93NUMPY\x01\x00\x76";
  memset(npy + 10, ' ', 118);
  memcpy(npy + 10, "{'descr': '<f8', 'fortran_order': False, 'shape': (16384, 16384), }", 67);
  check_refused(npy_read, gzip_file("lie.npy.gz", npy, sizeof npy),
                "needs 2147483648 bytes of data, the file has at most");
}

static void test_other_compressions(void **state) {
  (void)state;
  check_refused(read_mtx, file_make("m.mtx.bz2", "BZh91AY&SY", 10),
                "compressed with bzip2, which is not read; bunzip2");
  check_refused(npy_read,
                file_make("m.npy.xz",
                          "\xfd"
                          "7zXZ\0\0\4",
                          9),
                "compressed with xz");
  check_refused(read_mtx, file_make("m.mtx.lz4", "\x04\x22\x4d\x18____", 8), "compressed with lz4");
  check_refused(read_mtx, file_make("m.mtx.lzma", "\x5d\0\0\x80\0____", 9), "compressed with lzma");
  uint8_t once[ROOM];
  check_refused(read_mtx, gzip_file("m.mtx.gz", once, gzip_bytes(mtx, sizeof mtx - 1, once, sizeof once)),
                "is compressed twice with gzip; gunzip it first");
  check_refused(read_smtx, file_make("m.smtx.zst", "\x28\xb5\x2f\xfd____", 8), "compressed with zstd");
  check_refused(npy_read, file_make("m.npy", "PK\3\4____", 8), "is a zip archive; unpack it first, or name it .npz");
  check_refused(npy_read, file_make("m.npy", "\x89HDF\r\n\x1a\n", 8), "is an HDF5 file");
  check_refused(read_mtx, file_make("m.mtx", "\xff\xfe%\0%\0", 6), "text in UTF-16");
  check_refused(npy_read, file_make("m.npy", "version https://git-lfs.github.com", 34), "is a pointer of Git LFS");
  check_refused(read_mtx, file_make("m.mtx", "<!DOCTYPE html>\n<html>", 22), "is a web page; download the file");
  check_refused(read_mtx, file_make("m.mtx", "\x93NUMPY\1", 7), "is a NumPy array, no text; name it .npy");
  check_refused(read_smtx, file_make("m.smtx", "\x93NUMPY\1", 7), "is a NumPy array, no text; name it .npy");
}

// ---- archives

static const char *zip_file(const ZipFile *zip, const char *name) {
  return file_make(name, zip->bytes, zip->size);
}

static ZipFile archive_of(int arrays, bool deflated) {
  static const char *const names[] = {"weights.npy", "bias.npy", "mask.npy", "indptr.npy"};
  ZipFile zip = {.size = 0};
  uint8_t npy[256];
  zip_add(&zip, "readme.txt", "hello", 5, false);
  for (int i = 0; i < arrays; i++)
    zip_add(&zip, names[i], npy, npy_bytes(npy, (char[]){(char)(i + 1), 5, 6}, 3), deflated);
  zip_end(&zip);
  return zip;
}

// As TensorFlow names variables; a suffix in what is asked for is passed over, one of the name is not.
static void test_npz_names(void **state) {
  (void)state;
  static char long_name[205], name[600];
  ZipFile zip = {.size = 0};
  uint8_t npy[256];
  memset(long_name, 'n', 200);
  strcpy(long_name + 200, ".npy");
  const char *const names[] = {"layer/kernel:0.npy", "x.csv.npy", long_name, "y.npy.npy"};
  for (int i = 0; i < 4; i++)
    zip_add(&zip, names[i], npy, npy_bytes(npy, (char[]){(char)(i + 1), 5, 6}, 3), false);
  zip_end(&zip);
  static char path[300];
  snprintf(path, sizeof path, "%s", zip_file(&zip, "names.npz"));
  const char *const asked[] = {"layer/kernel:0", "x.csv.npy", long_name, "y.npy"};
  for (int i = 0; i < 4; i++) {
    snprintf(name, sizeof name, "%s:%s", path, asked[i]);
    check_read(npy_read, name, 3, (int32_t[]){i + 1, 5, 6}, 3);
  }
  snprintf(name, sizeof name, "%s:kernel:0", path);
  check_refused(npy_read, name, "the archive has no array kernel:0; it has layer/kernel:0, x.csv");
  check_refused(npy_read, gzip_file("names.npz.gz", zip.bytes, zip.size), "is compressed with gzip; gunzip it first");
  check_refused(npy_read, file_make("array.npz", npy, npy_bytes(npy, "\1\2\3", 3)),
                "is one array, no archive; name it");
}

static void test_npz(void **state) {
  (void)state;
  char name[300];
  for (int deflated = 0; deflated < 2; deflated++) {
    ZipFile one = archive_of(1, deflated), three = archive_of(3, deflated);
    check_read(npy_read, zip_file(&one, "one.NPZ"), 3, (int32_t[]){1, 5, 6}, 3);
    snprintf(name, sizeof name, "%s:mask", zip_file(&three, "three.npz"));
    check_read(npy_read, name, 3, (int32_t[]){3, 5, 6}, 3);
    check_refused(npy_read, file_path("three.npz"),
                  "is an archive of 3 arrays: weights, bias, mask; say which, as ARCHIVE.npz:ARRAY");
    snprintf(name, sizeof name, "%s:colour", file_path("three.npz"));
    check_refused(npy_read, name, "the archive has no array colour; it has weights, bias, mask");
  }
  ZipFile none = archive_of(0, false), scipy = archive_of(4, true);
  check_refused(npy_read, zip_file(&none, "none.npz"), "is an archive without arrays");
  check_refused(npy_read, zip_file(&scipy, "scipy.npz"),
                "scipy.sparse wrote it: save the matrix with scipy.io.mmwrite");
  check_refused(npy_read, file_path("absent.npz:a"), "No such file");
  check_refused(npy_read, file_make("text.npz", "hello, this is no archive at all", 32), "is a damaged archive");
}

static void test_npz_damage(void **state) {
  (void)state;
  for (int deflated = 0; deflated < 2; deflated++) {
    ZipFile zip = archive_of(1, deflated);
    check_damage(npy_read, "d.npz", zip.bytes, zip.size);
    uint8_t *data = zip.bytes + 30 + 10 + 5 + 30 + 11 + 3; // behind both local headers, in the array
    *data ^= 0xff;
    check_refused(npy_read, zip_file(&zip, "d.npz"), "cut short or damaged");
  }
  ZipFile zip = archive_of(1, false);
  zip.bytes[zip.size - 22 - 57 + 8] |= 1;
  check_refused(npy_read, zip_file(&zip, "secret.npz"), "the array weights is encrypted");
  zip.bytes[zip.size - 22 - 57 + 8] = 0;
  zip.bytes[zip.size - 22 - 57 + 10] = 12;
  check_refused(npy_read, zip_file(&zip, "bzip2.npz"), "compressed in a way that NumPy does not use");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_gzip),       cmocka_unit_test(test_gzip_members),       cmocka_unit_test(test_gzip_damage),
      cmocka_unit_test(test_gzip_lie),   cmocka_unit_test(test_other_compressions), cmocka_unit_test(test_npz),
      cmocka_unit_test(test_npz_damage), cmocka_unit_test(test_npz_names)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
