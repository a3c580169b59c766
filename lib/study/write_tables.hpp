// CSV tables of a run, for spreadsheets: the summary, every threshold, the recruitment curves.
#pragma once

#include "study/study_result.hpp"

#include <string>
#include <vector>

namespace foramen::study {

// summary.csv, thresholds.csv, recruitment.csv in `folder`; returns their paths. Throws WorldError.
std::vector<std::string> write_tables(const Study& study, const StudyResult& result,
                                      const std::string& folder);

} // namespace foramen::study
