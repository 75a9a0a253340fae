// Somebody else's OFD made ready for a seal: every part as it was, but OFD.xml, which must name the list of signatures.
#include <algorithm>
#include <charconv>
#include <pugixml.hpp>
#include <sstream>

#include "platform/sealing/foreign_documents.h"
#include "platform/sealing/ofd_seal.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"

namespace tongban {
namespace {

constexpr std::size_t xml_bytes_max = 4U << 20;
constexpr double seal_size = 42;    // mm, GB/T 38540's usual round seal
constexpr double seal_margin = 15;  // from the lower right corner

std::string_view local_name(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name)
{
    for (const pugi::xml_node one : node.children())
        if (local_name(one.name()) == name) return one;
    return {};
}

bool parse(pugi::xml_document& document, const ZipReader& zip, std::string_view path)
{
    const ZipReader::Entry* entry = zip.find(path);
    if (entry == nullptr || entry->size > xml_bytes_max) return false;
    const auto content = ZipReader::content(*entry);
    return content && document.load_buffer(content->data(), content->size(), pugi::parse_default);
}

// "0 0 210 297", whatever blanks are between the numbers.
std::optional<std::array<double, 4>> read_box(std::string_view text)
{
    std::array<double, 4> box{};
    for (double& number : box) {
        const std::size_t from = text.find_first_not_of(" \t\r\n");
        if (from == std::string_view::npos) return std::nullopt;
        text.remove_prefix(from);
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc{}) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    constexpr double side_max = 5000;
    if (!(box[2] > 0 && box[2] < side_max && box[3] > 0 && box[3] < side_max)) return std::nullopt;
    return box;
}

std::optional<OfdPackage::Stamp> seal_place(const ZipReader& zip, std::string_view document_path)
{
    pugi::xml_document document;
    if (!parse(document, zip, document_path)) return std::nullopt;
    const pugi::xml_node top = child(document, "Document");
    const pugi::xml_node page = child(child(top, "Pages"), "Page");
    const auto box = read_box(child(child(child(top, "CommonData"), "PageArea"), "PhysicalBox").text().get());
    OfdPackage::Stamp place;
    place.page = page.attribute("ID").as_int();
    if (!box || place.page <= 0) return std::nullopt;
    place.width = place.height = std::min({seal_size, (*box)[2], (*box)[3]});
    place.x = std::max(0.0, (*box)[2] - place.width - seal_margin);
    place.y = std::max(0.0, (*box)[3] - place.height - seal_margin);
    return place;
}

}  // namespace

Result<OfdPackage> ofd_with_place(std::string_view ofd)
{
    const ZipReader zip = TRY(ZipReader::open(ofd));
    pugi::xml_document root;
    if (!parse(root, zip, "OFD.xml")) return Error{foreign_file_problem::damaged};
    const pugi::xml_node top = child(root, "OFD");
    pugi::xml_node body = child(top, "DocBody");
    const auto bodies = std::ranges::count_if(
        top.children(), [](const pugi::xml_node& one) { return local_name(one.name()) == "DocBody"; });
    std::string document = child(body, "DocRoot").text().get();
    if (document.starts_with('/')) document.erase(0, 1);
    if (bodies != 1 || document.empty()) return Error{foreign_file_problem::damaged};
    const bool is_sealed = child(body, "Signatures") || std::ranges::any_of(zip.entries(), [](const auto& entry) {
                               return entry.path.starts_with(signatures_path.substr(0, signatures_path.rfind('/') + 1));
                           });
    if (is_sealed) return Error{foreign_file_problem::already_signed};

    OfdPackage package;
    package.stamp = seal_place(zip, document);
    if (!package.stamp) return Error{foreign_file_problem::damaged};
    const std::string prefix(body.name(), std::string_view(body.name()).size() - std::string_view("DocBody").size());
    body.append_child((prefix + "Signatures").c_str()).text().set(("/" + std::string(signatures_path)).c_str());
    std::ostringstream text;
    root.save(text, "", pugi::format_raw, pugi::encoding_utf8);
    package.parts.push_back(pack("OFD.xml", text.str(), Packing::deflated));
    for (const ZipReader::Entry& entry : zip.entries()) {
        if (entry.path == "OFD.xml" || entry.path.ends_with('/')) continue;
        const auto content = ZipReader::content(entry);
        if (!content) return Error{foreign_file_problem::damaged};
        package.parts.push_back(
            pack(std::string(entry.path), *content, entry.is_deflated ? Packing::deflated : Packing::stored));
    }
    return package;
}

namespace {

class Files final : public ForeignFiles {
public:
    Result<std::string> pdf_with_hole(std::string_view pdf, Millis at) override
    {
        return tongban::pdf_with_hole(pdf, at);
    }
    Result<OfdPackage> ofd_with_place(std::string_view ofd) override { return tongban::ofd_with_place(ofd); }
};

}  // namespace

std::unique_ptr<ForeignFiles> make_foreign_files()
{
    return std::make_unique<Files>();
}

}  // namespace tongban
