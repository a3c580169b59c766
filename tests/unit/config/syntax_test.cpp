// Text that is not TOML: line, column, caret, and what the line was probably meant to be.
#include "config/table.hpp"
#include "unit/config/refused.hpp"

using namespace foramen::config;
using test::Refusal;

namespace {

Refusal refused_text(const std::string& text) {
  return test::refused([&] { Document::from_text(text, "study.toml"); });
}

} // namespace

TEST_CASE("a text without quotes is shown with quotes", "[config]") {
  const Refusal r = refused_text("[lead]\nmodel = octrode\n");
  CHECK(r.place == "study.toml:2:9");
  CHECK(r.cause == "bad format: unknown value appeared\n"
                   "    2 | model = octrode\n"
                   "      |         ^");
  CHECK(r.remedy == "texts and values with a unit stand in quotes: write model = \"octrode\"");
}

TEST_CASE("a quantity without quotes is shown with quotes", "[config]") {
  const Refusal r = refused_text("clearance = 2 mm  # from the nerve\n");
  CHECK(r.place == "study.toml:1:15");
  CHECK(r.cause == "invalid line format: expected newline, but got 'm'.\n"
                   "    1 | clearance = 2 mm  # from the nerve\n"
                   "      |               ^");
  CHECK(r.remedy == "texts and values with a unit stand in quotes: write clearance = \"2 mm\"");
}

TEST_CASE("True and colons from other languages are recognised", "[config]") {
  CHECK(refused_text("direct = True\n").remedy == "write direct = true");
  CHECK(refused_text("direct: 3\n").remedy == "write key = value, with '=' instead of ':'");
}

TEST_CASE("a key given twice points at both lines", "[config]") {
  const Refusal r = refused_text("a = 1\nb = 2\na = 3\n");
  CHECK(r.place == "study.toml:3:5");
  CHECK(r.cause == "value (\"a\") already exists.\n"
                   "    3 | a = 3\n"
                   "      |     ^");
  CHECK(r.remedy == "keep one; the first is in line 1");
}

TEST_CASE("a table given twice points at both lines", "[config]") {
  const Refusal r = refused_text("[lead]\nx = 1\n[lead]\ny = 1\n");
  CHECK(r.place == "study.toml:3:1");
  CHECK(r.cause == "table (\"lead\") already exists.\n"
                   "    3 | [lead]\n"
                   "      | ^^^^^^");
  CHECK(r.remedy == "keep one; the first is in line 1");
}

TEST_CASE("unfinished lines are placed", "[config]") {
  CHECK(refused_text("x = 1\na =\n").place == "study.toml:2:4");
  CHECK(refused_text("a = \"open\n").place == "study.toml:1:5");
  CHECK(refused_text("a = [1, 2\nb = 3\n").place == "study.toml:2:1");
  CHECK(refused_text("[lead\nx = 1\n").place == "study.toml:1:1");
  CHECK(refused_text("a 3\n").cause.starts_with("missing key-value separator `=`"));
}

TEST_CASE("an integer beyond 64 bits is refused, the largest is not", "[config]") {
  const Refusal r = refused_text("seed = 9223372036854775808\n");
  CHECK(r.place == "study.toml:1:8");
  CHECK(r.cause.starts_with("the integer 9223372036854775808 is too large\n"));
  for (const char* text : {"9_223_372_036_854_775_807", "0x7FFFFFFFFFFFFFFF"}) {
    Document document = Document::from_text(std::string("seed = ") + text, "study.toml");
    CHECK(document.root().integer("seed", 1, {}, "") == 9223372036854775807);
  }
}

TEST_CASE("bytes that are not UTF-8 are refused where they stand", "[config]") {
  const Refusal r = refused_text("a = 1\nb = '\xFF'\n");
  CHECK(r.place == "study.toml:2:6");
  CHECK(r.cause == "a byte that is not UTF-8 text");
  CHECK(r.remedy == "save the file as UTF-8 text");
  CHECK(refused_text(std::string("a = 1\n\0", 7)).place == "study.toml:2:1");
  CHECK(refused_text("\xE2\x82").place == "study.toml:1:1"); // cut in a character
}

TEST_CASE("byte order mark, DOS line ends and a missing last newline are accepted", "[config]") {
  Document document = Document::from_text("\xEF\xBB\xBF[a]\r\nb = 1\r\nc = 2", "study.toml");
  Table a = document.root().table("a", "");
  CHECK(a.integer("b", 0, {}, "") == 1);
  CHECK(a.integer("c", 0, {}, "") == 2);
  CHECK(a.place("c") == "study.toml:3");
  document.finish();
}

TEST_CASE("very long lines neither overflow nor lose their place", "[config]") {
  std::string text = "a = [";
  for (int i = 0; i < 5000; ++i)
    text += "1.0, ";
  const Refusal r = refused_text(text + "x]\n");
  CHECK(r.place.starts_with("study.toml:1"));
}
