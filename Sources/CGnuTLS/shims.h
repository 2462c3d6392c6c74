// SPDX-License-Identifier: Apache-2.0
// GnuTLS for Swift; libmicrohttpd links it anyway.
#pragma once
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
