#pragma once

/// The commit that this program was built from; empty where the build was not told one.
const char *tagpin_commit(void);
