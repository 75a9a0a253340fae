#pragma once
// Secrets on disk: created with mode 0600, complete and durable or not at all; refused when others may read them.

#include <filesystem>
#include <string>
#include <string_view>

namespace tongban::crypto {

// Writes a new file by way of a temporary one (write, fsync, link, fsync of the folder). When somebody else was
// faster the existing file stays and ours is dropped: several processes may start at once. Creates the folder (0700).
void create_key_file(const std::filesystem::path& path, std::string_view content);

// Throws when the file cannot be read, is larger than 64 KiB, or grants anything to group or others.
std::string read_key_file(const std::filesystem::path& path);

}  // namespace tongban::crypto
