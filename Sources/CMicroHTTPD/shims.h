// SPDX-License-Identifier: Apache-2.0
// GNU libmicrohttpd for Swift: the functions whose variable arguments Swift can't call, and nothing else.
#pragma once
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static inline struct MHD_Daemon *_Nullable
gm_start_daemon(unsigned int flags, MHD_AccessHandlerCallback _Nonnull access, void *_Nullable closure,
                struct MHD_OptionItem *_Nonnull options) {
  return MHD_start_daemon(flags, 0, NULL, NULL, access, closure, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static inline int gm_connection_socket(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *_Nullable gm_connection_peer(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info ? info->client_addr : NULL;
}

/// How many bytes the request line and the fields have, with the empty line behind them; 0 before they have come.
static inline size_t gm_connection_head_size(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return info ? info->header_size : 0;
}

/// What the notification of the connection's beginning has left.
static inline void *_Nullable gm_connection_context(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/// - Parameter seconds: of silence after which it is closed.
static inline void gm_connection_timeout(struct MHD_Connection *_Nonnull connection, unsigned int seconds) {
  MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

/// The GnuTLS session (`gnutls_session_t`), none without TLS.
static inline void *_Nullable gm_connection_session(struct MHD_Connection *_Nonnull connection) {
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info ? info->tls_session : NULL;
}

/// One line of libmicrohttpd's own log, formatted. Its logger is variadic, so Swift can't be called directly.
typedef void (*gm_log_line)(void *_Nullable closure, const char *_Nonnull line);

struct gm_logger {
  gm_log_line _Nonnull line;
  void *_Nullable closure;
};

static inline void gm_log(void *logger, const char *format, va_list arguments) {
  char text[512];
  struct gm_logger *to = (struct gm_logger *)logger;
  vsnprintf(text, sizeof text, format, arguments);
  to->line(to->closure, text);
}

static inline struct MHD_OptionItem gm_logger_option(struct gm_logger *_Nonnull logger) {
  struct MHD_OptionItem item = {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)gm_log, logger};
  return item;
}

/// Gives memory that was freed back to the system, where the allocator keeps it.
static inline void gm_give_memory_back(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
