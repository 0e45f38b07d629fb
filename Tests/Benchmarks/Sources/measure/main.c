// Runs a command with its standard output thrown away and prints what it took.
// Usage: measure DIRECTORY COMMAND [ARGUMENT…]; prints "wall-ns cpu-ns peak-bytes exit-code".
//
// A program of its own, because Linux counts the memory of the process that starts a command as the command's: this one is small.

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t nanoseconds(struct timeval time) { return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000; }

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: measure DIRECTORY COMMAND [ARGUMENT...]\n");
    return 64;
  }
  if (chdir(argv[1]) != 0) {
    perror(argv[1]);
    return 1;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child;
  int64_t start = now();
  int error = posix_spawnp(&child, argv[2], &actions, NULL, argv + 2, environ);
  if (error != 0) {
    fprintf(stderr, "%s: %s\n", argv[2], strerror(error));
    return 1;
  }
  int status;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) {
      perror("wait4");
      return 1;
    }
  }
  int64_t wall = now() - start;
#ifdef __APPLE__
  int64_t peak = usage.ru_maxrss;
#else
  int64_t peak = (int64_t)usage.ru_maxrss * 1024;
#endif
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  printf("%lld %lld %lld %d\n", (long long)wall, (long long)(nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime)), (long long)peak, code);
  return 0;
}
