#include "response/neuron_job.hpp"

#include "axon/catalogue.hpp"
#include "core/error.hpp"
#include "stimulus/pulses.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <utility>

namespace foramen::response {
namespace {

// Names of the reference to ours.
std::optional<std::string> our_model(const std::string& name) {
  static const std::map<std::string, std::string> names = {{"MRG_DISCRETE", "mrg_discrete"},
                                                           {"MRG_INTERPOLATION", "mrg"},
                                                           {"MRG2002", "mrg_discrete"},
                                                           {"GAINES_MOTOR", "gaines_motor"},
                                                           {"GAINES_SENSORY", "gaines_sensory"},
                                                           {"PENA", "pena"},
                                                           {"SMALL_MRG_INTERPOLATION", "small_mrg"},
                                                           {"SWEENEY", "sweeney"},
                                                           {"SUNDT", "sundt"},
                                                           {"RATTAY", "rattay"},
                                                           {"TIGERHOLM", "tigerholm"},
                                                           {"SCHILD94", "schild94"},
                                                           {"SCHILD97", "schild97"}};
  const auto found = names.find(name);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

// Infinite homogeneous medium: the sum of w / (4 pi sigma r), mV per mA.
stimulus::FieldAtFibre field_of(const NeuronCase& c, const axon::Cable& cable) {
  const std::vector<double> centres = cable.centres();
  const double origin = centres[cable.node(static_cast<std::size_t>(c.central_node))];
  stimulus::FieldAtFibre field;
  for (const double s : centres) {
    double ve = 0.0;
    for (const PointSource& q : c.sources) {
      const double dx = s - origin - q.x_um * 1e-6;
      const double r = std::hypot(dx, q.y_um * 1e-6, q.z_um * 1e-6);
      ve += q.weight / (4.0 * std::numbers::pi * c.sigma.si() * r);
    }
    field.mV_per_mA.push_back(ve);
  }
  return field;
}

} // namespace

std::string why_not_comparable(const NeuronCase& c) {
  if (!our_model(c.model))
    return concat("model ", c.model, " is not in the catalogue");
  if (c.n_nodes < 3 || c.central_node < 0 || c.central_node >= c.n_nodes)
    return concat("a fibre of ", c.n_nodes, " nodes centred on node ", c.central_node);
  if (c.detection_node != static_cast<int>(0.9 * (c.n_nodes - 1)))
    return concat("detection at node ", c.detection_node, ", not int(0.9 (n - 1))");
  if (c.end_nodes.rfind("passive", 0) != 0 && c.end_nodes.rfind("active", 0) != 0)
    return concat("ends '", c.end_nodes, "' are neither passive nor active");
  if (c.threshold_mA == 0.0)
    return "a threshold of zero";
  return {};
}

NeuronJob neuron_job(const NeuronCase& c) {
  const axon::Ends ends =
      c.end_nodes.rfind("passive", 0) == 0 ? axon::Ends::passive : axon::Ends::sealed;
  axon::Cable cable = axon::build(*our_model(c.model), c.diameter, c.n_nodes, ends);
  stimulus::FieldAtFibre field = field_of(c, cable);
  return {std::move(cable), std::move(field),
          stimulus::scaled(c.waveform, c.threshold_mA < 0.0 ? -1.0 : 1.0), c.stop};
}

} // namespace foramen::response
