import Commands

@main
enum Tagpin {
  static func main() async { await runTagpin() }
}
