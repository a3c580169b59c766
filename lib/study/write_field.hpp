// Potential and current density on the mesh, as field.h5 and field.xdmf for ParaView.
//
// The potential of every contact at nodes (ohm), and in the middle of elements the current density
// J = -sigma grad phi (A/m^2 per A): of the best programme during its first phase, 1 A of amplitude
// (into its cathodes), or per ampere out of every contact, as Study::output asks.
#pragma once

#include "study/stages.hpp"
#include "study/study_result.hpp"

#include <string>
#include <vector>

namespace foramen::study {

std::vector<std::string> write_field(const Study& study, const StudyResult& result,
                                     FieldStage& field, const std::string& folder);

} // namespace foramen::study
