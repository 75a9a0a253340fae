// verify: what a file proves by itself — certificate, evidence capsule, checkpoint. No network, no platform.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "modules/evidence/core/evidence_verifier.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/sealing/file_verifier.h"
#include "platform/zip/stored_archives.h"
#include "server/subcommands.h"

namespace tongban {
namespace {

std::string read_whole(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    if (!in) throw std::runtime_error("cannot read " + path);
    return std::move(out).str();
}

std::string read_if_named(const std::string& path)
{
    return path.empty() ? std::string{} : read_whole(path);
}

// A capsule may be larger than memory: the kernel brings in what is looked at.
class MappedFile {
public:
    explicit MappedFile(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
    {
        struct stat facts = {};
        if (file_ < 0 || ::fstat(file_, &facts) != 0 || !S_ISREG(facts.st_mode)) fail(path);
        size_ = static_cast<std::size_t>(facts.st_size);
        if (size_ == 0) return;
        data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
        if (data_ == MAP_FAILED) fail(path);
    }
    ~MappedFile()
    {
        if (data_ != nullptr) ::munmap(data_, size_);
        ::close(file_);
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

private:
    [[noreturn]] void fail(const std::string& path)
    {
        if (file_ >= 0) ::close(file_);
        throw std::runtime_error("cannot read " + path);
    }
    int file_;
    std::size_t size_ = 0;
    void* data_ = nullptr;
};

}  // namespace

int verify_file(const VerifyChoice& choice)
{
    std::string roots;
    for (const std::string& root : choice.roots) roots += read_whole(root) + "\n";
    if (choice.roots.empty()) roots = trusted_certificates(choice.authority);
    const auto judge = make_signature_judge({roots});
    const auto archives = make_stored_archives();
    const auto documents = make_file_verifier(roots);
    EvidenceVerifier verifier(*judge, *archives, *documents);
    const MappedFile file(choice.file);
    const std::string seen = read_if_named(choice.seen);
    const EvidenceReport report =
        verifier.verify(file.bytes(), {.seen = seen, .certificates = read_if_named(choice.certificates)});
    if (choice.as_json) {
        fmt::print("{}\n", report_json(report));
    } else {
        fmt::print("{}", report_text(report, choice.language == "en" ? Language::english : Language::chinese));
    }
    return report.is_good() ? 0 : 1;
}

}  // namespace tongban
