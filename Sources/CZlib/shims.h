// SPDX-License-Identifier: Apache-2.0
// zlib for Swift: its initialisers are macros, which Swift can't import.
#pragma once
#include <zlib.h>

/// A gzip (not zlib, not raw) deflate stream. 16 + 15: gzip framing, the largest window.
static inline int gm_gzip_start(z_streamp _Nonnull stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY);
}

/// A raw inflate stream, without zlib's or gzip's framing.
static inline int gm_raw_inflate_start(z_streamp _Nonnull stream) {
  return inflateInit2(stream, -15);
}
