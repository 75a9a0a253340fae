#include "base/verdict.h"

namespace tongban {

std::vector<std::string> in_chinese(const std::vector<Words>& lines)
{
    std::vector<std::string> all;
    all.reserve(lines.size());
    for (const Words& line : lines) all.push_back(line.chinese);
    return all;
}

}  // namespace tongban
