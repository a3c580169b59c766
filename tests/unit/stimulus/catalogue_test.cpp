#include "core/error.hpp"
#include "stimulus/catalogue.hpp"

#include <catch2/catch.hpp>

using namespace foramen;
using namespace foramen::stimulus;

namespace {

Waveform read(const std::string& text) {
  config::Document document = config::Document::from_text(text, "study.toml");
  const Waveform w = read_waveform(document.root().table("pulse", "The pulse."));
  document.finish();
  return w;
}

// Without the excerpt of the study that follows.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string cause(const std::string& text) {
  try {
    read(text);
  } catch (const ConfigError& e) {
    return first_line(e.cause());
  }
  return "accepted";
}

} // namespace

TEST_CASE("every shape of the catalogue can be read from a study") {
  CHECK(read("[pulse]\nshape = 'monophasic'\nwidth = '100 us'").net_charge() == Approx(-1e-4));
  CHECK(read("[pulse]\nshape = 'biphasic'\ninterphase = '50 us'").end().in(us) == Approx(470.0));
  CHECK(read("[pulse]\nshape = 'asymmetric'\nwidth = '100 us'\nratio = 5.0").level(200 * us) ==
        Approx(0.2));
  CHECK(read("[pulse]\nshape = 'tabulated'\ntimes = ['0 us', '10 us']\nlevels = [-1.0, -1.0]")
            .net_charge() == Approx(-1e-5));
  CHECK(catalogue().size() == 5);
}

TEST_CASE("the default pulse is biphasic, 210 us, cathodic first") {
  const Waveform w = read("[pulse]");
  CHECK(w.level(0 * us) == -1.0);
  CHECK(w.first_phase_duration().in(us) == Approx(210.0));
}

TEST_CASE("pulses of a train are read with their rate") {
  CHECK(read("[pulse]\npulses = 3\npulse_rate = '1 kHz'").n_pieces() == 6);
}

TEST_CASE("a key that the shape has no use for is refused") {
  CHECK(cause("[pulse]\nshape = 'monophasic'\nratio = 3.0") == "a monophasic pulse has no ratio");
  CHECK(cause("[pulse]\nshape = 'biphasic'\nlevels = [1.0]") == "a biphasic pulse has no levels");
  CHECK(cause("[pulse]\nshape = 'tabulated'\nwidth = '1 us'") == "a tabulated pulse has no width");
}

TEST_CASE("errors of a pulse come with the place in the study") {
  try {
    read("[pulse]\nshape = 'tabulated'\ntimes = ['5 us', '1 us']\nlevels = [1.0, 1.0]");
    FAIL("accepted");
  } catch (const ConfigError& e) {
    CHECK(e.place().find("study.toml:3") != std::string::npos);
    CHECK(first_line(e.cause()) == "time 1 (1 us) lies before time 0 (5 us)");
  }
  CHECK(cause("[pulse]\npulses = 2\npulse_rate = '9 kHz'") ==
        "pulses of 420 us overlap at 9000 Hz");
}
