// The [field] table of a study: how the potential is computed, and how exactly.
//
// Errors (ConfigError with file, line, caret): settings that exclude one another (a mesh of one's
// own or point sources and refinement, a [case] and a grounded boundary), numbers out of range, and
// those of own_mesh.hpp.
#pragma once

#include "config/table.hpp"
#include "study/study.hpp"

#include <string>
#include <vector>

namespace foramen::study {

// `study_file`: paths are relative to it. `scene`: the tissues, which point sources must be without
// and groups of a mesh may be. `has_case`: the study has a [case].
FieldSettings read_field(config::Table table, const std::string& study_file,
                         const anatomy::Scene& scene, const std::vector<std::string>& contact_names,
                         bool has_case);

} // namespace foramen::study
