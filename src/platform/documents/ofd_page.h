#pragma once
// One page of a drawing as Content.xml. Internal to platform/documents.

#include <string>
#include <vector>

#include "platform/documents/drawing.h"
#include "platform/documents/plates.h"

namespace tongban::documents {

// Ids are one sequence for the whole document: fonts and pictures first, then pages with their objects.
struct OfdIds {
    std::vector<int> fonts;            // by face; 0: not used
    std::vector<const Ink*> pictures;  // in the order of their ids
    int first_picture = 0;
    int last = 0;

    int next() { return ++last; }
    int picture(const Ink* ink) const;
};

// `omit_signing_seal`: the signature brings the seal's picture along.
std::string ofd_page_content(const Page& page, const Plates& plates, OfdIds& ids, bool omit_signing_seal);

}  // namespace tongban::documents
