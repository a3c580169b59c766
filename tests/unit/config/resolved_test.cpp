// The resolved document runs again as it is; the manual lists what was declared.
#include "config/manual.hpp"
#include "config/table.hpp"
#include "core/random.hpp"
#include "unit/config/refused.hpp"

using namespace foramen;
using namespace foramen::config;

namespace {

struct Read {
  Length clearance;
  double tolerance = 0.0;
  std::vector<std::string> names;
  std::vector<double> weights;
};

Read read(Document& document) {
  Read result;
  Table root = document.root();
  root.text("title", "a \"quoted\"\tand \\ long\nname \u00B5", "Title.");
  Table lead = root.table("lead", "The lead.");
  result.clearance = lead.quantity("clearance", 1.0 * mm, {0.1 * mm, 50.0 * mm}, "Distance.");
  lead.quantity("tilt", 12.5 * deg, {}, "Angle.");
  lead.quantities("offsets", std::vector<Length>{1.0 * mm, 0.1 * mm}, {}, "Offsets.");
  for (auto& [name, table] : root.named_tables("programmes", "Currents per contact.")) {
    result.names.push_back(name);
    Table currents = table.table("currents", "Current of each contact.");
    for (const std::string& contact : currents.keys())
      currents.quantity(contact, 0.0 * mA, {}, "Current.");
    table.flag("active", true, "Use it.");
  }
  for (Table p : root.tables("populations", "Fibres.")) {
    p.required_choice("fibre", {"motor", "sensory"}, "Kind.");
    const auto weights = p.numbers("weights", {1e-5, 2.0}, {}, "Weights.");
    result.weights.insert(result.weights.end(), weights.begin(), weights.end());
    p.integers("seeds", {1, -2}, {}, "Seeds.");
    p.texts("labels", {}, "Labels.");
    p.table("packing", "How fibres are packed.").number("density", 0.5, {0.0, 1.0}, "Density.");
  }
  result.tolerance = root.table("solver", "Solver.").number("tolerance", 1e-5, {0.0, 1.0}, "Stop.");
  document.finish();
  return result;
}

const std::string text = "[lead]\nclearance = \"200 um\"\n"
                         "[programmes.tonic]\ncurrents = {E1 = \"-1 mA\", E2 = \"1 mA\"}\n"
                         "[programmes.\"2 Hz\"]\nactive = false\n"
                         "[[populations]]\nfibre = \"motor\"\n"
                         "[[populations]]\nfibre = \"sensory\"\nweights = [1, 2.5e-300]\n"
                         "packing.density = 0.25\n";

} // namespace

TEST_CASE("the resolved text reads back to itself and to the same values", "[config]") {
  Document first = Document::from_text(text, "study.toml");
  const Read original = read(first);
  Document second = Document::from_text(first.resolved(), "resolved.toml");
  const Read again = read(second);
  CHECK(second.resolved() == first.resolved());
  CHECK(again.clearance == original.clearance);
  CHECK(again.tolerance == original.tolerance);
  CHECK(again.names == std::vector<std::string>{"tonic", "2 Hz"});
  CHECK(again.weights == original.weights);
}

TEST_CASE("the resolved text has defaults filled in and keeps the user's units", "[config]") {
  Document document = Document::from_text(text, "study.toml");
  read(document);
  CHECK(document.resolved() ==
        "title = \"a \\\"quoted\\\"\\tand \\\\ long\\nname \u00B5\"\n"
        "\n[lead]\nclearance = \"200 um\"\ntilt = \"12.5 deg\"\noffsets = [\"1 mm\", \"0.1 mm\"]\n"
        "\n[programmes]\n"
        "\n[programmes.tonic]\nactive = true\n"
        "\n[programmes.tonic.currents]\nE1 = \"-1 mA\"\nE2 = \"1 mA\"\n"
        "\n[programmes.\"2 Hz\"]\nactive = false\n"
        "\n[[populations]]\nfibre = \"motor\"\nweights = [1e-5, 2.0]\nseeds = [1, -2]\n"
        "labels = []\n"
        "\n[populations.packing]\ndensity = 0.5\n"
        "\n[[populations]]\nfibre = \"sensory\"\nweights = [1.0, 2.5e-300]\nseeds = [1, -2]\n"
        "labels = []\n"
        "\n[populations.packing]\ndensity = 0.25\n"
        "\n[solver]\ntolerance = 1e-5\n");
}

TEST_CASE("any number and any quantity survive the resolved text bit for bit", "[config]") {
  core::RandomStream random(7, "resolved");
  const auto load = [](Document& document, double& x, Length& q) {
    x = document.root().number("x", 0.0, {}, "");
    q = document.root().quantity("q", 0.0 * mm, {}, "");
  };
  for (int i = 0; i < 200; ++i) {
    const double number = random.normal() * std::exp(40.0 * random.normal());
    const std::string unit = i % 3 == 0 ? " um" : i % 3 == 1 ? " mm" : " cm";
    Document first = Document::from_text(
        "x = " + std::to_string(number) + "\nq = \"" + std::to_string(number) + unit + "\"\n", "a");
    double x = 0.0, x_again = 0.0;
    Length q, q_again;
    load(first, x, q);
    Document second = Document::from_text(first.resolved(), "b");
    load(second, x_again, q_again);
    CHECK(x == x_again);
    CHECK(q == q_again);
    CHECK(first.resolved() == second.resolved());
  }
}

TEST_CASE("overrides are part of the resolved text", "[config]") {
  Document document = Document::from_text(text, "study.toml");
  document.override_with("solver.tolerance=1e-7");
  CHECK(read(document).tolerance == 1e-7);
  CHECK(document.resolved().ends_with("\n[solver]\ntolerance = 1e-7\n"));
}

TEST_CASE("a key read twice is resolved and documented once", "[config]") {
  Document document = Document::from_text("", "study.toml");
  for (int i = 0; i < 2; ++i)
    document.root().table("solver", "Solver.").number("tolerance", 1e-5, {}, "Stop.");
  CHECK(document.resolved() == "[solver]\ntolerance = 1e-5\n");
  CHECK(document.manual().size() == 2);
}

TEST_CASE("presence, keys and paths tell what the file has", "[config]") {
  Document document = Document::from_text("[[a.b]]\nz = 1\ny = 2\n", "study.toml");
  Table a = document.root().table("a", "");
  CHECK(a.has("b"));
  CHECK_FALSE(a.has("c"));
  const std::vector<Table> b = a.tables("b", "");
  REQUIRE(b.size() == 1);
  CHECK(b[0].keys() == std::vector<std::string>{"z", "y"});
  CHECK(b[0].path() == "a.b[0]");
  CHECK(b[0].place("y") == "study.toml:3");
  CHECK(a.tables("absent", "").empty());
  CHECK(a.named_tables("absent_too", "").empty());
}

TEST_CASE("values of any kind are handed over as TOML for sweeps", "[config]") {
  Document document = Document::from_text(
      "[sweep]\n\"lead.clearance\" = [\"1 mm\", \"2 mm\"]\n\"n\" = [1, 2.5, true, [1, \"a\"], {x = "
      "1}]\n",
      "study.toml");
  Table sweep = document.root().table("sweep", "Keys and the values they take.");
  CHECK(sweep.keys() == std::vector<std::string>{"lead.clearance", "n"});
  CHECK(sweep.toml_values("lead.clearance", "") ==
        std::vector<std::string>{"\"1 mm\"", "\"2 mm\""});
  CHECK(sweep.toml_values("n", "") ==
        std::vector<std::string>{"1", "2.5", "true", "[1, \"a\"]", "{x = 1}"});
  document.finish();
  Document again = Document::from_text(document.resolved(), "again.toml");
  Table sweep_again = again.root().table("sweep", "");
  for (const std::string& key : sweep_again.keys())
    sweep_again.toml_values(key, "");
  CHECK(again.resolved() == document.resolved());
}

TEST_CASE("the manual lists type, default, range and meaning of every key", "[config]") {
  Document document = Document::from_text(text, "study.toml");
  read(document);
  const auto entry = [&](const std::string& path) {
    for (const KeyEntry& e : document.manual())
      if (e.path == path)
        return e;
    FAIL("no entry " << path);
    return KeyEntry{};
  };
  CHECK(entry("lead.clearance").type == "length");
  CHECK(entry("lead.clearance").fallback == "\"1 mm\"");
  CHECK(entry("lead.clearance").range == "0.1 mm to 50 mm");
  CHECK(entry("lead.clearance").doc == "Distance.");
  CHECK(entry("lead.offsets").type == "list of lengths");
  CHECK(entry("lead.offsets").fallback == "[\"1 mm\", \"0.1 mm\"]");
  CHECK(entry("populations[].fibre").type == "one of motor, sensory");
  CHECK(entry("populations[].fibre").fallback.empty());
  CHECK(entry("populations[].packing.density").range == "0 to 1");
  CHECK(entry("programmes.NAME.active").type == "true or false");
  CHECK(entry("populations[]").type == "list of tables");
}

TEST_CASE("the manual is written as Markdown, one section per table", "[config]") {
  Document document = Document::from_text("[[p]]\n", "study.toml");
  document.root().text("title", "x|y", "Title.");
  document.root().table("lead", "The lead.").quantity("tilt", 0.0 * deg, {-90.0 * deg}, "Angle.");
  document.root().tables("p", "Fibres.")[0].integer("n", 3, {1}, "Number.");
  document.root().named_tables("programmes", "Currents.");
  const std::vector<KeyEntry> merged = merged_manual({document.manual(), document.manual()});
  CHECK(merged.size() == document.manual().size());
  const std::string markdown = manual_as_markdown(merged, "Keys");
  CHECK(markdown.starts_with("# Keys\n"));
  CHECK(markdown.find("| `title` | text | `\"x\\|y\"` |  | Title. |\n") != std::string::npos);
  CHECK(markdown.find("\n## `[lead]`\n\nThe lead.\n\n| key | type | default | range | meaning |\n"
                      "|---|---|---|---|---|\n"
                      "| `tilt` | angle | `\"0 deg\"` | at least -90 deg | Angle. |\n") !=
        std::string::npos);
  CHECK(markdown.find("\n## `[programmes.NAME]`\n\nCurrents.\n") != std::string::npos);
  CHECK(markdown.find("[programmes]") == std::string::npos); // it only holds the named ones
  CHECK(markdown.find("\n## `[[p]]`\n\nFibres.\n") != std::string::npos);
  CHECK(markdown.find("| `n` | integer | `3` | at least 1 | Number. |") != std::string::npos);
}

TEST_CASE("the nearest name is a slip away, or none", "[config]") {
  const std::vector<std::string> known{"clearance", "model", "tilt", "x"};
  CHECK(nearest_name("clearence", known) == "clearance");
  CHECK(nearest_name("claerance", known) == "clearance"); // neighbours swapped
  CHECK(nearest_name("Model", known) == "model");
  CHECK_FALSE(nearest_name("voltage", known));
  CHECK_FALSE(nearest_name("y", known)); // one letter for another is no slip
  CHECK_FALSE(nearest_name("", known));
  CHECK_FALSE(nearest_name("tilt", {}));
}
