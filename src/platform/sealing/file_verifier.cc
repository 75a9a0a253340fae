#include "platform/sealing/file_verifier.h"

#include "base/clock.h"
#include "platform/crypto/pdf_verifier.h"
#include "platform/sealing/ofd_verifier.h"

namespace tongban {
namespace {

bool looks_like_zip(std::string_view bytes)
{
    // A damaged head does not make an OFD something else: its parts say their names in clear.
    return bytes.starts_with("PK") ||
           (!bytes.starts_with("%PDF-") && bytes.find("Doc_0/Document.xml") != std::string_view::npos);
}

void put_into_words(FileVerdict& verdict)
{
    if (!verdict.is_genuine()) {
        verdict.not_proven = {
            {"文件由登记机构签发", "that a registry issued it"},
            {"文件所载内容属实",    "that what it says is true"},
        };
        return;
    }
    const bool is_dated = verdict.signed_at != 0;
    const std::string when = is_dated ? "，签名时间" + china_date_time(verdict.signed_at) : "";
    const std::string when_english = is_dated ? ", signed at " + utc_text(verdict.signed_at) : "";
    if (verdict.format == FileFormat::ofd) {
        verdict.proven.push_back(
            {"电子印章“" + verdict.seal_name + "”真实，签章时在有效期内，签章人为" + verdict.signer_name + when,
             "the electronic seal " + verdict.seal_name + " is genuine and was valid then; by " + verdict.signer_name +
                 when_english});
        verdict.proven.push_back({"签章覆盖文件的全部内容，签章后没有任何改动",
                                  "the seal covers the whole file, and nothing was changed since"});
    } else {
        verdict.proven.push_back({"电子签名完整，签名人为" + verdict.signer_name + when,
                                  "the signature is intact; by " + verdict.signer_name + when_english});
        verdict.proven.push_back({"签名覆盖文件的全部内容，签名后没有任何改动",
                                  "the signature covers the whole file, and nothing was changed since"});
    }
    if (verdict.stamped_at != 0) {
        verdict.proven.push_back(
            {"时间戳机构“" + verdict.stamped_by + "”证明签名不晚于" + china_date_time(verdict.stamped_at),
             "the time-stamping authority " + verdict.stamped_by + " says that it was signed no later than " +
                 utc_text(verdict.stamped_at)});
    } else {
        verdict.not_proven.push_back({"签名时间（由签名人自己的时钟给出，没有时间戳佐证）",
                                      "when it was signed: only the signer's own clock says so, no time stamp does"});
    }
}

class Verifier final : public FileVerifier {
public:
    explicit Verifier(const std::string& pem) : roots_(pem) {}

    FileVerdict verify(std::string_view bytes) override
    {
        FileVerdict verdict = looks_like_zip(bytes) ? verify_ofd(bytes, roots_) : crypto::verify_pdf(bytes, roots_);
        put_into_words(verdict);
        return verdict;
    }

private:
    const crypto::TrustedRoots roots_;
};

}  // namespace

std::unique_ptr<FileVerifier> make_file_verifier(const std::string& roots_pem)
{
    return std::make_unique<Verifier>(roots_pem);
}

}  // namespace tongban
