// Files that come out of compressed ones, as streams to be read once from the beginning to the end.
#ifndef LACUNA_INFLATE_H
#define LACUNA_INFLATE_H

#include <stdint.h>
#include <stdio.h>

#define INFLATE_MOST 1032 // bytes that one byte of deflated data stands for at most

// Both take the source, which is closed with the stream; NULL, and the source closed, if memory is short. Reading ends
// with ferror() where the data are cut short, damaged, or not those of the checksum.
FILE *inflate_gzip(FILE *source); // from the beginning, one member or several

// A member of a zip archive, from the source's place on: `packed` bytes that become `bytes` with this checksum;
// deflated, or stored as they are.
FILE *inflate_member(FILE *source, uint64_t packed, uint64_t bytes, uint32_t crc, int deflated);

#endif
