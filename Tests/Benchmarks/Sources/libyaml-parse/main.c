// The yardstick of the scan: libyaml's event parser over every file of a list, on one thread, nothing kept.
// Usage: libyaml-parse LIST, where LIST is a file with one path a line. Fails where a file is not YAML.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static unsigned char *buffer;
static size_t capacity;

static size_t read_whole(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  size_t length = 0;
  for (;;) {
    if (length == capacity) {
      capacity = capacity == 0 ? 1 << 20 : capacity * 2;
      buffer = realloc(buffer, capacity);
      if (buffer == NULL) {
        perror("realloc");
        exit(1);
      }
    }
    size_t count = fread(buffer + length, 1, capacity - length, file);
    if (count == 0) break;
    length += count;
  }
  fclose(file);
  return length;
}

static size_t count_events(const char *path, size_t length) {
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) exit(1);
  yaml_parser_set_input_string(&parser, buffer, length);
  size_t count = 0;
  for (int done = 0; !done; count++) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      fprintf(stderr, "%s:%zu: %s\n", path, parser.problem_mark.line + 1, parser.problem ? parser.problem : "out of memory");
      exit(1);
    }
    done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return count;
}

int main(int argc, char **argv) {
  FILE *list = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (list == NULL) {
    fprintf(stderr, "usage: libyaml-parse LIST\n");
    return 64;
  }
  char *path = NULL;
  size_t size = 0, bytes = 0, events = 0;
  ssize_t length;
  while ((length = getline(&path, &size, list)) > 0) {
    if (path[length - 1] == '\n') path[length - 1] = '\0';
    size_t read = read_whole(path);
    bytes += read;
    events += count_events(path, read);
  }
  printf("%zu bytes, %zu events\n", bytes, events);
  return 0;
}
