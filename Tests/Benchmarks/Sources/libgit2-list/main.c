// libgit2-list URL COUNT JOBS: lists the refs of URL/0 to URL/COUNT-1 with git_remote_ls, in JOBS threads, and prints the seconds it took.
#include <git2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *base;
static int count;
static atomic_int next, failures, references;

static int list(int index) {
  char url[4096];
  snprintf(url, sizeof url, "%s/%d", base, index);
  git_remote *remote = NULL;
  int status = git_remote_create_detached(&remote, url);
  if (status == 0) status = git_remote_connect(remote, GIT_DIRECTION_FETCH, NULL, NULL, NULL);
  const git_remote_head **heads = NULL;
  size_t head_count = 0;
  if (status == 0) status = git_remote_ls(&heads, &head_count, remote);
  atomic_fetch_add(&references, (int)head_count);
  git_remote_free(remote);
  return status;
}

static void *work(void *unused) {
  (void)unused;
  for (int index; (index = atomic_fetch_add(&next, 1)) < count;)
    if (list(index) < 0) atomic_fetch_add(&failures, 1);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 4) return 64;
  base = argv[1];
  count = atoi(argv[2]);
  int jobs = atoi(argv[3]);
  pthread_t threads[256];
  if (jobs < 1 || jobs > 256) return 64;
  git_libgit2_init();
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int i = 0; i < jobs; i++) pthread_create(&threads[i], NULL, work, NULL);
  for (int i = 0; i < jobs; i++) pthread_join(threads[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  printf("%f\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9);
  return failures > 0 || references == 0;
}
