#include "ring_scene.hpp"

#include "field/verification_scenes.hpp"

namespace foramen::benchmarks {

field::VolumeScene ring_scene(int contacts, double scale) {
  const double pitch = contacts > 8 ? 4e-3 : 7e-3;
  field::RingLead lead{.centres = {}, .shell = 0.3e-3};
  for (int i = 0; i < contacts; ++i)
    lead.centres.push_back((i - 0.5 * (contacts - 1)) * pitch);
  return ring_lead_scene(lead, field::Resolution().scaled(scale));
}

} // namespace foramen::benchmarks
