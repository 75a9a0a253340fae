#pragma once
// The fine-line frame of a certificate: braided waves (guilloche) between two rules, and a rosette.

#include <vector>

#include "platform/documents/drawing.h"

namespace tongban::documents {

std::vector<Item> guilloche_frame(Spot top_left, double width, double height, double band, Color color);
Shape rosette(Spot center, double radius, Color color);

}  // namespace tongban::documents
