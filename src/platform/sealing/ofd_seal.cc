#include "platform/sealing/ofd_seal.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/crypto.h"
#include "platform/crypto/encoding.h"
#include "platform/crypto/sm2.h"
#include "platform/sealing/ses.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view ofd_namespace = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

std::string base64_of_hex(std::string_view hex)
{
    const std::string bytes = crypto::from_hex(hex).value();
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

// Names every part with its digest; the time is for people, in China's zone: the binding one is in the signature.
std::string signature_xml(const OfdPackage& package, const std::vector<ArchivePart>& more, Millis at)
{
    std::string references;
    const auto add = [&](const ArchivePart& part) {
        references += fmt::format("<ofd:Reference FileRef=\"/{}\"><ofd:CheckValue>{}</ofd:CheckValue></ofd:Reference>",
                                  part.path, base64_of_hex(part.sm3));
    };
    for (const ArchivePart& part : package.parts) add(part);
    for (const ArchivePart& part : more) add(part);
    const OfdPackage::Stamp& stamp = *package.stamp;
    return fmt::format(
        "{}<ofd:Signature {}><ofd:SignedInfo><ofd:Provider ProviderName=\"Tongban\" Company=\"Tongban\" "
        "Version=\"1.0\"/>"
        "<ofd:SignatureMethod>{}</ofd:SignatureMethod><ofd:SignatureDateTime>{}</ofd:SignatureDateTime>"
        "<ofd:References CheckMethod=\"{}\">{}</ofd:References><ofd:StampAnnot ID=\"1\" PageRef=\"{}\" "
        "Boundary=\"{:.3f} {:.3f} {:.3f} {:.3f}\"/><ofd:Seal><ofd:BaseLoc>/{}</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        "<ofd:SignedValue>/{}</ofd:SignedValue></ofd:Signature>\n",
        xml_head, ofd_namespace, ses::sm2_with_sm3, china_date_time(at), ses::sm3_name, references, stamp.page, stamp.x,
        stamp.y, stamp.width, stamp.height, seal_path, signed_value_path);
}

}  // namespace

std::string ofd_with_seal(const OfdPackage& package, const SealInHand& seal, Millis at)
{
    TONGBAN_ASSERT(package.stamp.has_value());
    // The list of signatures is signed too: nobody can add another one.
    const std::string signatures = fmt::format(
        "{}<ofd:Signatures {}><ofd:MaxSignId>1</ofd:MaxSignId><ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"/{}\"/>"
        "</ofd:Signatures>\n",
        xml_head, ofd_namespace, signature_path);
    const std::vector<ArchivePart> more{pack(std::string(signatures_path), signatures, Packing::deflated),
                                        pack(std::string(seal_path), seal.esl, Packing::stored)};
    const std::string xml = signature_xml(package, more, at);
    const std::string digest = crypto::from_hex(sm3_hex(xml)).value();
    const std::string to_sign = ses::encode_to_sign(seal.esl, at, digest, "/" + std::string(signature_path));
    const std::string value = ses::encode_signature(to_sign, seal.certificate, crypto::sm2_sign(seal.key, to_sign));
    ZipWriter zip;
    for (const ArchivePart& part : package.parts) zip.add(part);
    for (const ArchivePart& part : more) zip.add(part);
    zip.add(std::string(signature_path), xml, Packing::deflated);
    zip.add(std::string(signed_value_path), value, Packing::stored);
    return zip.finish();
}

}  // namespace tongban
