// SPDX-License-Identifier: Apache-2.0
// The least that libmicrohttpd can do for one request: read the body, answer 1 KB with the headers that
// gemini-mock sends. What gemini-mock costs above this is ours; what this costs above nginx is the library's.
// Usage: c_hello PORT   (listens on 127.0.0.1 until SIGTERM or SIGINT)

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_BYTES = 1024, POOL_THREADS = 2, CONNECTIONS = 10000, BACKLOG = 4096, IDLE_SECONDS = 60 };

static char body[BODY_BYTES];

// Date and Content-Length come from the library: with these ten lines the answer has twelve.
static const char *const headers[][2] = {
    {"X-Gemini-Service-Tier", "standard"},
    {"Content-Type", "application/json; charset=UTF-8"},
    {"Vary", "Origin"},
    {"Vary", "Referer"},
    {"Vary", "X-Origin"},
    {"Server", "scaffolding on HTTPServer2"},
    {"X-XSS-Protection", "0"},
    {"X-Frame-Options", "SAMEORIGIN"},
    {"X-Content-Type-Options", "nosniff"},
    {"Server-Timing", "gfet4t7; dur=1"},
};

static void fill_body(void) {
    memset(body, 'a', sizeof body);
    body[0] = '"';
    body[sizeof body - 1] = '"';
}

static enum MHD_Result send_hello(struct MHD_Connection *connection) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(sizeof body, body, MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

// Called once for the head, once or more for the body, and once when the body is complete.
static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **seen) {
    (void)cls, (void)url, (void)method, (void)version, (void)upload;
    if (!*seen) {
        *seen = body;  // any non-null pointer: "the head has been here"
        return MHD_YES;
    }
    if (*upload_size) {
        *upload_size = 0;
        return MHD_YES;
    }
    return send_hello(connection);
}

static struct MHD_Daemon *start(unsigned short port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL,
                            handle, NULL, MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_THREAD_POOL_SIZE,
                            (unsigned)POOL_THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                            MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)BACKLOG,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: c_hello PORT\n");
        return 64;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL);  // before the pool starts, so that only sigwait sees them
    fill_body();
    struct MHD_Daemon *daemon = start((unsigned short)atoi(argv[1]));
    if (!daemon) {
        fprintf(stderr, "c_hello: cannot listen on 127.0.0.1:%s\n", argv[1]);
        return 1;
    }
    int signal_number;
    sigwait(&ending, &signal_number);
    MHD_stop_daemon(daemon);
    return 0;
}
