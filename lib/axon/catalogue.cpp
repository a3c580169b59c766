#include "axon/catalogue.hpp"

#include "axon/models/c_fibre.hpp"
#include "axon/models/gaines.hpp"
#include "axon/models/hodgkin_huxley.hpp"
#include "axon/models/mrg.hpp"
#include "axon/models/pena.hpp"
#include "axon/models/rattay.hpp"
#include "axon/models/schild.hpp"
#include "axon/models/sundt.hpp"
#include "axon/models/sweeney.hpp"
#include "axon/models/tigerholm.hpp"
#include "config/table.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <cmath>

namespace foramen::axon {
namespace {

std::string known_names() {
  std::string names;
  for (const FibreModel& m : catalogue())
    names += (names.empty() ? "" : ", ") + m.name;
  return names;
}

void check_diameter(const FibreModel& m, Length diameter) {
  const std::string place = concat("fibre model '", m.name, "'");
  // A hair of tolerance: 5.7 um from text and from a product differ in the last bit.
  const Length hair = 1e-6 * um;
  if (!(diameter >= m.min_diameter - hair && diameter <= m.max_diameter + hair))
    throw ConfigError(
        place, concat("a diameter of ", diameter.in(um), " um lies outside its range"),
        concat("choose from ", m.min_diameter.in(um), " to ", m.max_diameter.in(um), " um"));
  if (m.tabulated.empty())
    return;
  const auto above = std::find_if(m.tabulated.begin(), m.tabulated.end(),
                                  [&](Length d) { return d >= diameter - hair; });
  if (*above - diameter > hair)
    throw ConfigError(place, concat("a diameter of ", diameter.in(um), " um is not in its table"),
                      concat("choose ", (above - 1)->in(um), " or ", above->in(um),
                             " um, or the model 'mrg', which interpolates"));
}

} // namespace

std::span<const FibreModel> catalogue() {
  static const std::vector<FibreModel> models = {
      {"mrg",
       "Modeling the excitability of mammalian nerve fibers; interpolated geometry",
       "10.1152/jn.00353.2001",
       "MRG double cable, passive myelin; any diameter",
       2.0 * um,
       16.0 * um,
       {},
       mrg_internode,
       build_mrg},
      {"mrg_discrete", "Modeling the excitability of mammalian nerve fibers",
       "10.1152/jn.00353.2001", "MRG double cable, passive myelin; the paper's diameters", 1.0 * um,
       16.0 * um, mrg_diameters(), mrg_discrete_internode, build_mrg_discrete},
      {"gaines_motor",
       "A model of motor and sensory axon activation in the median nerve (motor)",
       "10.1007/s10827-018-0689-5",
       "double cable with channels under the myelin, motor",
       4.0 * um,
       16.0 * um,
       {},
       gaines_internode,
       build_gaines_motor},
      {"gaines_sensory",
       "A model of motor and sensory axon activation in the median nerve (sensory)",
       "10.1007/s10827-018-0689-5",
       "double cable with channels under the myelin, sensory",
       4.0 * um,
       16.0 * um,
       {},
       gaines_internode,
       build_gaines_sensory},
      {"pena",
       "Thin myelinated fibres: MRG with small-diameter geometry",
       "10.1371/journal.pcbi.1011833",
       "MRG variant for thin fibres (recommended to 5.7 um)",
       1.011 * um,
       16.0 * um,
       {},
       pena_internode,
       build_pena},
      {"small_mrg",
       "Thin myelinated fibres: small-diameter geometry, nodes of McIntyre et al. 2002",
       "10.1371/journal.pcbi.1011833",
       "pena's geometry with MRG's nodal densities (PyFibers SMALL_MRG_INTERPOLATION)",
       1.011 * um,
       16.0 * um,
       {},
       pena_internode,
       build_small_mrg},
      {"sweeney",
       "Modeling of mammalian myelinated nerve for functional neuromuscular stimulation",
       "none: IEEE 9th Annual Conference EMBS 1987, 1577",
       "rabbit nodes, perfect myelin, single cable",
       2.0 * um,
       20.0 * um,
       {},
       sweeney_internode,
       build_sweeney},
      {"sundt",
       "Spike propagation through the dorsal root ganglia in an unmyelinated sensory neuron",
       "10.1152/jn.00226.2015",
       "C fibre, two channels",
       0.2 * um,
       5.0 * um,
       {},
       c_fibre_compartment,
       build_sundt,
       true},
      {"tigerholm",
       "Modeling activity-dependent changes of axonal spike conduction in primary afferent "
       "C-nociceptors",
       "10.1152/jn.00777.2012",
       "C fibre, ten currents, sodium and potassium accumulate",
       0.2 * um,
       5.0 * um,
       {},
       c_fibre_compartment,
       build_tigerholm,
       true},
      {"rattay",
       "Modeling axon membranes for functional electrical stimulation",
       "10.1109/10.250575",
       "C fibre, Hodgkin and Huxley's channels at 37 C",
       0.2 * um,
       5.0 * um,
       {},
       c_fibre_compartment,
       build_rattay,
       true},
      {"schild94",
       "A- and C-type rat nodose sensory neurons: model interpretations of dynamic discharge "
       "characteristics",
       "10.1152/jn.1994.71.6.2338",
       "C fibre, eight channels, calcium",
       0.2 * um,
       5.0 * um,
       {},
       c_fibre_compartment,
       build_schild94,
       true},
      {"schild97",
       "Experimental and modeling study of Na+ current heterogeneity in rat nodose neurons and its "
       "impact on neuronal discharge",
       "10.1152/jn.1997.78.6.3198",
       "C fibre, as schild94 with other sodium channels",
       0.2 * um,
       5.0 * um,
       {},
       c_fibre_compartment,
       build_schild97,
       true},
      {"hodgkin_huxley",
       "A quantitative description of membrane current and its application to conduction and "
       "excitation in nerve",
       "10.1113/jphysiol.1952.sp004764",
       "giant axon of the squid at 18.5 C",
       0.5 * um,
       1000.0 * um,
       {},
       hodgkin_huxley_compartment,
       build_hodgkin_huxley,
       true},
  };
  return models;
}

const FibreModel* find_model(const std::string& name) {
  for (const FibreModel& m : catalogue())
    if (m.name == name)
      return &m;
  return nullptr;
}

const FibreModel& model(const std::string& name) {
  if (const FibreModel* m = find_model(name))
    return *m;
  std::vector<std::string> names;
  for (const FibreModel& m : catalogue())
    names.push_back(m.name);
  const auto nearest = config::nearest_name(name, names);
  throw ConfigError(concat("fibre model '", name, "'"), "there is no such model",
                    (nearest ? concat("did you mean '", *nearest, "'? ") : std::string()) +
                        concat("Known: ", known_names()));
}

Cable build(const std::string& name, Length diameter, int n_nodes, Ends ends) {
  const FibreModel& m = model(name);
  check_diameter(m, diameter);
  if (n_nodes < 3)
    throw ConfigError(concat("fibre model '", name, "'"), concat("a fibre of ", n_nodes, " nodes"),
                      "give it at least 3 nodes: a longer nerve or a thinner fibre");
  return m.build(m, diameter, n_nodes, ends);
}

Length internode_length(const std::string& name, Length diameter) {
  const FibreModel& m = model(name);
  check_diameter(m, diameter);
  return m.internode(diameter);
}

int nodes_to_span(const std::string& name, Length diameter, Length available) {
  const double internodes = available / internode_length(name, diameter);
  if (!(internodes < 1e6)) // also when it is not a number
    throw ConfigError(concat("fibre model '", name, "'"),
                      concat("a fibre of ", available.in(mm), " mm"),
                      "give a length of at most a million internodes");
  if (internodes <= 0.0)
    return 1;
  const int even = 2 * static_cast<int>(std::floor(0.5 * internodes + 1e-9));
  return std::max(1, even + 1);
}

} // namespace foramen::axon
