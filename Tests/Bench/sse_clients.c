// SPDX-License-Identifier: Apache-2.0
// Opens thousands of event streams at once from one thread, and measures how punctual their events are.
// Usage: sse_clients PORT STREAMS INTERVAL_MS RAMP_MS LIMIT_SECONDS REQUEST
//   REQUEST is the whole HTTP request, sent once on each connection; the answer must be chunked, and is over
//   at its last chunk. The connects are spread evenly over RAMP_MS.
// Says "open" on stderr once all are open, and prints one JSON line at the end. "Lateness" is the gap between
// two events of one stream minus INTERVAL_MS.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 256, SPARE_FILES = 64, SLACK_NS = 1000 };

static const char status_ok[] = "HTTP/1.1 200";
static const char event_start[] = "\ndata: ";
static const char stream_end[] = "\r\n0\r\n\r\n";

struct stream {
    int fd;
    int events;
    int head_seen;   // characters of status_ok seen so far
    int event_seen;  // characters of event_start seen so far
    int end_seen;    // characters of stream_end seen so far
    bool sent;
    double last_ms;  // when the last event came
};

struct series {
    double *values;
    size_t count, room;
};

static struct {
    int epoll;
    struct sockaddr_in address;
    const char *request;
    size_t request_size;
    double interval_ms;
    struct stream *streams;
    int count, open, most_open, completed, failed;
    char first_failure[128];
    struct series lateness, distance;  // distance: lateness without its sign
} run;

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void add(struct series *series, double value) {
    if (series->count == series->room) {
        series->room = series->room ? series->room * 2 : 65536;
        series->values = realloc(series->values, series->room * sizeof(double));
        if (!series->values) abort();
    }
    series->values[series->count++] = value;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sort(struct series *series) {
    if (series->count) qsort(series->values, series->count, sizeof(double), ascending);
}

static double quantile(const struct series *sorted, double q) {
    if (!sorted->count) return -1;
    return sorted->values[(size_t)(q * (double)(sorted->count - 1))];
}

static void close_stream(struct stream *stream) {
    if (stream->fd >= 0) close(stream->fd);
    stream->fd = -1;
    if (stream->events) run.open--;
}

static void fail_stream(struct stream *stream, const char *why) {
    if (!run.failed++) snprintf(run.first_failure, sizeof run.first_failure, "%s", why);
    close_stream(stream);
}

static void complete_stream(struct stream *stream) {
    run.completed++;
    close_stream(stream);
}

static void open_stream(struct stream *stream) {
    stream->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (stream->fd < 0 || (connect(stream->fd, (struct sockaddr *)&run.address, sizeof run.address) &&
                           errno != EINPROGRESS)) {
        fail_stream(stream, strerror(errno));
        return;
    }
    struct epoll_event interest = {.events = EPOLLIN | EPOLLOUT, .data.ptr = stream};
    epoll_ctl(run.epoll, EPOLL_CTL_ADD, stream->fd, &interest);
}

static void send_request(struct stream *stream) {
    stream->sent = true;
    struct epoll_event interest = {.events = EPOLLIN, .data.ptr = stream};
    epoll_ctl(run.epoll, EPOLL_CTL_MOD, stream->fd, &interest);
    ssize_t put = send(stream->fd, run.request, run.request_size, MSG_NOSIGNAL);
    if (put != (ssize_t)run.request_size) fail_stream(stream, put < 0 ? strerror(errno) : "short send");
}

static void note_gap(double gap_ms) {
    double late = gap_ms - run.interval_ms;
    add(&run.lateness, late);
    add(&run.distance, late < 0 ? -late : late);
}

static void note_opened(void) {
    if (++run.open <= run.most_open) return;
    run.most_open = run.open;
    if (run.open == run.count) fprintf(stderr, "open\n");
}

static void note_event(struct stream *stream, double moment) {
    if (stream->events++)
        note_gap(moment - stream->last_ms);
    else
        note_opened();
    stream->last_ms = moment;
}

// Feeds one character to a pattern that only its first character can restart.
static bool completes(const char *pattern, int *seen, char c) {
    if (c == pattern[*seen])
        ++*seen;
    else
        *seen = c == pattern[0];
    if (pattern[*seen]) return false;
    *seen = 0;
    return true;
}

static bool status_is_wrong(struct stream *stream, char c) {
    if (!status_ok[stream->head_seen]) return false;
    return status_ok[stream->head_seen++] != c;
}

// Events and the end may be cut anywhere between two reads, hence the character by character search.
static void read_bytes(struct stream *stream, const char *bytes, ssize_t size, double moment) {
    bool ended = false;
    for (ssize_t i = 0; i < size; i++) {
        if (status_is_wrong(stream, bytes[i])) {
            fail_stream(stream, "the answer is not a 200");
            return;
        }
        if (completes(event_start, &stream->event_seen, bytes[i])) note_event(stream, moment);
        if (completes(stream_end, &stream->end_seen, bytes[i])) ended = true;
    }
    if (ended) complete_stream(stream);
}

static void receive(struct stream *stream) {
    static char buffer[65536];
    ssize_t size = recv(stream->fd, buffer, sizeof buffer, 0);
    double moment = now_ms();
    if (size > 0)
        read_bytes(stream, buffer, size, moment);
    else if (size == 0)
        fail_stream(stream, "the server closed the stream before its end");
    else if (errno != EAGAIN)
        fail_stream(stream, strerror(errno));
}

static void serve(const struct epoll_event *event) {
    struct stream *stream = event->data.ptr;
    if (stream->fd < 0) return;
    if (event->events & (EPOLLIN | EPOLLERR | EPOLLHUP))
        receive(stream);
    else if (!stream->sent && event->events & EPOLLOUT)
        send_request(stream);
}

static void run_streams(double ramp_ms, double limit_ms) {
    struct epoll_event ready[BATCH];
    double begin = now_ms();
    for (int next = 0; run.completed + run.failed < run.count;) {
        double passed = now_ms() - begin;
        if (passed > limit_ms) break;
        for (; next < run.count && passed >= ramp_ms * next / run.count; next++)
            open_stream(&run.streams[next]);
        int count = epoll_wait(run.epoll, ready, BATCH, next < run.count ? 1 : 100);
        for (int i = 0; i < count; i++) serve(&ready[i]);
    }
}

static void fail_unfinished(void) {
    for (int i = 0; i < run.count; i++)
        if (run.streams[i].fd >= 0) fail_stream(&run.streams[i], "not finished in time");
    if (run.completed + run.failed < run.count) run.failed = run.count - run.completed;
}

static void raise_file_limit(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    rlim_t needed = (rlim_t)run.count + SPARE_FILES;
    if (files.rlim_cur >= needed) return;
    files.rlim_cur = needed < files.rlim_max ? needed : files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

static void print_result(void) {
    int fewest = run.count ? run.streams[0].events : 0, most = fewest;
    for (int i = 0; i < run.count; i++) {
        if (run.streams[i].events < fewest) fewest = run.streams[i].events;
        if (run.streams[i].events > most) most = run.streams[i].events;
    }
    struct series *late = &run.lateness;
    sort(late);
    sort(&run.distance);
    printf("{\"completed\": %d, \"failed\": %d, \"open_at_once\": %d, ", run.completed, run.failed,
           run.most_open);
    printf("\"fewest_events\": %d, \"most_events\": %d, \"gaps\": %zu, ", fewest, most, late->count);
    printf("\"late_min\": %.3f, \"late_median\": %.3f, \"late_p99\": %.3f, \"late_max\": %.3f, ",
           quantile(late, 0), quantile(late, 0.5), quantile(late, 0.99), quantile(late, 1));
    printf("\"off_median\": %.3f, ", quantile(&run.distance, 0.5));
    printf("\"first_failure\": \"%s\"}\n", run.first_failure);
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: sse_clients PORT STREAMS INTERVAL_MS RAMP_MS LIMIT_SECONDS REQUEST\n");
        return 64;
    }
    run.address.sin_family = AF_INET;
    run.address.sin_port = htons((unsigned short)atoi(argv[1]));
    run.address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    run.count = atoi(argv[2]);
    run.interval_ms = atof(argv[3]);
    run.request = argv[6];
    run.request_size = strlen(argv[6]);
    run.streams = calloc((size_t)run.count, sizeof(struct stream));
    run.epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!run.streams || run.epoll < 0) {
        fprintf(stderr, "sse_clients: no memory or no epoll\n");
        return 1;
    }
    for (int i = 0; i < run.count; i++) run.streams[i].fd = -1;
    raise_file_limit();
    prctl(PR_SET_TIMERSLACK, SLACK_NS);
    run_streams(atof(argv[4]), atof(argv[5]) * 1e3);
    fail_unfinished();
    print_result();
    return 0;
}
