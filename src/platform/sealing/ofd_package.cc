#include "platform/sealing/ofd_package.h"

#include <algorithm>
#include <pugixml.hpp>

namespace tongban {
namespace {

constexpr std::size_t xml_bytes_max = 4 << 20;
constexpr std::size_t references_max = 1000;

std::string_view local_name(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Whatever prefix a writer has chosen for the OFD namespace.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name)
{
    for (const pugi::xml_node one : node.children())
        if (local_name(one.name()) == name) return one;
    return {};
}

std::string text_of(const pugi::xml_node& node)
{
    std::string text = node.text().get();
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    return text;
}

// "/Doc_0/x" from the root of the container, "x" beside the file that says it.
std::string resolved(std::string_view file, std::string_view path)
{
    if (path.starts_with('/')) return std::string(path.substr(1));
    const std::size_t slash = file.rfind('/');
    return slash == std::string_view::npos ? std::string(path)
                                           : std::string(file.substr(0, slash + 1)) + std::string(path);
}

// No DTD, no entities but the five of XML: pugixml expands nothing else.
bool parse(pugi::xml_document& document, const ZipReader& zip, std::string_view path, std::string* bytes = nullptr)
{
    const ZipReader::Entry* entry = zip.find(path);
    if (entry == nullptr || entry->size > xml_bytes_max) return false;
    const auto content = ZipReader::content(*entry);
    if (!content || !document.load_buffer(content->data(), content->size(), pugi::parse_minimal | pugi::parse_escapes))
        return false;
    if (bytes != nullptr) *bytes = *content;
    return true;
}

}  // namespace

OfdReading read_signature_of(const ZipReader& zip, OfdSignature& signature)
{
    pugi::xml_document root;
    if (zip.find("OFD.xml") == nullptr) return OfdReading::no_ofd;
    if (!parse(root, zip, "OFD.xml")) return OfdReading::broken;
    const std::string list = text_of(child(child(child(root, "OFD"), "DocBody"), "Signatures"));
    if (list.empty()) return OfdReading::not_signed;
    signature.list_path = resolved("OFD.xml", list);

    pugi::xml_document listed;
    if (!parse(listed, zip, signature.list_path)) return OfdReading::broken;
    int count = 0;
    for (const pugi::xml_node one : child(listed, "Signatures").children()) {
        if (local_name(one.name()) != "Signature") continue;
        if (++count == 1) signature.path = resolved(signature.list_path, one.attribute("BaseLoc").value());
    }
    if (count == 0) return OfdReading::not_signed;
    if (count > 1) return OfdReading::several;

    pugi::xml_document document;
    if (!parse(document, zip, signature.path, &signature.xml)) return OfdReading::broken;
    const pugi::xml_node top = child(document, "Signature");
    const pugi::xml_node info = child(top, "SignedInfo");
    const std::string seal = text_of(child(child(info, "Seal"), "BaseLoc"));
    if (!seal.empty()) signature.seal_path = resolved(signature.path, seal);
    const pugi::xml_node references = child(info, "References");
    signature.method = references.attribute("CheckMethod").value();
    for (const pugi::xml_node one : references.children()) {
        if (local_name(one.name()) != "Reference") continue;
        if (signature.references.size() == references_max) return OfdReading::broken;
        signature.references.push_back(
            {resolved(signature.path, one.attribute("FileRef").value()), text_of(child(one, "CheckValue"))});
    }
    signature.value_path = resolved(signature.path, text_of(child(top, "SignedValue")));
    const ZipReader::Entry* value = zip.find(signature.value_path);
    const auto content = value == nullptr ? std::nullopt : ZipReader::content(*value);
    if (!content || signature.references.empty()) return OfdReading::broken;
    signature.value = *content;
    return OfdReading::good;
}

}  // namespace tongban
