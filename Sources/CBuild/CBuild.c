#include "CBuild.h"

#ifndef TAGPIN_COMMIT
#define TAGPIN_COMMIT ""
#endif

const char *tagpin_commit(void) { return TAGPIN_COMMIT; }
