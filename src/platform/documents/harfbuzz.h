#pragma once
// HarfBuzz objects as owners. Internal to platform/documents.

#include <hb-subset.h>
#include <hb.h>

#include <memory>

namespace tongban::documents {

template <auto free_it>
struct FreeHb {
    template <class T>
    void operator()(T* it) const
    {
        free_it(it);
    }
};

using HbBlob = std::unique_ptr<hb_blob_t, FreeHb<hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, FreeHb<hb_face_destroy>>;
using HbFont = std::unique_ptr<hb_font_t, FreeHb<hb_font_destroy>>;
using HbSet = std::unique_ptr<hb_set_t, FreeHb<hb_set_destroy>>;
using HbDraw = std::unique_ptr<hb_draw_funcs_t, FreeHb<hb_draw_funcs_destroy>>;
using HbInput = std::unique_ptr<hb_subset_input_t, FreeHb<hb_subset_input_destroy>>;
using HbPlan = std::unique_ptr<hb_subset_plan_t, FreeHb<hb_subset_plan_destroy>>;

}  // namespace tongban::documents
