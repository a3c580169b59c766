#include "axon/drive.hpp"

#include "core/error.hpp"

#include <cmath>

namespace foramen::axon {

void check_field(const Cable& cable, const stimulus::FieldAtFibre& field) {
  const std::vector<double>& ve = field.mV_per_mA;
  const std::string place = concat("potential along a fibre (", cable.name().model, ", ",
                                   cable.name().diameter.in(um), " um)");
  if (ve.size() != cable.n_compartments())
    throw ConfigError(place,
                      concat(ve.size(), " samples for ", cable.n_compartments(), " compartments"),
                      "sample the potential at every one of Cable::centres()");
  for (std::size_t i = 0; i < ve.size(); ++i)
    if (!std::isfinite(ve[i]))
      throw ConfigError(place, concat("the sample at compartment ", i, " is not a finite number"),
                        "check that the fibre lies within the domain of the field");
}

Drive field_drive(const Cable& cable, const stimulus::FieldAtFibre& field) {
  const std::vector<double>& ve = field.mV_per_mA;
  check_field(cable, field);
  Drive drive{std::vector<double>(ve.size()), std::vector<double>(ve.size())};
  for (std::size_t i = 0; i + 1 < ve.size(); ++i) {
    const Compartment& c = cable.compartment(i);
    const double axial = c.axial_mS * (ve[i + 1] - ve[i]);
    const double periaxonal = c.periaxonal_mS * (ve[i + 1] - ve[i]);
    drive.axial_uA[i] += axial;
    drive.axial_uA[i + 1] -= axial;
    drive.periaxonal_uA[i] += periaxonal;
    drive.periaxonal_uA[i + 1] -= periaxonal;
  }
  return drive;
}

Drive injection_drive(const Cable& cable, std::size_t node) {
  FORAMEN_EXPECT(node < cable.n_nodes(), "node ", node, " of ", cable.n_nodes());
  Drive drive{std::vector<double>(cable.n_compartments()),
              std::vector<double>(cable.n_compartments())};
  drive.axial_uA[cable.node(node)] = 1.0;
  return drive;
}

} // namespace foramen::axon
