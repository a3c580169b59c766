// Each way to get a configuration wrong, with the whole message.
#include "config/table.hpp"
#include "unit/config/refused.hpp"

using namespace foramen;
using namespace foramen::config;
using test::Refusal;
using test::refused;

namespace {

const Range<Length> near{0.1 * mm, 50.0 * mm};

// A reader as a study has it.
void read(Document& document) {
  Table lead = document.root().table("lead", "The lead and where it lies.");
  lead.required_text("model", "Name in configs/leads.");
  lead.quantity("clearance", 1.0 * mm, near, "Distance to the epineurium.");
  lead.quantity("tilt", 0.0 * deg, {}, "Angle to the nerve.");
  for (Table p : document.root().tables("populations", "Fibres.")) {
    p.required_choice("fibre", {"motor", "sensory"}, "Kind of fibre.");
    p.integer("count", 100, {1, 1000}, "Number of fibres.");
    p.numbers("mix", {0.5, 0.5}, {0.0, 1.0}, "Fractions.");
    p.quantities("diameters", std::vector<Length>{10.0 * um}, {}, "Of the fibres.");
  }
  Table solver = document.root().table("solver", "The field solver.");
  solver.number("tolerance", 1e-5, {1e-12, 0.1}, "Relative residual.");
  solver.flag("direct", false, "Use a direct solver.");
  document.finish();
}

Refusal refused_text(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return refused([&] {
    Document document = Document::from_text(text, "study.toml");
    for (const std::string& o : overrides)
      document.override_with(o);
    read(document);
  });
}

const std::string good = "[lead]\nmodel = \"octrode\"\n";

} // namespace

TEST_CASE("an unknown key names line, key, nearest name and the valid keys", "[config]") {
  const Refusal r = refused_text("\n[lead]\nmodel = \"octrode\"\nclearence = \"2 mm\"\n");
  CHECK(r.place == "study.toml:4");
  CHECK(r.cause == "unknown key \"clearence\" in [lead]\n"
                   "    4 | clearence = \"2 mm\"\n"
                   "      | ^^^^^^^^^");
  CHECK(r.remedy == "did you mean \"clearance\"? valid keys: model, clearance, tilt");
}

TEST_CASE("a key in the wrong table is told where it belongs", "[config]") {
  const Refusal r = refused_text("direct = true\n" + good);
  CHECK(r.cause == "unknown key \"direct\" at the top level\n"
                   "    1 | direct = true\n"
                   "      | ^^^^^^");
  CHECK(r.remedy == "\"direct\" is a key of [solver]; valid keys: lead, populations, solver");
}

TEST_CASE("an unknown table is refused like a key", "[config]") {
  const Refusal r = refused_text(good + "[sovler]\ndirect = true\n");
  CHECK(r.place == "study.toml:3");
  CHECK(r.cause == "unknown table [sovler]\n"
                   "    3 | [sovler]\n"
                   "      |  ^^^^^^");
  CHECK(r.remedy == "did you mean \"solver\"? known names: lead, populations, solver");
}

TEST_CASE("of several unknown keys the first in the file is reported", "[config]") {
  const Refusal r = refused_text("[solver]\nzzz = 1\n[lead]\nmodel = \"octrode\"\nyyy = 2\n");
  CHECK(r.place == "study.toml:2");
}

TEST_CASE("a missing required key says what to add and what it means", "[config]") {
  const Refusal r = refused_text("[lead]\ntilt = \"3 deg\"\n");
  CHECK(r.place == "study.toml:1");
  CHECK(r.cause == "missing key \"model\" in [lead]\n"
                   "    1 | [lead]\n"
                   "      |  ^^^^");
  CHECK(r.remedy == "add model = \"...\" to [lead]: Name in configs/leads.");
}

TEST_CASE("a missing key in a missing table is placed at the file", "[config]") {
  const Refusal r = refused_text("");
  CHECK(r.place == "study.toml");
  CHECK(r.cause == "missing key \"model\" in [lead]");
  CHECK(r.remedy == "add model = \"...\" to [lead]: Name in configs/leads.");
}

TEST_CASE("a missing required key points at the unknown key that was meant", "[config]") {
  const Refusal r = refused_text("[lead]\nmodle = \"octrode\"\n");
  CHECK(r.place == "study.toml:2");
  CHECK(r.cause == "missing key \"model\" in [lead], but there is an unknown \"modle\"\n"
                   "    2 | modle = \"octrode\"\n"
                   "      | ^^^^^");
  CHECK(r.remedy ==
        "did you mean \"model\"? otherwise add model = \"...\" to [lead]: Name in configs/leads.");
}

TEST_CASE("a missing required key points at the misspelled table it stands in", "[config]") {
  const Refusal r = refused_text("[laed]\nmodel = \"octrode\"\n");
  CHECK(r.place == "study.toml:1");
  CHECK(r.cause == "missing key \"model\" in [lead], but there is an unknown \"laed\"\n"
                   "    1 | [laed]\n"
                   "      |  ^^^^");
  CHECK(r.remedy ==
        "did you mean \"lead\"? otherwise add model = \"...\" to [lead]: Name in configs/leads.");
}

TEST_CASE("a bare number where a unit is needed is shown with its unit", "[config]") {
  const Refusal r = refused_text(good + "clearance = 2\n");
  CHECK(r.place == "study.toml:3");
  CHECK(r.cause ==
        "\"clearance\" in [lead] is a bare number where a length with its unit is needed\n"
        "    3 | clearance = 2\n"
        "      |             ^");
  CHECK(r.remedy == "write clearance = \"2 mm\" (units of length: mm, m, cm, um, nm)");
}

TEST_CASE("a number in quotes without a unit is shown with its unit", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"2.5\"\n");
  CHECK(r.cause == "\"2.5\" has no unit; \"clearance\" in [lead] is a length\n"
                   "    3 | clearance = \"2.5\"\n"
                   "      |             ^^^^^");
  CHECK(r.remedy == "write clearance = \"2.5 mm\" (units of length: mm, m, cm, um, nm)");
}

TEST_CASE("an unknown unit lists the units of the dimension", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"2 inch\"\n");
  CHECK(r.cause == "unknown unit \"inch\" in \"2 inch\"; \"clearance\" in [lead] is a length\n"
                   "    3 | clearance = \"2 inch\"\n"
                   "      |             ^^^^^^^^");
  CHECK(r.remedy == "units of length: mm, m, cm, um, nm; for example \"1.5 mm\"");
  CHECK(refused_text(good + "clearance = \"2 MM\"\n").remedy ==
        "did you mean \"mm\"? units of length: mm, m, cm, um, nm; for example \"1.5 mm\"");
}

TEST_CASE("a unit of another dimension is named", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"2 ms\"\n");
  CHECK(r.cause == "\"2 ms\" is a time, but \"clearance\" in [lead] is a length\n"
                   "    3 | clearance = \"2 ms\"\n"
                   "      |             ^^^^^^");
  CHECK(r.remedy == "write clearance = \"1.5 mm\" (units of length: mm, m, cm, um, nm)");
}

TEST_CASE("a decimal comma is recognised", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"2,5 mm\"\n");
  CHECK(r.cause.starts_with("a decimal comma in \"2,5 mm\"\n"));
  CHECK(r.remedy == "write the number with a point: \"1.5 mm\"");
}

TEST_CASE("words where a quantity is needed are refused", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"wide\"\n");
  CHECK(r.cause.starts_with(
      "\"wide\" is not a number with a unit; \"clearance\" in [lead] is a length\n"));
  CHECK(refused_text(good + "clearance = [1]\n")
            .cause.starts_with("\"clearance\" in [lead] must be a length, not a list\n"));
  CHECK(refused_text(good + "clearance = \"inf mm\"\n").cause.starts_with("\"inf mm\" is not"));
}

TEST_CASE("a quantity out of range says the range", "[config]") {
  const Refusal r = refused_text(good + "clearance = \"50 um\"\n");
  CHECK(r.cause == "\"clearance\" in [lead] is 50 um, out of range\n"
                   "    3 | clearance = \"50 um\"\n"
                   "      |             ^^^^^^^");
  CHECK(r.remedy == "choose a value of 0.1 mm to 50 mm");
}

TEST_CASE("the bounds themselves are in range in every unit", "[config]") {
  for (const std::string bound : {"0.1 mm", "100 um", "0.01 cm", "50 mm", "5 cm", "0.05 m"}) {
    Document document = Document::from_text(good + "clearance = \"" + bound + "\"\n", "study.toml");
    Table lead = document.root().table("lead", "");
    const Length clearance = lead.quantity("clearance", 1.0 * mm, near, "");
    CHECK(clearance >= near.min); // exactly: rounding of units is clamped away
    CHECK(clearance <= near.max);
  }
}

TEST_CASE("numbers and integers out of range say the range", "[config]") {
  const Refusal number = refused_text(good + "[solver]\ntolerance = 0.5\n");
  CHECK(number.place == "study.toml:4");
  CHECK(number.cause.starts_with("\"tolerance\" in [solver] is 0.5, out of range\n"));
  CHECK(number.remedy == "choose a value of 1e-12 to 0.1");
  CHECK(refused_text(good + "[solver]\ntolerance = nan\n")
            .cause.starts_with("\"tolerance\" in [solver] is nan, out of range\n"));
  const Refusal integer = refused_text(good + "[[populations]]\nfibre=\"motor\"\ncount = 0\n");
  CHECK(integer.cause.starts_with("\"count\" in populations[0] is 0, out of range\n"));
  CHECK(integer.remedy == "choose a value of 1 to 1000");
}

TEST_CASE("wrong types say what is expected and what was found", "[config]") {
  const Refusal text = refused_text("[lead]\nmodel = 8\n");
  CHECK(text.cause == "\"model\" in [lead] must be a text, not an integer\n"
                      "    2 | model = 8\n"
                      "      |         ^");
  CHECK(text.remedy == "write model = \"8\"");
  const Refusal flag = refused_text(good + "[solver]\ndirect = \"false\"\n");
  CHECK(flag.cause.starts_with("\"direct\" in [solver] must be true or false, not a text\n"));
  CHECK(flag.remedy == "write direct = false");
  const Refusal number = refused_text(good + "[solver]\ntolerance = \"1e-3\"\n");
  CHECK(number.cause.starts_with("\"tolerance\" in [solver] must be a number, not a text\n"));
  CHECK(number.remedy == "write tolerance = 1e-3");
  const Refusal integer = refused_text(good + "[[populations]]\nfibre=\"motor\"\ncount = 3.0\n");
  CHECK(
      integer.cause.starts_with("\"count\" in populations[0] must be an integer, not a number\n"));
  CHECK(integer.remedy == "write count = 3");
}

TEST_CASE("lists are refused as a whole or at the element", "[config]") {
  const std::string motor = good + "[[populations]]\nfibre = \"motor\"\n";
  const Refusal whole = refused_text(motor + "diameters = \"9 um\"\n");
  CHECK(whole.cause.starts_with(
      "\"diameters\" in populations[0] must be a list of lengths, not a text\n"));
  CHECK(whole.remedy == "write diameters = [\"1.5 mm\"]");
  const Refusal element = refused_text(motor + "diameters = [\"9 um\", 12]\n");
  CHECK(element.place == "study.toml:5");
  CHECK(element.cause == "\"diameters[1]\" in populations[0] is a bare number where a length with "
                         "its unit is needed\n"
                         "    5 | diameters = [\"9 um\", 12]\n"
                         "      |                      ^^");
  CHECK(element.remedy == "write \"12 mm\" (units of length: mm, m, cm, um, nm)");
  const Refusal number = refused_text(motor + "mix = [0.5,\n  \"x\"]\n");
  CHECK(number.place == "study.toml:6");
  CHECK(number.cause.starts_with("\"mix[1]\" in populations[0] must be a number, not a text\n"));
  CHECK(number.remedy == "write each element like 1.0");
}

TEST_CASE("an unknown choice names the nearest and all", "[config]") {
  const Refusal r = refused_text(good + "[[populations]]\nfibre = \"motr\"\n");
  CHECK(r.place == "study.toml:4");
  CHECK(r.cause == "unknown choice \"motr\" for \"fibre\" in populations[0]\n"
                   "    4 | fibre = \"motr\"\n"
                   "      |         ^^^^^^");
  CHECK(r.remedy == "did you mean \"motor\"? choices: motor, sensory");
}

TEST_CASE("tables of the wrong shape show the right header", "[config]") {
  const Refusal array = refused_text("[[lead]]\nmodel = \"octrode\"\n");
  CHECK(array.cause.starts_with("\"lead\" must be one table, not an array of tables\n"));
  CHECK(array.remedy == "write the header as [lead], once");
  const Refusal value = refused_text("lead = \"octrode\"\n");
  CHECK(value.cause.starts_with("\"lead\" must be a table, not a text\n"));
  CHECK(value.remedy == "write it as a table with the header [lead]");
  const Refusal table = refused_text(good + "[populations]\nfibre = \"motor\"\n");
  CHECK(table.place == "study.toml:3");
  CHECK(table.cause.starts_with("\"populations\" must be an array of tables, not a table\n"));
  CHECK(table.remedy == "write the header of each element as [[populations]]");
  CHECK(refused_text("populations = [3]\n" + good)
            .cause.starts_with("populations[0] must be a table, not an integer\n"));
}

TEST_CASE("a caret stands right after characters of several bytes", "[config]") {
  const Refusal r = refused_text("[lead]\nmodel = \"\u00B5\u03A9\" # \u00B5\n\"\u00B5key\" = 1\n");
  CHECK(r.cause == "unknown key \"\u00B5key\" in [lead]\n"
                   "    3 | \"\u00B5key\" = 1\n"
                   "      | ^^^^^^");
}

TEST_CASE("readers refuse contradictions and unknown catalogue names in place", "[config]") {
  Document document = Document::from_text("[lead]\nmodel = \"octrod\"\n", "study.toml");
  const Table lead = document.root().table("lead", "");
  const Refusal unknown = refused([&] {
    lead.refuse_unknown("model", "octrod", "lead", {"drg4", "octrode", "wide16"});
  });
  CHECK(unknown.place == "study.toml:2");
  CHECK(unknown.cause == "unknown lead \"octrod\"\n"
                         "    2 | model = \"octrod\"\n"
                         "      |         ^^^^^^^^");
  CHECK(unknown.remedy == "did you mean \"octrode\"? known: drg4, octrode, wide16");
  const Refusal table = refused([&] { lead.refuse("", "contradiction", "change it"); });
  CHECK(table.place == "study.toml:1");
  CHECK(table.remedy == "change it");
  CHECK(lead.place("model") == "study.toml:2");
  CHECK(lead.place("absent") == "study.toml:1");
  CHECK(document.root().place("absent") == "study.toml");
}

TEST_CASE("a missing file is refused with its path and the system's reason", "[config]") {
  const Refusal r = refused([] { Document::from_file("/no/such/study.toml"); });
  CHECK(r.place == "/no/such/study.toml");
  CHECK(r.cause == "cannot be read: No such file or directory");
  CHECK(r.remedy == "check the path and that you may read the file");
  CHECK(refused([] { Document::from_file("/tmp"); }).cause == "cannot be read: Is a directory");
}
