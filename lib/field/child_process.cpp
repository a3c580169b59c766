#include "field/child_process.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace foramen::field {
namespace {

// Ends the child with the scope, whatever happens.
class Child {
public:
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() { kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool ended(int& status) {
    if (waitpid(pid_, &status, WNOHANG) != pid_)
      return false;
    pid_ = -1;
    return true;
  }
  void kill() {
    if (pid_ < 0)
      return;
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

private:
  pid_t pid_;
};

pid_t spawn(const std::vector<std::string>& arguments, const std::string& output_path) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output_path.c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0)
    throw core::WorldError(arguments[0],
                           core::concat("cannot start the program: ", std::strerror(error)),
                           "install it beside foramen, or name it in FORAMEN_MESHER");
  return pid;
}

} // namespace

ChildEnd run_child(const std::vector<std::string>& arguments, const std::string& output_path,
                   double time_limit_s, core::Progress& progress) {
  using Clock = std::chrono::steady_clock;
  const auto deadline = Clock::now() + std::chrono::duration<double>(time_limit_s);
  Child child(spawn(arguments, output_path));
  auto pause = std::chrono::milliseconds(2);
  int status = 0;
  while (!child.ended(status)) {
    if (Clock::now() >= deadline) {
      child.kill();
      return {ChildEnd::How::out_of_time, 0};
    }
    progress.checkpoint();
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, std::chrono::milliseconds(100));
  }
  if (WIFSIGNALED(status))
    return {ChildEnd::How::killed_by_signal, WTERMSIG(status)};
  return {ChildEnd::How::exited, WEXITSTATUS(status)};
}

std::string last_lines(const std::string& path, std::size_t n) {
  std::ifstream file(path);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos)
      continue;
    lines.push_back(line);
    if (lines.size() > n)
      lines.pop_front();
  }
  std::string joined;
  for (const std::string& line : lines)
    joined += (joined.empty() ? "" : " | ") + line;
  return joined;
}

} // namespace foramen::field
