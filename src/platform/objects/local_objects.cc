#include "platform/objects/local_objects.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "platform/clock/system_clock.h"
#include "platform/log/log.h"
#include "platform/objects/local_object_writer.h"
#include "platform/objects/object_cipher.h"

namespace tongban {
namespace {

namespace fs = std::filesystem;

bool is_digest(std::string_view text)
{
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 64 && std::ranges::all_of(text, is_hex);
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor()
    {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

class ObjectSource : public BodySource {
public:
    // Takes the descriptor. False from begin(): header, trailer, size or name do not fit.
    ObjectSource(int fd, std::string_view digest) : fd_(fd), digest_(digest) {}
    bool begin(std::string_view master_key);
    std::uint64_t bytes() const { return bytes_; }
    std::size_t read(char* to, std::size_t room) override;

private:
    Descriptor fd_;
    std::string digest_;
    std::unique_ptr<ObjectCipher> cipher_;
    std::uint64_t bytes_ = 0;
    std::uint64_t chunk_index_ = 0;
    std::string chunk_;
    std::size_t taken_ = 0;  // of chunk_
};

bool ObjectSource::begin(std::string_view master_key)
{
    struct stat about {};
    if (::fstat(fd_.get(), &about) != 0) throw std::system_error(errno, std::generic_category(), "stat an object");
    const auto file_bytes = static_cast<std::uint64_t>(about.st_size);
    if (file_bytes < object_header_bytes + object_trailer_bytes) return false;

    std::string header(object_header_bytes, '\0');
    std::string trailer(object_trailer_bytes, '\0');
    if (!read_exactly(fd_.get(), header.data(), header.size(), 0)) return false;
    if (!read_exactly(fd_.get(), trailer.data(), trailer.size(), file_bytes - object_trailer_bytes)) return false;
    const std::string_view salt = salt_of_header(header);
    if (salt.empty()) return false;
    cipher_ = std::make_unique<ObjectCipher>(master_key, salt);

    // The trailer's index is the number of chunks, which follows from the size of the file.
    const std::uint64_t middle = file_bytes - object_header_bytes - object_trailer_bytes;
    constexpr std::uint64_t whole = object_chunk_bytes + object_tag_bytes;
    const std::uint64_t chunks = (middle + whole - 1) / whole;
    if (middle < chunks * object_tag_bytes) return false;
    const std::size_t plain = object_trailer_bytes - object_tag_bytes;
    if (!cipher_->decrypt(ObjectCipher::Part::trailer, chunks, trailer.data(), plain, trailer.data() + plain))
        return false;
    for (std::size_t i = 0; i < 8; ++i) bytes_ |= std::uint64_t{static_cast<unsigned char>(trailer[32 + i])} << (8 * i);
    constexpr char digits[] = "0123456789abcdef";
    std::string named;
    for (std::size_t i = 0; i < 32; ++i) {
        const auto byte = static_cast<unsigned char>(trailer[i]);
        named.push_back(digits[byte >> 4]);
        named.push_back(digits[byte & 15]);
    }
    return named == digest_ && object_file_bytes(bytes_) == file_bytes;
}

std::size_t ObjectSource::read(char* to, std::size_t room)
{
    std::size_t given = 0;
    while (given < room) {
        if (taken_ == chunk_.size()) {
            const std::uint64_t done = chunk_index_ * object_chunk_bytes;
            if (done >= bytes_) break;
            const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(object_chunk_bytes, bytes_ - done));
            const std::uint64_t offset = object_header_bytes + chunk_index_ * (object_chunk_bytes + object_tag_bytes);
            chunk_.resize(count + object_tag_bytes);
            const auto part = done + count == bytes_ ? ObjectCipher::Part::last_chunk : ObjectCipher::Part::chunk;
            if (!read_exactly(fd_.get(), chunk_.data(), chunk_.size(), offset) ||
                !cipher_->decrypt(part, chunk_index_, chunk_.data(), count, chunk_.data() + count)) {
                LogLine(LogLevel::error, "objects.damaged").text("digest", digest_);
                throw std::runtime_error("object damaged: " + digest_);
            }
            chunk_.resize(count);
            taken_ = 0;
            ++chunk_index_;
        }
        const std::size_t step = std::min(room - given, chunk_.size() - taken_);
        std::copy_n(chunk_.data() + taken_, step, to + given);
        given += step;
        taken_ += step;
    }
    return given;
}

// What a crash left: files nobody holds a lock on.
void remove_leftovers(const std::string& folder)
{
    for (const auto& entry : fs::directory_iterator(folder)) {
        const Descriptor file(::open(entry.path().c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
        if (file.get() >= 0 && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
    }
}

}  // namespace

LocalObjects::LocalObjects(LocalObjectsOptions options, Disk* disk)
    : options_(std::move(options)), disk_(disk != nullptr ? *disk : default_disk_)
{
    TONGBAN_ASSERT(options_.master_key.size() >= 16);
    start_gcrypt();
    fs::create_directories(options_.folder + "/tmp");
    remove_leftovers(options_.folder + "/tmp");
    if (options_.bytes_max_total > 0)
        for (const auto& entry : fs::recursive_directory_iterator(options_.folder))
            if (entry.is_regular_file()) bytes_total_ += entry.file_size();
}

std::string LocalObjects::path_of(std::string_view digest) const
{
    std::string path = options_.folder;
    path.append("/").append(digest.substr(0, 2)).append("/").append(digest.substr(2, 2)).append("/").append(digest);
    return path;
}

bool LocalObjects::has_room(std::uint64_t bytes)
{
    if (options_.bytes_max_total > 0 && bytes_total_ >= options_.bytes_max_total) return false;
    if (options_.free_bytes_min == 0) return true;
    return disk_.free_bytes(options_.folder) >= options_.free_bytes_min + bytes;
}

Result<std::unique_ptr<ObjectWriter>> LocalObjects::create(std::uint64_t bytes_max)
{
    auto writer = std::make_unique<LocalObjectWriter>(*this, bytes_max);
    TRY(writer->begin());
    return std::unique_ptr<ObjectWriter>(std::move(writer));
}

Result<std::unique_ptr<BodySource>> LocalObjects::open(std::string_view digest)
{
    if (!is_digest(digest)) return Error{object_problem::not_found};
    const int fd = ::open(path_of(digest).c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        if (errno == ENOENT) return Error{object_problem::not_found};
        throw std::system_error(errno, std::generic_category(), "open an object");
    }
    auto source = std::make_unique<ObjectSource>(fd, digest);
    if (!source->begin(options_.master_key)) {
        LogLine(LogLevel::error, "objects.damaged").text("digest", digest);
        return Error{object_problem::damaged};
    }
    return std::unique_ptr<BodySource>(std::move(source));
}

Result<std::string> LocalObjects::read(std::string_view digest, std::uint64_t bytes_max)
{
    const auto source = TRY(open(digest));
    const std::uint64_t bytes = static_cast<const ObjectSource&>(*source).bytes();
    if (bytes > bytes_max) return Error{object_problem::too_large};
    std::string all(bytes, '\0');
    const std::size_t got = source->read(all.data(), all.size());
    TONGBAN_ASSERT(got == all.size());
    return all;
}

bool LocalObjects::exists(std::string_view digest)
{
    return is_digest(digest) && ::access(path_of(digest).c_str(), F_OK) == 0;
}

std::string load_or_create_key(const std::string& path)
{
    constexpr std::size_t key_bytes = 32;
    for (;;) {
        {
            const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
            if (file.get() >= 0) {
                std::string key(key_bytes, '\0');
                if (!read_exactly(file.get(), key.data(), key.size(), 0))
                    throw std::runtime_error("key file is too short: " + path);
                return key;
            }
            if (errno != ENOENT) throw std::system_error(errno, std::generic_category(), "open the key file");
        }
        // Complete before it has its name; link() instead of rename() so that of two processes one wins.
        fs::create_directories(fs::path(path).parent_path());
        const std::string temporary = path + "." + SystemIds{}.secret(8);
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        std::string key(key_bytes, '\0');
        fill_random(key.data(), key.size());
        const bool written =
            file.get() >= 0 && ::write(file.get(), key.data(), key.size()) == key_bytes && ::fsync(file.get()) == 0;
        const int error = written && (::link(temporary.c_str(), path.c_str()) == 0 || errno == EEXIST) ? 0 : errno;
        ::unlink(temporary.c_str());
        if (error != 0) throw std::system_error(error, std::generic_category(), "make the key file");
        const Descriptor folder(::open(fs::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (folder.get() < 0 || ::fsync(folder.get()) != 0)
            throw std::system_error(errno, std::generic_category(), "sync the key's folder");
    }
}

}  // namespace tongban
