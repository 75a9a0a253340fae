#include "platform/documents/ofd_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/clock.h"
#include "base/crypto.h"
#include "platform/documents/ofd_page.h"
#include "platform/documents/ofd_text.h"
#include "platform/documents/png.h"
#include "platform/zip/zip_writer.h"

namespace tongban::documents {
namespace {

constexpr Color ink_color{0.063, 0.094, 0.251};  // as in the PDF
constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct Resources {
    std::string fonts;     // PublicRes.xml
    std::string pictures;  // DocumentRes.xml; empty: none
    std::vector<ArchivePart> files;
};

Resources write_resources(const FontBook& fonts, const Plates& plates, const OfdIds& ids)
{
    Resources all;
    all.fonts = fmt::format("{}<ofd:Res {} BaseLoc=\"Res\"><ofd:Fonts>", xml_head, ofd_namespace);
    for (std::size_t i = 0; i < plates.size(); ++i) {
        if (!plates[i].is_used()) continue;
        const Plate& plate = plates[i];
        const std::string& name = fonts.faces()[i]->name();
        const std::string file = fmt::format("font_{}.ttf", ids.fonts[i]);
        all.fonts += fmt::format(
            "<ofd:Font ID=\"{}\" FontName=\"{}\" FamilyName=\"{}\"{}><ofd:FontFile>{}</ofd:FontFile></ofd:Font>",
            ids.fonts[i], name, name, name.ends_with("Bold") ? " Bold=\"true\"" : "", file);
        all.files.push_back({"Doc_0/Res/" + file, sm3_hex(plate.subset.file), plate.packed.bytes, plate.packed.crc32,
                             static_cast<std::uint32_t>(plate.packed.size), true});
    }
    all.fonts += "</ofd:Fonts></ofd:Res>\n";
    if (ids.pictures.empty()) return all;
    all.pictures = fmt::format("{}<ofd:Res {} BaseLoc=\"Res\"><ofd:MultiMedias>", xml_head, ofd_namespace);
    for (std::size_t i = 0; i < ids.pictures.size(); ++i) {
        const Ink& ink = *ids.pictures[i];
        const int id = ids.first_picture + static_cast<int>(i);
        const std::string file = fmt::format("ink_{}.png", id);
        all.pictures += fmt::format(
            "<ofd:MultiMedia ID=\"{}\" Type=\"Image\" "
            "Format=\"PNG\"><ofd:MediaFile>{}</ofd:MediaFile></ofd:MultiMedia>",
            id, file);
        all.files.push_back(
            pack("Doc_0/Res/" + file, write_png(ink.width, ink.height, ink.coverage, ink_color), Packing::stored));
    }
    all.pictures += "</ofd:MultiMedias></ofd:Res>\n";
    return all;
}

std::string root_xml(const Drawing& drawing, const std::string& id)
{
    std::string facts;
    for (const auto& [name, value] : drawing.facts)
        if (!value.empty())
            facts += fmt::format("<ofd:CustomData Name=\"{}\">{}</ofd:CustomData>", escaped(name), escaped(value));
    if (!facts.empty()) facts = "<ofd:CustomDatas>" + facts + "</ofd:CustomDatas>";
    return fmt::format(
        "{}<ofd:OFD {} DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>{}</ofd:DocID>"
        "<ofd:Title>{}</ofd:Title><ofd:CreationDate>{}</ofd:CreationDate><ofd:Creator>Tongban</ofd:Creator>{}"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{}</ofd:DocBody></ofd:OFD>\n",
        xml_head, ofd_namespace, id, escaped(drawing.title), china_date(drawing.made_at), facts,
        drawing.signature ? "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>" : "");
}

}  // namespace

OfdPackage write_ofd(const Drawing& drawing, const FontBook& fonts, const Plates& plates)
{
    TONGBAN_ASSERT(!drawing.pages.empty());
    OfdIds ids;
    for (const Plate& plate : plates) ids.fonts.push_back(plate.is_used() ? ids.next() : 0);
    ids.first_picture = ids.last + 1;
    for (const Page& page : drawing.pages)
        for (const Item& item : page.items) {
            const auto* picture = std::get_if<Picture>(&item);
            if (picture == nullptr) continue;
            if (std::ranges::find(ids.pictures, picture->ink.get()) != ids.pictures.end()) continue;
            ids.pictures.push_back(picture->ink.get());
            ids.next();
        }
    const Resources resources = write_resources(fonts, plates, ids);

    OfdPackage package;
    std::vector<ArchivePart> contents;
    std::string pages;
    std::string digests;
    for (std::size_t i = 0; i < drawing.pages.size(); ++i) {
        const Page& page = drawing.pages[i];
        const int id = ids.next();
        const bool is_signed = drawing.signature && drawing.signature->page == i;
        contents.push_back(pack(fmt::format("Doc_0/Pages/Page_{}/Content.xml", i),
                                ofd_page_content(page, plates, ids, is_signed), Packing::deflated));
        pages += fmt::format("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{}/Content.xml\"/>", id, i);
        digests += contents.back().sm3;
        if (is_signed)
            package.stamp = OfdPackage::Stamp{id, drawing.signature->top_left.x, drawing.signature->top_left.y,
                                              drawing.signature->width, drawing.signature->height};
    }
    std::string box = "0 0 ";
    put_number(box, drawing.pages.front().width);
    box += ' ';
    put_number(box, drawing.pages.front().height);
    const std::string document = fmt::format(
        "{}<ofd:Document {}><ofd:CommonData><ofd:MaxUnitID>{}</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>{}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>{}</ofd:CommonData><ofd:Pages>{}"
        "</ofd:Pages></ofd:Document>\n",
        xml_head, ofd_namespace, ids.last, box,
        resources.pictures.empty() ? "" : "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>", pages);
    const std::string id = sm3_hex(digests + drawing.title + std::to_string(drawing.made_at)).substr(0, 32);
    package.parts.push_back(pack("OFD.xml", root_xml(drawing, id), Packing::deflated));
    package.parts.push_back(pack("Doc_0/Document.xml", document, Packing::deflated));
    package.parts.push_back(pack("Doc_0/PublicRes.xml", resources.fonts, Packing::deflated));
    if (!resources.pictures.empty())
        package.parts.push_back(pack("Doc_0/DocumentRes.xml", resources.pictures, Packing::deflated));
    package.parts.insert(package.parts.end(), std::make_move_iterator(contents.begin()),
                         std::make_move_iterator(contents.end()));
    package.parts.insert(package.parts.end(), resources.files.begin(), resources.files.end());
    return package;
}

}  // namespace tongban::documents
