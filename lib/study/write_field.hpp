// The potential of every contact on the mesh, as field.h5 and field.xdmf for ParaView.
#pragma once

#include "study/stages.hpp"

#include <string>
#include <vector>

namespace foramen::study {

std::vector<std::string> write_field(const Study& study, FieldStage& field,
                                     const std::string& folder);

} // namespace foramen::study
