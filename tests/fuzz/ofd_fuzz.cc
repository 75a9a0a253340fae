// sources: src/platform/sealing/ofd_verifier.cc src/platform/sealing/ofd_package.cc src/platform/sealing/ses.cc
// sources: src/platform/zip/zip_format.cc src/platform/zip/zip_reader.cc src/platform/zip/zip_writer.cc
// sources: src/platform/zip/deflate.cc src/platform/crypto/der.cc src/platform/crypto/sm2.cc
// sources: src/platform/crypto/openssl.cc src/platform/crypto/trusted_roots.cc src/platform/crypto/encoding.cc
// sources: src/platform/crypto/sm3.cc src/platform/crypto/gcrypt.cc src/platform/crypto/pdf_verifier.cc
// sources: src/platform/crypto/pdf_signature.cc src/platform/crypto/cms_shape.cc src/platform/crypto/time_stamp.cc
// sources: src/platform/crypto/key_file.cc src/base/clock.cc src/base/problem.cc src/base/http.cc src/base/text.cc
// libraries: crypto gcrypt deflate pugixml boost_json
// A file that claims to be a sealed OFD, or a signed PDF: ZIP, XML and DER below it. Whatever comes, there is a
// verdict, it is none that a stranger could make genuine, and it has a reason in words.
#include <cstdint>
#include <cstdlib>

#include "platform/crypto/certificate_maker.h"
#include "platform/crypto/pdf_verifier.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/ofd_verifier.h"
#include "platform/sealing/ses.h"

namespace {

using namespace tongban;

void promise(bool kept)
{
    if (!kept) std::abort();
}

// A root that signed nothing.
const crypto::TrustedRoots& roots()
{
    static const crypto::TrustedRoots made([] {
        const crypto::Key key = crypto::new_sm2_key();
        crypto::Certificate certificate(X509_new());
        X509_set_version(certificate.get(), X509_VERSION_3);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -1000);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 1'000'000);
        X509_set_pubkey(certificate.get(), key.get());
        crypto::sm2_sign_certificate(certificate.get(), key.get());
        return crypto::to_pem(certificate.get());
    }());
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const FileVerdict& verdict : {verify_ofd(bytes, roots()), crypto::verify_pdf(bytes, roots())}) {
        promise(!verdict.is_genuine() && !verdict.reason.empty());
        promise(verdict.agency == 0 && verdict.seal_name.empty());
    }
    const auto seal = ses::read_seal(bytes);
    if (seal) promise(seal->signed_bytes.size() <= bytes.size());
    (void)ses::read_signature(bytes);
    (void)crypto::certificate_from_der(bytes);
    return 0;
}
