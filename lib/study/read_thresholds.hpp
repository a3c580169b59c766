// The [thresholds] table of a study: how they are searched for, and at what they are reported.
//
// Errors (ConfigError with file, line, caret): numbers out of range; no fraction; a current where
// programmes are controlled by voltage, or the other way round.
#pragma once

#include "config/table.hpp"
#include "study/study.hpp"

namespace foramen::study {

ThresholdSettings read_thresholds(config::Table table, Control control);

} // namespace foramen::study
