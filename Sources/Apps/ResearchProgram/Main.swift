import LikenessCommand

/// `likeness-research`: the commands of recognition and of research. People call it as `likeness`.
@main
enum Main {
    static func main() async { await Program(Research.self).run() }
}
