// Tables out and in.
#include "core/error.hpp"
#include "core/random.hpp"
#include "io/csv.hpp"
#include "support/temporary_folder.hpp"
#include "unit/io/refused.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace foramen;
using namespace foramen::io;
using io::test::Refusal;
using io::test::refused;

TEST_CASE("columns have units, and fields are quoted where need be", "[io]") {
  CsvTable table;
  const std::vector<double> threshold{0.1, 2.0};
  const std::vector<double> ratio{1e-300, -3.5};
  const std::vector<int> node{-1, 7};
  const std::vector<std::string> note{"a, \"b\"", "two\nlines"};
  table.add("threshold", "mA", threshold).add("ratio", "", ratio).add("node", node);
  table.add("note", note);
  CHECK(table.text() == "threshold [mA],ratio,node,note\n"
                        "0.1,1e-300,-1,\"a, \"\"b\"\"\"\n"
                        "2,-3.5,7,\"two\nlines\"\n");
}

TEST_CASE("numbers and texts survive a round trip through a file", "[io]") {
  const tests::TemporaryFolder folder;
  const std::string path = folder / "table.csv";
  core::RandomStream random(2, "csv");
  std::vector<double> numbers;
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    numbers.push_back(random.normal() * std::exp(30.0 * random.normal()));
    std::string text;
    for (std::size_t n = random.below(6); n > 0; --n)
      text += "a ,\"\n\r#"[random.below(7)];
    texts.push_back(text);
  }
  CsvTable table;
  table.add("x", "mA", numbers).add("text", texts);
  table.write(path);
  const CsvText back = CsvText::from_file(path);
  REQUIRE(back.rows() == 500);
  CHECK(back.numbers("x") == numbers);
  for (std::size_t i = 0; i < texts.size(); ++i)
    CHECK(back.field(i, "text") == texts[i]);
}

TEST_CASE("tables of others are read with comments, DOS line ends and spaces", "[io]") {
  const CsvText csv = CsvText::parse("\xEF\xBB\xBF# from a colleague\r\n"
                                     "time [us], current [mA] ,\"a, b\"\r\n"
                                     "\r\n"
                                     "0, +1.5 ,x\r\n"
                                     "# half way\r\n"
                                     "210,-2e-1,\"y \"\"z\"\"\"",
                                     "pulse.csv");
  CHECK(csv.header() == std::vector<std::string>{"time [us]", "current [mA]", "a, b"});
  CHECK(csv.numbers("time") == std::vector<double>{0.0, 210.0});
  CHECK(csv.numbers("current [mA]") == std::vector<double>{1.5, -0.2});
  CHECK(csv.field(1, "a, b") == "y \"z\"");
  CHECK(csv.has("time"));
  CHECK_FALSE(csv.has("voltage"));
}

TEST_CASE("faults of a table are placed at their line", "[io]") {
  const Refusal ragged = refused([] { CsvText::parse("a,b\n1,2\n\n1,2,3\n", "t.csv"); });
  CHECK(ragged.place == "t.csv:4");
  CHECK(ragged.cause == "has 3 fields where the header has 2");
  CHECK(ragged.remedy == "quote fields that contain a comma");
  const Refusal open = refused([] { CsvText::parse("a,b\n\"x\ny\",2\n\"1,2\n", "t.csv"); });
  CHECK(open.place == "t.csv:4"); // the first row takes two lines
  CHECK(open.cause == "a quote is not closed");
  const CsvText csv = CsvText::parse("a,b\n1,2\n1,2 mA\n1,1e999\n", "t.csv");
  const Refusal number = refused([&] { csv.numbers("b"); });
  CHECK(number.place == "t.csv:3");
  CHECK(number.cause == "\"2 mA\" in column \"b\" is not a number");
  CHECK_THROWS_AS(csv.number(2, "b"), core::WorldError);
  const Refusal column = refused([&] { csv.field(0, "c"); });
  CHECK(column.place == "t.csv");
  CHECK(column.cause == "has no column \"c\"");
  CHECK(column.remedy == "its columns: a, b");
  CHECK(refused([] { CsvText::parse("# nothing\n", "t.csv"); }).cause == "the table is empty");
  CHECK(refused([] { CsvText::from_file("/no/such.csv"); }).cause ==
        "cannot be read: No such file or directory");
}

TEST_CASE("columns of unequal length are our own bug", "[io]") {
  CsvTable table;
  table.add("a", std::vector<int>{1, 2});
  CHECK_THROWS_AS(table.add("b", std::vector<int>{1}), std::logic_error);
}
