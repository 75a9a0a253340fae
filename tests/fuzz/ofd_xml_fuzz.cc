// sources: src/platform/sealing/ofd_verifier.cc src/platform/sealing/ofd_package.cc src/platform/sealing/ses.cc
// sources: src/platform/zip/zip_format.cc src/platform/zip/zip_reader.cc src/platform/zip/zip_writer.cc
// sources: src/platform/zip/deflate.cc src/platform/crypto/der.cc src/platform/crypto/sm2.cc
// sources: src/platform/crypto/openssl.cc src/platform/crypto/trusted_roots.cc src/platform/crypto/encoding.cc
// sources: src/platform/crypto/sm3.cc src/platform/crypto/gcrypt.cc src/platform/crypto/pdf_verifier.cc
// sources: src/platform/crypto/pdf_signature.cc src/platform/crypto/cms_shape.cc src/platform/crypto/time_stamp.cc
// sources: src/platform/crypto/key_file.cc src/base/clock.cc src/base/problem.cc src/base/http.cc src/base/text.cc
// sources: src/platform/sealing/foreign_ofd.cc
// plain: src/platform/sealing/foreign_pdf.cc
// libraries: crypto gcrypt deflate pugixml boost_json qpdf
// The XML of an OFD, behind a container that is whole: packed, a fuzzer would never get through checksum and deflate.
// Nobody's file is genuine; what is taken for sealing has a place for the seal, and its container can be closed.
#include <cstdint>
#include <cstdlib>

#include "platform/crypto/certificate_maker.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/foreign_documents.h"
#include "platform/sealing/ofd_verifier.h"
#include "platform/zip/zip_writer.h"

namespace {

using namespace tongban;

void promise(bool kept)
{
    if (!kept) std::abort();
}

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
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    constexpr std::string_view paths[] = {"OFD.xml", "Doc_0/Document.xml", "Doc_0/Signs/Signatures.xml",
                                          "Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat"};
    ZipWriter zip;
    for (const std::string_view path : paths) {
        const std::size_t end = rest.find("\n====\n");
        zip.add(std::string(path), rest.substr(0, end), Packing::stored);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 6);
    }
    const std::string ofd = zip.finish();
    const FileVerdict verdict = verify_ofd(ofd, roots());
    promise(!verdict.is_genuine() && !verdict.reason.empty() && verdict.agency == 0);
    const auto package = ofd_with_place(ofd);
    if (!package) return 0;
    promise(package->stamp.has_value() && package->stamp->page > 0 && package->stamp->width > 0);
    promise(package->parts.front().path == "OFD.xml");
    ZipWriter again;
    for (const ArchivePart& part : package->parts) again.add(part);
    promise(ofd_with_place(again.finish()).error().problem == &foreign_file_problem::already_signed);
    return 0;
}
