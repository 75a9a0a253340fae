#include "platform/zip/stored_archives.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/crypto.h"
#include "base/result.h"
#include "platform/zip/deflate.h"
#include "platform/zip/zip_format.h"

namespace tongban {
namespace {

using namespace zip;

constexpr std::size_t digest_chars = 64;

FileFacts stored(std::string_view path, std::uint32_t crc32, std::uint64_t size)
{
    const auto bytes = static_cast<std::uint32_t>(size);
    return {path, crc32, bytes, bytes, false};
}

class ContainerSource final : public BodySource {
public:
    explicit ContainerSource(std::vector<StoredFile> files) : files_(std::move(files)) {}

    std::size_t read(char* to, std::size_t room) override
    {
        std::size_t given = 0;
        while (given == 0) {
            if (at_ < held_.size()) {
                given = held_.copy(to, room, at_);
                at_ += given;
            } else if (open_) {
                given = open_->read(to, static_cast<std::size_t>(std::min<std::uint64_t>(room, left_)));
                left_ -= given;
                if (given == 0 && left_ > 0) throw BrokenInvariant("a file of a container gave too few bytes");
                if (left_ == 0) open_.reset();
            } else if (!next()) {
                return 0;
            }
        }
        if (!is_ended_) digest_.update(std::string_view(to, given));
        written_ += given;
        return given;
    }

private:
    // The next header, content or end into held_ or open_; false: everything was given.
    bool next()
    {
        at_ = 0;
        if (is_ended_) return false;
        if (index_ == files_.size()) {
            if (!directory_.empty() || files_.empty()) {
                directory_at_ = static_cast<std::uint32_t>(written_);
                directory_size_ = directory_.size();
                held_ = std::exchange(directory_, {});
                if (!held_.empty()) return true;
            }
            is_ended_ = true;
            held_ = end_record(files_.size(), directory_size_, directory_at_, digest_.hex());
            return true;
        }
        StoredFile& file = files_[index_];
        if (!has_header_) {
            const FileFacts facts = stored(file.path, file.crc32, file.size);
            directory_ += directory_entry(facts, static_cast<std::uint32_t>(written_));
            held_ = local_header(facts);
            has_header_ = true;
            return true;
        }
        held_.clear();
        if (file.open) {
            left_ = file.size;
            if (left_ > 0) open_ = file.open();
        } else {
            held_ = std::move(file.content);
        }
        has_header_ = false;
        ++index_;
        return true;
    }

    std::vector<StoredFile> files_;
    std::size_t index_ = 0;
    bool has_header_ = false;  // of the file at index_ was given
    std::string held_;
    std::size_t at_ = 0;
    std::unique_ptr<BodySource> open_;
    std::uint64_t left_ = 0;
    std::string directory_;
    std::size_t directory_size_ = 0;
    std::uint32_t directory_at_ = 0;
    std::uint64_t written_ = 0;
    Sm3 digest_;
    bool is_ended_ = false;
};

class Archives final : public StoredArchives {
public:
    std::uint32_t crc32(std::string_view bytes, std::uint32_t before) const override { return crc32_of(bytes, before); }

    std::uint64_t container_bytes(const std::vector<StoredFile>& files) const override
    {
        std::uint64_t bytes = end_bytes + std::string_view("sm3=").size() + digest_chars;
        for (const StoredFile& file : files) bytes += local_bytes + directory_bytes + 2 * file.path.size() + file.size;
        return bytes;
    }

    std::unique_ptr<BodySource> container(std::vector<StoredFile> files) const override
    {
        TONGBAN_ASSERT(files.size() <= files_max && container_bytes(files) <= bytes_max);
        for (const StoredFile& file : files) TONGBAN_ASSERT(is_safe_path(file.path));
        return std::make_unique<ContainerSource>(std::move(files));
    }

    std::optional<StoredContainer> read(std::string_view bytes) const override;
};

std::optional<StoredContainer> Archives::read(std::string_view bytes) const
{
    if (bytes.size() > bytes_max) return std::nullopt;
    StoredContainer all;
    all.is_whole = true;
    std::set<std::string_view> paths;
    std::string directory;
    std::size_t at = 0;
    while (bytes.size() - at >= local_bytes && read32(bytes, at) == local_mark) {
        const std::uint32_t crc = read32(bytes, at + 14);
        const std::uint32_t size = read32(bytes, at + 18);
        const std::size_t path_size = read16(bytes, at + 26);
        if (bytes.size() - at - local_bytes < path_size + std::uint64_t{size} || all.entries.size() == files_max)
            return std::nullopt;
        const std::string_view path = bytes.substr(at + local_bytes, path_size);
        if (!is_safe_path(path) || !paths.insert(path).second) return std::nullopt;
        const FileFacts facts = stored(path, crc, size);
        const std::string header = local_header(facts);
        if (bytes.substr(at, header.size()) != header) return std::nullopt;
        const std::string_view content = bytes.substr(at + header.size(), size);
        directory += directory_entry(facts, static_cast<std::uint32_t>(at));
        all.entries.push_back({path, content});
        all.is_whole = all.is_whole && crc32_of(content) == crc;
        at += header.size() + size;
    }
    if (bytes.substr(at, directory.size()) != directory) return std::nullopt;
    const std::string_view body = bytes.substr(0, at + directory.size());
    const std::string_view end = bytes.substr(body.size());
    const std::string expected = end_record(all.entries.size(), directory.size(), static_cast<std::uint32_t>(at),
                                            std::string(digest_chars, '0'));
    const std::size_t before_digest = expected.size() - digest_chars;
    if (end.size() != expected.size() || end.substr(0, before_digest) != expected.substr(0, before_digest))
        return std::nullopt;
    all.is_whole = all.is_whole && end.substr(before_digest) == sm3_hex(body);
    return all;
}

}  // namespace

std::unique_ptr<StoredArchives> make_stored_archives()
{
    return std::make_unique<Archives>();
}

}  // namespace tongban
