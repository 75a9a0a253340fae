#pragma once
// base/stored_archive.h: one writer and one strict reader of containers whose files lie in them as they are. The same
// files give the same bytes.

#include <memory>

#include "base/stored_archive.h"

namespace tongban {

std::unique_ptr<StoredArchives> make_stored_archives();

}  // namespace tongban
