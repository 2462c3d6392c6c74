// SPDX-License-Identifier: Apache-2.0
// Starts a server once, and measures the time from posix_spawn to the first byte of its first HTTP answer,
// then its idle memory.
// Usage: first_answer PORT TARGET COMMAND [ARGUMENT...]   (the command must listen on 127.0.0.1:PORT)
// Prints {"ms": 5.1, "rss_kib": 9800, "pss_kib": 7600}; on failure a sentence on stderr, exit status 1.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LIMIT_MS = 10000, POLL_US = 100, SETTLE_US = 100000, SLACK_NS = 1000 };

extern char **environ;
static volatile sig_atomic_t server;

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void sleep_us(long us) {
    struct timespec t = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&t, NULL);
}

static void stop_server(void) {
    if (server <= 0) return;
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    server = 0;
}

static void interrupted(int number) {
    if (server > 0) kill(server, SIGKILL);
    _exit(128 + number);
}

static void fail(const char *what) {
    stop_server();
    fprintf(stderr, "first_answer: %s\n", what);
    exit(1);
}

static void start_server(char **command) {
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t pid;
    if (posix_spawn(&pid, command[0], &quiet, NULL, command, environ)) fail("the server cannot be started");
    server = pid;
    posix_spawn_file_actions_destroy(&quiet);
}

static void fail_if_server_ended(void) {
    if (waitpid(server, NULL, WNOHANG) == 0) return;
    server = 0;
    fail("the server ended before it answered");
}

// Tries again until the server listens; sleeps in between, so that the server has the processor.
static int connect_when_listening(const struct sockaddr_in *address, double deadline) {
    for (;;) {
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) fail("no socket to be had");
        if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0) return fd;
        close(fd);
        fail_if_server_ended();
        if (now_ms() > deadline) fail("the server did not listen within 10 s");
        sleep_us(POLL_US);
    }
}

static double moment_of_first_byte(int fd, const char *target) {
    char request[1024], answer[1024];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", target);
    struct timeval limit = {.tv_sec = LIMIT_MS / 1000};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (send(fd, request, (size_t)length, MSG_NOSIGNAL) != length) fail("the request could not be sent");
    ssize_t got = recv(fd, answer, sizeof answer - 1, 0);
    double moment = now_ms();
    if (got <= 0) fail("the server did not answer");
    answer[got] = 0;
    if (strncmp(answer, "HTTP/1.1 200", 12)) fail("the first answer is not a 200");
    while (recv(fd, answer, sizeof answer, 0) > 0) {}
    close(fd);
    return moment;
}

static void print_memory(void) {
    char path[64], line[256];
    long rss = -1, pss = -1;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)server);
    FILE *file = fopen(path, "r");
    if (!file) fail("/proc/PID/smaps_rollup cannot be read");
    while (fgets(line, sizeof line, file)) {
        sscanf(line, "Rss: %ld", &rss);
        sscanf(line, "Pss: %ld", &pss);
    }
    fclose(file);
    printf("\"rss_kib\": %ld, \"pss_kib\": %ld}\n", rss, pss);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: first_answer PORT TARGET COMMAND [ARGUMENT...]\n");
        return 64;
    }
    signal(SIGTERM, interrupted);
    signal(SIGINT, interrupted);
    prctl(PR_SET_TIMERSLACK, SLACK_NS);  // else a sleep of 100 us takes 150
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    double begin = now_ms();
    start_server(argv + 3);
    int fd = connect_when_listening(&address, begin + LIMIT_MS);
    double taken = moment_of_first_byte(fd, argv[2]) - begin;
    sleep_us(SETTLE_US);
    printf("{\"ms\": %.3f, ", taken);
    print_memory();
    stop_server();
    return 0;
}
