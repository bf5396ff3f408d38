#include "tools/gauger/gauger.hpp"

int main(int argc, char** argv) { return gauger::tools::run_gauger(argc, argv); }
