#pragma once
// The name under which people know a file of a material line. It comes in the header X-File-Name, because what stands
// in an address lands in the logs of every proxy on the way, and people name scans after the person in them.

#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace tongban {

struct FileName {
    std::string value;  // trimmed and masked, as it is stored; empty when there is a fault
    std::optional<Fault> fault;
};

// Of the header's value: UTF-8, percent-encoded (encodeURIComponent), 1 … 200 characters.
FileName read_file_name(std::string_view header);

// The same text with what looks like a citizen's number or a mobile number hidden: runs of 18 or 15 digits, 17 and an
// X, 11, also with 86 before it, and the usual ways to write them in groups (6-8-4, 3-4-4). Full-width digits count as
// digits. Longer and shorter runs (dates, case numbers, what cameras write) stay.
std::string masked_file_name(std::string_view name);

}  // namespace tongban
