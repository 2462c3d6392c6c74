// SPDX-License-Identifier: Apache-2.0
// PCRE2 for Swift: regular expressions over UTF-8. Its macros aren't imported, the functions that end in _8 are.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
