// The [programmes.NAME] tables of a study: who is driven, with which pulse, by what control.
//
// Errors (ConfigError with file, line, caret): those of contact_configuration.hpp and of pulses; no
// programme; programmes of different controls (a study's tables have one unit); control by voltage
// of point sources, which have no impedance; shares in per cent under control by voltage, where the
// impedances decide them.
#pragma once

#include "config/table.hpp"
#include "study/study.hpp"

#include <string>
#include <vector>

namespace foramen::study {

struct Programmes {
  std::vector<stimulus::Programme> programmes; // one per contact configuration
  std::vector<response::Role> targets;
  Control control = Control::current;
};

// `meshed`: whether the field knows impedances.
Programmes read_programmes(config::Table root, const std::vector<std::string>& contact_names,
                           bool meshed);

} // namespace foramen::study
