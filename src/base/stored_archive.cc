#include "base/stored_archive.h"

#include <algorithm>

namespace tongban {

const StoredEntry* StoredContainer::find(std::string_view path) const
{
    const auto found = std::ranges::find(entries, path, &StoredEntry::path);
    return found == entries.end() ? nullptr : &*found;
}

StoredFile StoredArchives::held(std::string path, std::string content) const
{
    StoredFile file;
    file.path = std::move(path);
    file.size = content.size();
    file.crc32 = crc32(content);
    file.content = std::move(content);
    return file;
}

}  // namespace tongban
