// Which contacts are cathodes and anodes: the clinician's shorthand to weights.
//
//   "E3- case+"            contact E3 is the cathode, the case takes the current back
//   "E3- E4+"              a bipole
//   "E2- 60 %, E3- 40 %, E4+"   cathodes share the current as stated (equally when nothing is said)
//   "cranial:E1- caudal:E3+"    contacts of several leads, by their names
//   "each"                 every contact in turn against the case: "E1- case+", "E2- case+", ...
//   "adjacent pairs"       "E1- E2+", "E2- E3+", ... on each lead
//
// The weights follow stimulus::Programme: +1 is the cathode of the first phase, -1 the anode; the
// amplitude is the total cathodic current. "-" and "+" name the first phase.
#pragma once

#include <string>
#include <vector>

namespace foramen::study {

struct ContactConfiguration {
  std::string name;            // "E3- case+", as printed in tables
  std::vector<double> weights; // per contact
  bool returns_through_case = false;
  bool states_shares = false; // "60 %"
};

struct ContactConfigurationProblem {
  std::string cause, remedy; // empty cause: no problem
};

// All configurations that `text` stands for, or the problem with it: unknown contact (names the
// nearest), no cathode, no return ("E3-" alone), the same contact twice, shares that do not sum to
// 100 %.
ContactConfigurationProblem expand_contacts(const std::string& text,
                                            const std::vector<std::string>& contact_names,
                                            std::vector<ContactConfiguration>& configurations);

} // namespace foramen::study
