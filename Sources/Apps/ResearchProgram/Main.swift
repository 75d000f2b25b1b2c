import LikenessCommand

/// `likeness-research`: the commands for recognition and research. Users run it through `likeness`.
@main
enum Main {
    static func main() async { await Program(Research.self).run() }
}
