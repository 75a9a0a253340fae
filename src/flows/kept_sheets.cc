#include "flows/kept_sheets.h"

namespace tongban {

std::shared_ptr<const ComposedSheet> KeptSheets::find(Agency agency, const std::string& number,
                                                      const SheetMark& mark) const
{
    const std::lock_guard lock(mutex_);
    const auto found = sheets_.find({agency, number});
    return found != sheets_.end() && found->second.mark == mark ? found->second.sheet : nullptr;
}

void KeptSheets::keep(Agency agency, const std::string& number, const SheetMark& mark,
                      std::shared_ptr<const ComposedSheet> sheet)
{
    const std::lock_guard lock(mutex_);
    if (const auto before = sheets_.find({agency, number}); before != sheets_.end()) {
        bytes_ -= before->second.sheet->json.size();
        sheets_.erase(before);
    }
    if (bytes_ + sheet->json.size() > bytes_max_) {  // costs every sheet one reading, which is cheap and rare
        sheets_.clear();
        bytes_ = 0;
    }
    bytes_ += sheet->json.size();
    sheets_.emplace(std::pair{agency, number}, Kept{mark, std::move(sheet)});
}

}  // namespace tongban
