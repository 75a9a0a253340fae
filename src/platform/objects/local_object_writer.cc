#include "platform/objects/local_object_writer.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "platform/clock/system_clock.h"
#include "platform/log/log.h"
#include "platform/objects/chunk_window.h"

namespace tongban {
namespace {

constexpr std::size_t out_bytes_max = 16 * (object_chunk_bytes + object_tag_bytes);  // one write() about a megabyte
constexpr std::uint64_t room_check_every = 16 << 20;

bool is_full(int error)
{
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

[[noreturn]] void broke(int error, const char* what)
{
    throw std::system_error(error, std::generic_category(), what);
}

std::string hex(const unsigned char* bytes, std::size_t count)
{
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text.push_back(digits[bytes[i] >> 4]);
        text.push_back(digits[bytes[i] & 15]);
    }
    return text;
}

class Folder {
public:
    explicit Folder(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        if (fd_ < 0) broke(errno, "open a folder of the object store");
    }
    ~Folder() { ::close(fd_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    int fd() const { return fd_; }

private:
    int fd_;
};

}  // namespace

LocalObjectWriter::LocalObjectWriter(LocalObjects& store, std::uint64_t bytes_max)
    : store_(store), bytes_max_(bytes_max)
{
}

LocalObjectWriter::~LocalObjectWriter()
{
    close_and_remove();
    if (digest_ != nullptr) gcry_md_close(digest_);
}

void LocalObjectWriter::close_and_remove()
{
    if (fd_ >= 0) {
        ::unlink(temporary_.c_str());
        ::close(fd_);
        fd_ = -1;
    }
    store_.bytes_total_ -= reserved_;
    reserved_ = 0;
}

Error LocalObjectWriter::fail_full()
{
    close_and_remove();
    LogLine(LogLevel::error, "objects.storage_full").number("bytes_so_far", static_cast<std::int64_t>(bytes_));
    return Error{object_problem::storage_full};
}

Result<void> LocalObjectWriter::begin()
{
    if (!store_.has_room(0)) return fail_full();
    temporary_ = store_.options_.folder + "/tmp/" + SystemIds{}.secret(16);
    fd_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd_ < 0) {
        if (is_full(errno)) return fail_full();
        broke(errno, "create a temporary object");
    }
    ::flock(fd_, LOCK_EX | LOCK_NB);  // tells a process that starts later that this is no leftover
    if (gcry_md_open(&digest_, GCRY_MD_SM3, 0) != 0) throw std::runtime_error("SM3");
    std::string salt(16, '\0');
    fill_random(salt.data(), salt.size());
    cipher_ = std::make_unique<ObjectCipher>(store_.options_.master_key, salt);
    out_.reserve(object_chunk_bytes);
    out_ = object_header(salt);
    chunk_begin_ = out_.size();
    return {};
}

Result<void> LocalObjectWriter::write(std::string_view chunk)
{
    TONGBAN_ASSERT(fd_ >= 0);
    if (chunk.size() > bytes_max_ - bytes_) {
        close_and_remove();
        return Error{object_problem::too_large};
    }
    bytes_ += chunk.size();
    gcry_md_write(digest_, chunk.data(), chunk.size());
    while (!chunk.empty()) {
        const std::size_t open = out_.size() - chunk_begin_;
        // A full chunk is sealed only when more follows: the last one is marked as such, and is never empty.
        if (open == object_chunk_bytes) {
            seal_chunk(ObjectCipher::Part::chunk);
            if (out_.size() >= out_bytes_max) TRY(put_out());
            continue;
        }
        const std::size_t step = std::min(object_chunk_bytes - open, chunk.size());
        out_.append(chunk.substr(0, step));
        chunk.remove_prefix(step);
    }
    return {};
}

std::unique_ptr<ByteRanges> LocalObjectWriter::written()
{
    TONGBAN_ASSERT(fd_ >= 0);
    return std::make_unique<ChunkWindow>(bytes_, [this](std::uint64_t index) { return chunk(index); });
}

std::string LocalObjectWriter::chunk(std::uint64_t index)
{
    TONGBAN_ASSERT(fd_ >= 0);
    if (index == chunk_index_) return out_.substr(chunk_begin_);
    constexpr std::size_t sealed = object_chunk_bytes + object_tag_bytes;
    const std::uint64_t at = object_header_bytes + index * sealed;
    std::string bytes;
    if (at >= file_bytes_) {
        bytes = out_.substr(static_cast<std::size_t>(at - file_bytes_), sealed);
    } else {
        bytes.resize(sealed);
        if (!read_exactly(fd_, bytes.data(), sealed, at))
            throw std::runtime_error("an object being written got shorter");
    }
    char* const data = bytes.data();
    if (!cipher_->decrypt(ObjectCipher::Part::chunk, index, data, object_chunk_bytes, data + object_chunk_bytes))
        throw std::runtime_error("an object being written has changed on disk");
    bytes.resize(object_chunk_bytes);
    return bytes;
}

void LocalObjectWriter::seal_chunk(ObjectCipher::Part part)
{
    const std::size_t count = out_.size() - chunk_begin_;
    out_.resize(out_.size() + object_tag_bytes);
    cipher_->encrypt(part, chunk_index_++, out_.data() + chunk_begin_, count, out_.data() + chunk_begin_ + count);
    chunk_begin_ = out_.size();
}

Result<void> LocalObjectWriter::put_out()
{
    const std::uint64_t size = out_.size();
    if (store_.options_.bytes_max_total > 0) {
        reserved_ += size;
        if (store_.bytes_total_.fetch_add(size) + size > store_.options_.bytes_max_total) return fail_full();
    }
    if (file_bytes_ + size >= checked_at_ + room_check_every) {
        checked_at_ = file_bytes_ + size;
        if (!store_.has_room(size)) return fail_full();
    }
    std::string_view rest = out_;
    while (!rest.empty()) {
        const ssize_t put = store_.disk_.write(fd_, rest.data(), rest.size());
        if (put > 0) {
            rest.remove_prefix(static_cast<std::size_t>(put));
        } else if (put < 0 && errno == EINTR) {
            continue;
        } else if (put < 0 && is_full(errno)) {
            return fail_full();
        } else {
            const int error = put < 0 ? errno : EIO;
            close_and_remove();
            broke(error, "write an object");
        }
    }
    // Starts writing back now, so that the fsync at the end finds little left to do. Advice only: its failure is
    // nothing.
    ::sync_file_range(fd_, static_cast<off64_t>(file_bytes_), static_cast<off64_t>(size), SYNC_FILE_RANGE_WRITE);
    file_bytes_ += size;
    out_.clear();
    chunk_begin_ = 0;
    return {};
}

Result<void> LocalObjectWriter::sync(int fd, const char* what)
{
    if (store_.disk_.sync(fd) == 0) return {};
    // After a failed fsync the kernel may have dropped the dirty pages: trying again would prove nothing.
    const int error = errno;
    if (is_full(error)) return fail_full();
    close_and_remove();
    broke(error, what);
}

Result<bool> LocalObjectWriter::reuse_existing(const std::string& path, std::string_view digest)
{
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return false;
    // open() authenticates header and trailer; a damaged file is replaced by the good one in hand.
    if (!store_.open(digest)) return false;
    close_and_remove();
    const Folder file_folder(path.substr(0, path.rfind('/')));
    TRY(sync(file_folder.fd(),
             "sync a folder of the object store"));  // whoever renamed it may not have come so far yet
    return true;
}

Result<StoredObject> LocalObjectWriter::commit()
{
    TONGBAN_ASSERT(fd_ >= 0);
    if (out_.size() > chunk_begin_) seal_chunk(ObjectCipher::Part::last_chunk);
    const unsigned char* sum = gcry_md_read(digest_, GCRY_MD_SM3);
    StoredObject stored{hex(sum, 32), bytes_};
    out_.append(reinterpret_cast<const char*>(sum), 32);
    for (int i = 0; i < 8; ++i) out_.push_back(static_cast<char>(bytes_ >> (8 * i) & 0xff));
    seal_chunk(ObjectCipher::Part::trailer);

    const std::string path = store_.path_of(stored.digest);
    if (TRY(reuse_existing(path, stored.digest))) return stored;
    TRY(put_out());
    TRY(sync(fd_, "sync an object"));

    const std::string inner = path.substr(0, path.rfind('/'));
    const std::string outer = inner.substr(0, inner.rfind('/'));
    for (const std::string& folder : {outer, inner}) {
        if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) continue;
        if (is_full(errno)) return fail_full();
        const int error = errno;
        close_and_remove();
        broke(error, "make a folder of the object store");
    }
    if (store_.disk_.rename(temporary_, path) != 0) {
        const int error = errno;
        if (is_full(error)) return fail_full();
        close_and_remove();
        broke(error, "rename an object");
    }
    // From here on the object exists under its name. Should a folder's sync fail, it may stay: it is complete and
    // immutable.
    ::close(fd_);
    fd_ = -1;
    reserved_ = 0;
    for (const std::string& folder : {inner, outer, store_.options_.folder}) {
        const Folder opened(folder);
        TRY(sync(opened.fd(), "sync a folder of the object store"));
    }
    return stored;
}

}  // namespace tongban
