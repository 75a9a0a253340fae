#include "platform/documents/font_subset.h"

#include <algorithm>
#include <stdexcept>

#include "base/crypto.h"
#include "platform/documents/font_tables.h"

namespace tongban::documents {
namespace {

void add_table(hb_face_t* builder, const char* tag, const std::string& bytes)
{
    const HbBlob blob(hb_blob_create_or_fail(bytes.data(), static_cast<unsigned>(bytes.size()),
                                             HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
    TONGBAN_ASSERT(blob != nullptr && hb_face_builder_add_table(builder, hb_tag_from_string(tag, 4), blob.get()) != 0);
}

}  // namespace

FontSubset subset_of(const Face& face, const std::vector<char32_t>& characters)
{
    const HbInput input(hb_subset_input_create_or_fail());
    TONGBAN_ASSERT(input != nullptr);
    // Characters, not glyphs: with a glyph set HarfBuzz 6.0 walks the whole cmap (documents.md A.4).
    hb_set_t* wanted = hb_subset_input_unicode_set(input.get());
    for (const char32_t c : characters) hb_set_add(wanted, c);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const char* tag : {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "cmap", "name", "OS/2",
                            "post", "DSIG", "FFTM", "mort", "morx", "kern", "gasp", "cvt ", "fpgm", "prep"})
        hb_set_add(dropped, hb_tag_from_string(tag, 4));
    const HbPlan plan(hb_subset_plan_create_or_fail(face.handle(), input.get()));
    TONGBAN_ASSERT(plan != nullptr);
    const hb_map_t* renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan.get());

    FontSubset subset;
    std::string used;
    for (const char32_t c : characters) {
        const hb_codepoint_t glyph = hb_map_get(renumbered, face.glyph(c));
        TONGBAN_ASSERT(glyph != HB_MAP_VALUE_INVALID && glyph != 0);
        subset.glyphs.push_back(glyph);
        used += std::to_string(static_cast<std::uint32_t>(c)) + ",";
    }
    const std::string digest = sm3_hex(used);
    for (std::size_t i = 0; i < 6; ++i)
        subset.tag += static_cast<char>('A' + std::stoi(digest.substr(2 * i, 2), nullptr, 16) % 26);

    const HbFace made(hb_subset_plan_execute_or_fail(plan.get()));
    TONGBAN_ASSERT(made != nullptr);
    SubsetFacts facts;
    facts.name = subset.tag + "+" + face.name();
    for (std::size_t i = 0; i < characters.size(); ++i) facts.glyphs.emplace_back(characters[i], subset.glyphs[i]);
    std::sort(facts.glyphs.begin(), facts.glyphs.end());
    const hb_font_extents_t extents = face.extents();
    facts.units_per_em = static_cast<int>(hb_face_get_upem(face.handle()));
    facts.ascender = extents.ascender;
    facts.descender = extents.descender;
    facts.is_bold = face.name().find("Bold") != std::string::npos;
    add_table(made.get(), "cmap", cmap_table(facts));
    add_table(made.get(), "name", name_table(facts));
    add_table(made.get(), "OS/2", os2_table(facts));
    add_table(made.get(), "post", post_table());
    const HbBlob blob(hb_face_reference_blob(made.get()));
    unsigned size = 0;
    const char* data = hb_blob_get_data(blob.get(), &size);
    subset.file.assign(data, size);
    return subset;
}

}  // namespace tongban::documents
