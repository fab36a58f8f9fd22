// Eight tables take in eight bytes a step (Kounavis and Berry, 2005, "slicing by 8"): 16 MiB in some 10 ms, once a start.
// Debian 12 has no C++ library for it, and the instruction that is faster still would need a second way for other machines.
#include "embeddings/models/crc32c.h"

#include <array>
#include <cstddef>
#include <cstring>

namespace staffroom::embeddings {
namespace {

constexpr uint32_t kPolynomial = 0x82F63B78;  // Castagnoli's, bits reversed
constexpr size_t kSlices = 8;

using Tables = std::array<std::array<uint32_t, 256>, kSlices>;

// tables[k][b]: what byte b does to the remainder, k bytes later.
constexpr Tables MakeTables() {
  Tables tables = {};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t remainder = byte;
    for (int bit = 0; bit < 8; ++bit) remainder = (remainder >> 1) ^ ((remainder & 1) != 0 ? kPolynomial : 0);
    tables[0][byte] = remainder;
  }
  for (size_t slice = 1; slice < kSlices; ++slice) {
    for (size_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = tables[slice - 1][byte];
      tables[slice][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

uint32_t ReadLittleEndian(const unsigned char* bytes) {
  return uint32_t{bytes[0]} | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

}  // namespace

uint32_t ExtendCrc32c(uint32_t crc, absl::string_view bytes) {
  const auto* next = reinterpret_cast<const unsigned char*>(bytes.data());
  size_t left = bytes.size();
  uint32_t rest = ~crc;
  for (; left >= kSlices; left -= kSlices, next += kSlices) {
    const uint32_t low = rest ^ ReadLittleEndian(next);
    const uint32_t high = ReadLittleEndian(next + 4);
    rest = kTables[7][low & 0xFF] ^ kTables[6][low >> 8 & 0xFF] ^ kTables[5][low >> 16 & 0xFF] ^ kTables[4][low >> 24] ^
           kTables[3][high & 0xFF] ^ kTables[2][high >> 8 & 0xFF] ^ kTables[1][high >> 16 & 0xFF] ^
           kTables[0][high >> 24];
  }
  for (; left > 0; --left, ++next) rest = (rest >> 8) ^ kTables[0][(rest ^ *next) & 0xFF];
  return ~rest;
}

}  // namespace staffroom::embeddings
