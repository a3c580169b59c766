// The [populations.NAME] tables of a study: its fibres, each table a group of one kind.
//
// Errors (ConfigError with file, line, caret): no population; a fibre model or a file of diameters
// that is not there; a diameter that the model does not have.
#pragma once

#include "config/table.hpp"
#include "study/study.hpp"

#include <vector>

namespace foramen::study {

std::vector<PopulationSettings> read_populations(config::Table root);

} // namespace foramen::study
