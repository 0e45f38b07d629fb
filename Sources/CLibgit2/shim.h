#pragma once
#include <git2.h>

// git_libgit2_opts is variadic, which Swift does not import: one function for each option that is set.

static inline int tagpin_git_set_extensions(const char *const *extensions, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, (const char **)extensions, count);
}

static inline int tagpin_git_set_owner_validation(int enabled) {
  return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}
