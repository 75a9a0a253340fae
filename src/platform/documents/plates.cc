#include "platform/documents/plates.h"

namespace tongban::documents {

Plates make_plates(const Drawing& drawing, const FontBook& fonts)
{
    Plates plates(fonts.faces().size());
    for (const Page& page : drawing.pages)
        for (const Item& item : page.items) {
            const auto* run = std::get_if<TextRun>(&item);
            if (run == nullptr) continue;
            for (const Glyph& glyph : run->glyphs) {
                Plate& plate = plates[static_cast<std::size_t>(glyph.face)];
                const auto [at, is_new] =
                    plate.codes.try_emplace(glyph.character, static_cast<int>(plate.characters.size()) + 1);
                if (is_new) plate.characters.push_back(glyph.character);
            }
        }
    for (std::size_t i = 0; i < plates.size(); ++i) {
        if (!plates[i].is_used()) continue;
        plates[i].subset = subset_of(*fonts.faces()[i], plates[i].characters);
        plates[i].packed = deflate(plates[i].subset.file);
    }
    return plates;
}

}  // namespace tongban::documents
