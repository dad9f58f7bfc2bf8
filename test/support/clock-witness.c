/* Tells what the C library's clocks say and what the kernel says, a line of JSON for each line it reads. With an offset in nanoseconds
   as its argument, three threads also look without a pause whether the library's wall clock is the kernel's, with or without that
   offset, while a timer interrupts them; "bad" counts the times when it was neither. SIGUSR1 is handled without an end. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long long offset;
static volatile long bad, looks;

static long long ns(struct timespec t) { return t.tv_sec * 1000000000LL + t.tv_nsec; }

static long long kernel(int clock) {
  struct timespec t;
  syscall(SYS_clock_gettime, clock, &t);
  return ns(t);
}

static long long library(int clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  if (t.tv_nsec < 0 || t.tv_nsec > 999999999) __sync_fetch_and_add(&bad, 1);
  return ns(t);
}

static void *look(void *unused) {
  for (;;) {
    long long before = kernel(CLOCK_REALTIME), told = library(CLOCK_REALTIME), after = kernel(CLOCK_REALTIME);
    int plain = told >= before && told <= after, shifted = told - offset >= before && told - offset <= after;
    if (!plain && !shifted) __sync_fetch_and_add(&bad, 1);
    __sync_fetch_and_add(&looks, 1);
  }
  return unused;
}

static void interrupted(int unused) { library(CLOCK_REALTIME); (void)unused; }
static void forever(int unused) { for (;;) pause(); (void)unused; }

int main(int count, char **arguments) {
  signal(SIGUSR1, forever);
  if (count > 1) {
    pthread_t thread;
    struct itimerval often = {{0, 1000}, {0, 1000}};
    offset = atoll(arguments[1]);
    signal(SIGALRM, interrupted);
    for (int i = 0; i < 3; i++) pthread_create(&thread, NULL, look, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
  }
  char line[16];
  for (;;) {
    if (!fgets(line, sizeof line, stdin)) {
      if (feof(stdin)) return 0;
      clearerr(stdin);
      continue;
    }
    struct timeval tv;
    struct timespec t;
    unsigned cpu;
    time_t stored;
    printf("{\"before\":\"%lld\"", kernel(CLOCK_REALTIME));
    printf(",\"realtime\":\"%lld\"", library(CLOCK_REALTIME));
    gettimeofday(&tv, NULL);
    printf(",\"timeofday\":\"%lld\"", tv.tv_sec * 1000000000LL + tv.tv_usec * 1000);
    printf(",\"after\":\"%lld\"", kernel(CLOCK_REALTIME));
    printf(",\"coarseBefore\":\"%lld\"", kernel(CLOCK_REALTIME_COARSE));
    printf(",\"coarse\":\"%lld\"", library(CLOCK_REALTIME_COARSE));
    printf(",\"time\":\"%lld\"", (long long)time(&stored) * 1000000000LL);
    printf(",\"stored\":\"%lld\"", (long long)stored * 1000000000LL);
    printf(",\"coarseAfter\":\"%lld\"", kernel(CLOCK_REALTIME_COARSE));
    int others[] = {CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME};
    printf(",\"others\":[");
    for (int i = 0; i < 4; i++) {
      long long before = kernel(others[i]), told = library(others[i]), after = kernel(others[i]);
      printf("%s%s", i ? "," : "", told >= before && told <= after ? "true" : "false");
    }
    printf("],\"wrongClock\":%d", clock_gettime(1234, &t));
    printf(",\"nowhere\":%d", gettimeofday(NULL, NULL));
    printf(",\"resolution\":%d", clock_getres(CLOCK_REALTIME, &t) == 0 && t.tv_sec == 0);
    printf(",\"cpu\":%d", getcpu(&cpu, NULL) == 0 && cpu < 4096);
    printf(",\"looks\":%ld,\"bad\":%ld}\n", looks, bad);
    fflush(stdout);
  }
}
