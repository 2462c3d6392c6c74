// SPDX-License-Identifier: Apache-2.0
// libcurl for Swift: its types and constants, and calls of its variadic functions, which Swift can't call. The library
// isn't linked but opened when it is needed, so the functions come as pointers.
#pragma once
#include <curl/curl.h>

typedef size_t (*gm_curl_bytes)(char *_Nullable bytes, size_t size, size_t count, void *_Nullable closure);
typedef int (*gm_curl_seek)(void *_Nullable closure, curl_off_t offset, int origin);

typedef CURLcode (*gm_curl_setopt)(CURL *, CURLoption, ...);
typedef CURLcode (*gm_curl_getinfo)(CURL *, CURLINFO, ...);

static inline CURLcode gm_curl_set_long(void *_Nonnull setopt, CURL *_Nonnull handle, CURLoption option, long value) {
  return ((gm_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode gm_curl_set_offset(void *_Nonnull setopt, CURL *_Nonnull handle, CURLoption option,
                                          curl_off_t value) {
  return ((gm_curl_setopt)setopt)(handle, option, value);
}

/// Strings are copied by the library.
static inline CURLcode gm_curl_set_text(void *_Nonnull setopt, CURL *_Nonnull handle, CURLoption option,
                                        const char *_Nullable value) {
  return ((gm_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode gm_curl_set_pointer(void *_Nonnull setopt, CURL *_Nonnull handle, CURLoption option,
                                           void *_Nullable value) {
  return ((gm_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode gm_curl_set_bytes(void *_Nonnull setopt, CURL *_Nonnull handle, CURLoption option,
                                         gm_curl_bytes _Nonnull function) {
  return ((gm_curl_setopt)setopt)(handle, option, function);
}

static inline CURLcode gm_curl_set_seek(void *_Nonnull setopt, CURL *_Nonnull handle, gm_curl_seek _Nonnull function) {
  return ((gm_curl_setopt)setopt)(handle, CURLOPT_SEEKFUNCTION, function);
}

/// -1 where it isn't known.
static inline long gm_curl_long(void *_Nonnull getinfo, CURL *_Nonnull handle, CURLINFO what) {
  long value = -1;
  return ((gm_curl_getinfo)getinfo)(handle, what, &value) == CURLE_OK ? value : -1;
}

static inline curl_off_t gm_curl_offset(void *_Nonnull getinfo, CURL *_Nonnull handle, CURLINFO what) {
  curl_off_t value = -1;
  return ((gm_curl_getinfo)getinfo)(handle, what, &value) == CURLE_OK ? value : -1;
}

// A macro of two others, which Swift doesn't import.
static const size_t gm_curl_read_abort = CURL_READFUNC_ABORT;
static const size_t gm_curl_read_pause = CURL_READFUNC_PAUSE;
static const size_t gm_curl_write_pause = CURL_WRITEFUNC_PAUSE;
